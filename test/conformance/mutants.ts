/**
 * One-edit mutants of a clan's files: each a mistake a person makes, or a change that is none. Which of the
 * two it is says a real evaluation (record-mutants.ts). The same text always gives the same mutants.
 *
 *   roles.peer.tags.all = { };   ->   misspelt-name: `peer` is `preer`; its place: `preer`
 */
import type { Binding, Expr, Node, Source } from "../../server/src/syntax/ast.ts";
import { childrenOf, nodesAt, walk } from "../../server/src/syntax/navigate.ts";

export type MutantKind =
  | "misspelt-name"
  | "misspelt-value"
  | "wrong-type"
  | "null-value"
  | "unknown-option"
  | "dropped"
  | "second-definition"
  | "second-module"
  | "conflict"
  | "moved";

type Place = readonly [start: number, end: number];

/** `start`, `end` and `text` are the edit; `places` are where, in the mutated text, its error may be. */
export interface Mutant {
  readonly kind: MutantKind;
  readonly start: number;
  readonly end: number;
  readonly text: string;
  readonly places: readonly Place[];
}

/** Options that hold modules, machines' configuration or file names: not the clan's own. */
const FOREIGN = new Set([
  "imports",
  "systems",
  "modules",
  "specialArgs",
  "networking",
  "environment",
  "nixpkgs",
]);

/** In a flake.nix everything else belongs to the flake. */
const CLAN_OPTIONS = new Set(["inventory", "meta"]);

/** All mutants of a file, in the order of the text. */
export function collectMutants(source: Source): Mutant[] {
  const mutants: Mutant[] = [];
  const isFlake = source.path.endsWith("/flake.nix");

  function visit(node: Node, enclosing: readonly Binding[], inClan: boolean): void {
    if (node.kind === "let") {
      for (const binding of node.bindings) {
        if (binding.kind === "binding") visit(binding.value, enclosing, inClan);
      }
      visit(node.body, enclosing, inClan);
      return;
    }
    if (node.kind === "binding") {
      if (node.path.some(({ name }) => name !== undefined && FOREIGN.has(name))) return;
      const inside = inClan || CLAN_OPTIONS.has(node.path[0]?.name ?? "");
      if (inside) mutants.push(...mutateBinding(node, enclosing), ...defineAgain(node, enclosing));
      visit(node.value, [...enclosing, node], inside);
      return;
    }
    if (inClan && node.kind === "attrset" && enclosing.length > 0) mutants.push(insertOption(node));
    if (inClan && node.kind === "list")
      for (const element of node.elements) mutants.push(...mutateValue(element));
    for (const child of childrenOf(node)) visit(child, enclosing, inClan);
  }

  visit(source.root, [], !isFlake);
  return mutants.sort((a, b) => a.start - b.start || a.end - b.end || (a.kind < b.kind ? -1 : 1));
}

/** The text of the file with the edit made. */
export function applyMutant(text: string, { start, end, text: inserted }: Mutant): string {
  return text.slice(0, start) + inserted + text.slice(end);
}

function mutateBinding(binding: Binding, enclosing: readonly Binding[]): Mutant[] {
  const { path, value, source, start, end } = binding;
  const mutants = mutateValue(value);
  for (const { name, quoted, ...at } of path) {
    if (name === undefined) continue;
    const shift = quoted ? 1 : 0;
    mutants.push(replace("misspelt-name", at.start + shift, at.end - shift, misspell(name)));
  }
  // In JSON a comma would have to go, or come, with it.
  if (source.language === "json") return mutants;
  if (enclosing.length > 0)
    mutants.push({ kind: "dropped", start, end, text: "", places: placesAround(binding) });
  const copy = ` ${source.text.slice(start, end)}`;
  mutants.push({
    kind: "second-definition",
    start: end,
    end,
    text: copy,
    places: [[end + 1, end + copy.length]],
  });
  const [first, second] = path;
  if (first !== undefined && second !== undefined) {
    const length = second.start - first.start;
    mutants.push({
      kind: "moved",
      start: first.start,
      end: second.start,
      text: "",
      places: [[start, end - length]],
    });
  }
  return mutants;
}

/** What lacks a dropped binding: one of the sets around it, found by its name, or something in the innermost. */
function placesAround({ source, start, end }: Binding): Place[] {
  const around = nodesAt(source, start).filter((node) => node.kind === "binding" && node.start < start);
  const names = around.flatMap((node) => (node.kind === "binding" ? node.path : []));
  const innermost = around.at(-1);
  return [...names, ...(innermost === undefined ? [] : [innermost])].map(
    (node): Place => [node.start, node.end >= end ? node.end - (end - start) : node.end],
  );
}

