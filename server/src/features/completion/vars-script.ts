/**
 * Completion in the script of a generator: what lies below `$in`, `$out` and `$prompts`.
 *
 *   cat $in/▮      ->   the generators it depends on, then all others
 *   cat $in/ca/▮   ->   the files of ca
 *   > $out/▮       ->   the generator's own files
 */
import type { Clan } from "../../clan/model.ts";
import { generatorsPath } from "../../clan/vars/machine-options.ts";
import type { Generator, MachineVars } from "../../clan/vars/model.ts";
import type { NodeIndex } from "../../modules/node-index.ts";
import { nodesAt } from "../../syntax/navigate.ts";
import { describeFile, describeGenerator } from "../describe-vars.ts";
import { prose } from "../markdown.ts";
import { clansAround, type Query } from "../query.ts";
import { type CompletionItem, sortText } from "./item.ts";

/** The folder's variable and the names behind it, up to the cursor: `"$in"/ca/k`. */
const unfinished =
  /\$(?:\{(in|out|prompts)\}|(in|out|prompts))"?\/((?:[^\s"'`$/;|&<>()]+\/)*)([^\s"'`$/;|&<>()]*)$/;

/** Undefined outside of scripts, or where no path into a folder of theirs is written. */
export function completeScript(query: Query): CompletionItem[] | undefined {
  const text = query.snapshot.source(query.path)?.text ?? "";
  const line = text.slice(text.lastIndexOf("\n", query.offset - 1) + 1, query.offset);
  const found = unfinished.exec(line);
  if (found === null) return undefined;
  const [, braced, plain, before = "", word = ""] = found;
  const folder = braced ?? plain;
  for (const clan of clansAround(query))
    for (const vars of clan.vars.machinesReading(query.path)) {
      const generator = generatorAround(vars, query);
      if (generator === undefined) continue;
      const names = before.split("/").slice(0, -1);
      const inside = { clan, vars, generator, offset: query.offset, word };
      if (folder === "out") return names.length === 0 ? fileItems(generator, inside) : [];
      if (folder === "prompts") return names.length === 0 ? promptItems(inside) : [];
      const [first, ...others] = names;
      if (first === undefined) return generatorItems(inside);
      const read = vars.generators.known.get(first);
      return read === undefined || others.length > 0 ? [] : fileItems(read, inside);
    }
  return undefined;
}

function generatorAround({ generators, index }: MachineVars, query: Query): Generator | undefined {
  const { path, offset } = query;
  const written = [...generators.known.values()].find(
    ({ script }) => script?.source.path === path && script.start < offset && offset < script.end,
  );
  const computed = written ?? generators.known.get(computedScriptAround(index, query) ?? "");
  return computed ?? generatorWithText([...generators.known.values()], query);
}

/** The text around the cursor may be kept elsewhere, and be part of what a script amounts to: `let s = "echo > $out/▮"; …`. */
function generatorWithText(
  generators: readonly Generator[],
  { snapshot, path, offset }: Query,
): Generator | undefined {
  const source = snapshot.source(path);
  const around = source === undefined ? [] : nodesAt(source, offset);
  const string = around.findLast((node) => node.kind === "string");
  const part = string?.parts.find(({ start, end }) => start <= offset && offset <= end);
  const text = part?.kind === "text" ? part.text.trim() : "";
  if (text === "") return undefined;
  return generators.find(({ option }) => option?.child("script")?.string()?.includes(text));
}

/** The generator whose script is put together of several strings: `lib.concatLines [ "cat $in/▮" ]`. */
function computedScriptAround(index: NodeIndex, { snapshot, path, offset }: Query): string | undefined {
  const source = snapshot.source(path);
  const around = source === undefined ? [] : nodesAt(source, offset);
  if (!around.some(({ kind }) => kind === "string")) return undefined;
  const depth = generatorsPath.length;
  for (const node of around.toReversed())
    for (const { path: names } of index.get(node) ?? [])
      if (names[depth + 1] === "script" && generatorsPath.every((name, at) => names[at] === name))
        return names[depth];
  return undefined;
}

interface Inside {
  readonly clan: Clan;
  readonly vars: MachineVars;
  readonly generator: Generator;
  readonly offset: number;
  /** What is written of the name. */
  readonly word: string;
}

function fileItems(generator: Generator, inside: Inside): CompletionItem[] {
  return [...generator.files.known.values()].map((file) =>
    item(inside, file.name, {
      kind: "generator-file",
      detail: file.secret === false ? "public file" : "file",
      documentation: () => describeFile(inside.clan, generator, file),
      rank: 1,
    }),
  );
}

function promptItems(inside: Inside): CompletionItem[] {
  return [...inside.generator.prompts.known.values()].map(({ name, type, description }) =>
    item(inside, name, { kind: "prompt", detail: type, documentation: () => prose(description), rank: 1 }),
  );
}

/** Those it depends on first: the others have to be added to its dependencies. */
function generatorItems(inside: Inside): CompletionItem[] {
  const { clan, vars, generator } = inside;
  return [...vars.generators.known.values()]
    .filter(({ name }) => name !== generator.name)
    .map((other) => {
      const isNeeded = generator.dependencies.known.has(other.name);
      return item(inside, other.name, {
        kind: "generator",
        detail: isNeeded ? "dependency" : "not in dependencies",
        documentation: () => describeGenerator(clan, other, vars),
        rank: isNeeded ? 1 : 3,
      });
    })
    .sort((a, b) => (a.sortText < b.sortText ? -1 : 1));
}

function item(
  { offset, word }: Inside,
  name: string,
  {
    kind,
    detail,
    documentation,
    rank,
  }: Pick<CompletionItem, "kind" | "detail" | "documentation"> & { readonly rank: number },
): CompletionItem {
  return {
    label: name,
    kind,
    detail,
    documentation,
    insertText: name.replace(/[\\$}]/g, "\\$&"),
    replace: { start: offset - word.length, end: offset },
    filterText: name,
    sortText: sortText(rank, name),
    summary: detail,
    deprecated: false,
    offersNext: false,
  };
}
