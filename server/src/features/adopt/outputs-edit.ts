/**
 * A clan in the outputs of a flake that writes them itself, joined with those it has.
 *
 *   outputs = { self, nixpkgs }: { nixosConfigurations.web = …; };
 *   ->   outputs = { self, nixpkgs, clan-core }: let own = { … }; clan = clan-core.lib.clan { … }; in own // { … };
 */
import { append, appendBeside, indentOf, textOf } from "../../rules/edit.ts";
import type { TextEdit } from "../../rules/finding.ts";
import type { AttrSet, Binding, Expr, Lambda, Source } from "../../syntax/ast.ts";
import { walk } from "../../syntax/navigate.ts";
import { clanBindings, indentLines } from "./clan-text.ts";
import type { Way } from "./plan.ts";
import type { AdoptRequest } from "./request.ts";

/** Undefined where `outputs` is no function that is written out. */
export function outputsEdits(source: Source, request: AdoptRequest, folder: string): Way | undefined {
  const outputs = findOutputs(source);
  if (outputs === undefined) return undefined;
  const { param, body } = outputs;
  const inputs = param.name?.name;
  const self = param.formals?.some(({ name }) => name.name === "self") ? "self" : inputs && `${inputs}.self`;
  if (self === undefined) return undefined;
  const core = inputs === undefined ? "clan-core" : `${inputs}.clan-core`;
  const args = {
    core,
    self,
    specialArgs:
      inputs === undefined
        ? `{ inherit self; }`
        : inputs === "inputs"
          ? "{ inherit inputs; }"
          : `{ inputs = ${inputs}; }`,
    directory: folder === "" ? undefined : `./${folder.slice(1)}`,
  };
  const formal = formalEdit(outputs, inputs === undefined);
  const edits = [...(formal ?? []), ...bodyEdits(body, request, args)];
  return { edits, creates: new Map() };
}

interface ClanArgs {
  readonly core: string;
  readonly self: string;
  readonly specialArgs: string;
  readonly directory: string | undefined;
}

function findOutputs({ root }: Source): Lambda | undefined {
  if (root.kind !== "attrset") return undefined;
  const binding = root.bindings.find(
    (each): each is Binding =>
      each.kind === "binding" && each.path.length === 1 && each.path[0]?.name === "outputs",
  );
  return binding?.value.kind === "lambda" ? binding.value : undefined;
}

/** Its name among the arguments: where it is used by that, or where all must be named. */
function formalEdit({ param, source }: Lambda, isUsed: boolean): TextEdit[] {
  const { formals, ellipsis } = param;
  const last = formals?.at(-1);
  if (last === undefined || (!isUsed && ellipsis)) return [];
  if (formals?.some(({ name }) => name.name === "clan-core")) return [];
  const before = source.text.slice(0, last.start);
  const separator = /\n[ \t]*$/.exec(before)?.[0] ?? " ";
  const isLeading = /\n[ \t]*,[ \t]*$/.exec(before)?.[0];
  const text = isLeading === undefined ? `,${separator}clan-core` : `${isLeading}clan-core`;
  return [{ path: source.path, start: last.end, end: last.end, text }];
}

function bodyEdits(body: Expr, request: AdoptRequest, args: ClanArgs): TextEdit[] {
  return editsInPlace(body, request, args) ?? [editAround(body, request, args)];
}

/** Whatever the result is: it gets a name, and the clan's outputs are joined to it. */
function editAround(body: Expr, request: AdoptRequest, args: ClanArgs): TextEdit {
  const { start, lead, indent } = beginningOf(body);
  const own =
    body.kind === "attrset"
      ? `own = ${reindented(body, `${indent}  `)};`
      : `own =\n${indent}    ${reindented(body, `${indent}    `)};`;
  const outputs = outputNames(request).map(
    (name) => `  ${name} = clan.config.${name} // own.${name} or { };`,
  );
  const lines = [
    "let",
    "  # What the flake had before the clan.",
    `  ${own}`,
    "",
    ...indentLines(clanLines("clan", request, args), 2),
    "in",
    "own",
    "// {",
    "  clan = clan.config;",
    "  inherit (clan.config) clanInternals;",
    ...outputs,
    "}",
  ];
  return { path: body.source.path, start, end: body.end, text: lead + joined(lines, indent) };
}