/**
 * The same attribute in a module beside the one it is written in, as another file would have it: as it is, and,
 * of a scalar, with another value.
 */
function defineAgain(binding: Binding, enclosing: readonly Binding[]): Mutant[] {
  const { source, value, start, end } = binding;
  const top = enclosing.findIndex(({ path }) => path.some(({ name }) => MODULE_OPTIONS.has(name ?? "")));
  const outer = [...enclosing, binding][top];
  if (outer === undefined || top < 0 || source.language === "json") return [];
  const holder = nodesAt(source, outer.start).findLast(
    (node) => node.kind === "attrset" && node.start < outer.start,
  );
  if (holder?.kind !== "attrset" || holder.recursive || holder.bindings.some(imports)) return [];
  // A path through a function or a call is not what is written, and the names a value uses are known where it stands.
  const between = nodesAt(source, start).filter((node) => node.start >= outer.start && node.end > end);
  if (!between.every(({ kind }) => kind === "binding" || kind === "attrset") || !isClosed(value)) return [];
  const names = [...enclosing.slice(top), binding].flatMap(({ path }) => path.map(textOf));
  const at = source.text.indexOf("{", holder.start) + 1;
  const again = (kind: MutantKind, text: string): Mutant => {
    const inserted = ` imports = [ { ${names.join(".")} = ${text}; } ];`;
    const length = inserted.length;
    return {
      kind,
      start: at,
      end: at,
      text: inserted,
      places: [
        [at, at + length],
        [start + length, end + length],
      ],
    };
  };
  const other = otherValue(value);
  return [again("second-module", textOf(value)), ...(other === undefined ? [] : [again("conflict", other)])];
}

const MODULE_OPTIONS = new Set(["inventory", "meta", "vars"]);

function imports(item: Node): boolean {
  return item.kind === "binding" && item.path[0]?.name === "imports";
}

function isClosed(value: Expr): boolean {
  let closed = true;
  walk(value, (node) => {
    if (node.kind === "inherit" || (node.kind === "identifier" && !/^(true|false|null)$/.test(node.name)))
      closed = false;
  });
  return closed;
}

/** Of the same type. */
function otherValue(value: Expr): string | undefined {
  const text = textOf(value);
  if (value.kind === "int") return `${text}1`;
  if (text === "true") return "false";
  if (text === "false") return "true";
  if (text === '"nixos"') return '"darwin"';
  return value.kind === "string" && /^"\w+"$/.test(text) ? `"${misspell(text.slice(1, -1))}"` : undefined;
}

function textOf({ source, start, end }: Node): string {
  return source.text.slice(start, end);
}

function mutateValue(value: Expr): Mutant[] {
  const wrong = wrongType(value);
  if (wrong === undefined) return [];
  const { start, end } = value;
  const mutants = [replace("wrong-type", start, end, wrong), replace("null-value", start, end, "null")];
  if (value.kind === "string" && !value.indented) {
    const [part, ...others] = value.parts;
    if (part?.kind === "text" && others.length === 0)
      mutants.push(replace("misspelt-value", start, end, `"${misspell(part.text)}"`));
  }
  return mutants;
}

function wrongType({ kind }: Expr): string | undefined {
  if (kind === "string") return "12";
  if (kind === "int") return '"12"';
  if (kind === "attrset") return "[ ]";
  return kind === "list" ? '"12"' : undefined;
}

function insertOption({ source, start }: Node): Mutant {
  const text = source.language === "json" ? ' "bogus": 1,' : " bogus = 1;";
  const at = source.text.indexOf("{", start) + 1;
  const name = at + (source.language === "json" ? 2 : 1);
  return { kind: "unknown-option", start: at, end: at, text, places: [[name, at + text.length]] };
}

function replace(kind: MutantKind, start: number, end: number, text: string): Mutant {
  return { kind, start, end, text, places: [[start, start + text.length]] };
}

/** The way a hurried hand does it: a letter in the middle is hit twice. */
function misspell(word: string): string {
  const middle = Math.max(1, Math.floor(word.length / 2));
  return word.slice(0, middle) + (word[middle - 1] ?? "x") + word.slice(middle);
}