/** Where the result is a set that is written out, with the hosts in one place: beside what is there. */
function editsInPlace(body: Expr, request: AdoptRequest, args: ClanArgs): TextEdit[] | undefined {
  let result = body;
  while (result.kind === "let" || result.kind === "with" || result.kind === "assert") result = result.body;
  if (result.kind !== "attrset" || result.recursive) return undefined;
  const set = result;
  const hosts = outputNames(request).map((name) => hostsEdit(set, name));
  const definition = definitionEdit(body, set, clanLines("clan", request, args));
  if (definition === undefined || hosts.some((edit) => edit === undefined)) return undefined;
  const inherited = outputNames(request).filter((_, index) => hosts[index] === "inherit");
  return [
    definition,
    ...hosts.flatMap((edit) => (edit === undefined || edit === "inherit" ? [] : [edit])),
    append(set, `clan = clan.config;\ninherit (clan.config) ${[...inherited, "clanInternals"].join(" ")};`),
  ];
}

/** `clan = …;` in the `let` right around the set, or in a new one before it. Undefined where the name is taken. */
function definitionEdit(body: Expr, set: AttrSet, lines: readonly string[]): TextEdit | undefined {
  const around = innermostLet(body);
  const last = around?.bindings.at(-1);
  if (around !== undefined && last !== undefined && around.body === set) {
    const names = around.bindings.flatMap((each) =>
      each.kind === "binding" ? each.path.slice(0, 1) : each.names,
    );
    return names.some(({ name }) => name === "clan") ? undefined : appendBeside(last, lines.join("\n"));
  }
  if (body !== set) return undefined;
  const { start, lead, indent } = beginningOf(body);
  const text = lead + joined(["let", ...indentLines(lines, 2), "in", ""], indent) + indent;
  return { path: body.source.path, start, end: body.start, text };
}

/** Where code before the node goes that begins with a line of its own. */
function beginningOf(node: Expr): { readonly start: number; readonly lead: string; readonly indent: string } {
  const { text } = node.source;
  const indent = indentOf(text, node.start);
  const before = text.slice(0, node.start).trimEnd();
  const isAlone = text.slice(before.length, node.start).includes("\n");
  return isAlone
    ? { start: node.start, lead: "", indent }
    : { start: before.length, lead: `\n${indent}`, indent };
}

function joined(lines: readonly string[], indent: string): string {
  return lines.map((line, index) => (index === 0 || line === "" ? line : `${indent}${line}`)).join("\n");
}

/** The code with its further lines where they belong now. Lines inside of strings are never touched. */
function reindented(node: Expr, indent: string): string {
  const text = textOf(node);
  let hasText = false;
  walk(node, (each) => {
    if (each.kind === "string" && textOf(each).includes("\n")) hasText = true;
  });
  const before = indentOf(node.source.text, node.end - 1);
  if (hasText) return text;
  return text.replace(
    /\n([ \t]+)(?=\S)|\n(?=\S)/g,
    (_, space: string = "") => `\n${indent}${space.startsWith(before) ? space.slice(before.length) : space}`,
  );
}

function innermostLet(body: Expr) {
  let found: (Expr & { kind: "let" }) | undefined;
  let at = body;
  while (at.kind === "let" || at.kind === "with" || at.kind === "assert") {
    if (at.kind === "let") found = at;
    at = at.body;
  }
  return found;
}

/** Joins the clan's hosts to the flake's own; "inherit" where it has none. Undefined where they are written in pieces. */
function hostsEdit({ bindings }: AttrSet, name: string): TextEdit | "inherit" | undefined {
  const written = bindings.filter((each) =>
    each.kind === "binding" ? each.path[0]?.name === name : each.names.some((one) => one.name === name),
  );
  const [only, ...more] = written;
  if (only === undefined) return "inherit";
  if (more.length > 0 || only.kind !== "binding" || only.path.length > 1) return undefined;
  const { value } = only;
  const text = isOperand(value) ? textOf(value) : `(${textOf(value)})`;
  return {
    path: value.source.path,
    start: value.start,
    end: value.end,
    text: `clan.config.${name} // ${text}`,
  };
}

/** It binds closer than `//`. */
function isOperand({ kind }: Expr): boolean {
  return ["attrset", "identifier", "select", "apply"].includes(kind);
}

function clanLines(
  name: string,
  request: AdoptRequest,
  { core, self, specialArgs, directory }: ClanArgs,
): string[] {
  return [
    `${name} = ${core}.lib.clan {`,
    self === "self" ? "  inherit self;" : `  self = ${self};`,
    ...indentLines(clanBindings(request, specialArgs, directory), 2),
    "};",
  ];
}

function outputNames({ machine }: AdoptRequest): readonly string[] {
  return machine.class === "darwin"
    ? ["nixosConfigurations", "darwinConfigurations"]
    : ["nixosConfigurations"];
}
