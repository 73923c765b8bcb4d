/**
 * A clan in the outputs of a flake that has no modules for them, joined with those it has.
 *
 *   outputs = { self, nixpkgs }: { nixosConfigurations = { … }; };
 *   ->   outputs = { self, nixpkgs, clan-core }: let clan = clan-core.lib.clan { … }; in {
 *          nixosConfigurations = clan.config.nixosConfigurations // { … };  clan = clan.config;  … };
 *
 * What is not such a set goes through a function: `withClan (mkFlake { … })`.
 */

import type { TextEdit } from "../../rules/finding.ts";
import { append, appendBeside, indentOf } from "../../rules/fix/edit.ts";
import type { AttrSet, Expr, LetExpr, Source } from "../../syntax/ast.ts";
import { walk } from "../../syntax/navigate.ts";
import { clanBindings, indentLines } from "./clan-text.ts";
import { findOutputsFunction, isOperand, type OutputsFunction, resultOf } from "./outputs-function.ts";
import type { Way } from "./plan.ts";
import type { FlakeView } from "./read-flake.ts";
import type { AdoptRequest } from "./request.ts";

/** The best first; none where `outputs` is not written in the flake.nix. */
export function outputsWays(
  { flake, outputNames }: FlakeView,
  source: Source,
  request: AdoptRequest,
  folder: string,
): readonly Way[] {
  const outputs = findOutputsFunction(source);
  if (outputs === undefined) return [];
  const hasDarwin = request.machine.class === "darwin" || outputNames().has("darwinConfigurations");
  const clan = freeName(source, ["clan", "newClan", "theClan"]);
  const joined: Joined = {
    ...outputs,
    clan,
    withClan: freeName(source, ["withClan", "joinClan"]),
    lines: clanLines(clan, request, outputs, folder),
    nixpkgs: flake.inputs.has("nixpkgs") ? outputs.nixpkgs : undefined,
    // macOS hosts may move in.
    outputs: ["nixosConfigurations", ...(hasDarwin ? ["darwinConfigurations"] : [])],
  };
  return [inPlace(joined), around(joined)].flatMap((edits) =>
    edits === undefined ? [] : [{ edits: [...outputs.edits, ...edits], creates: new Map() }],
  );
}

interface Joined extends OutputsFunction {
  /** Names of the variables: the clan, and the function that adds it to outputs. */
  readonly clan: string;
  readonly withClan: string;
  /** The clan's definition. */
  readonly lines: readonly string[];
  /** Those that the clan has machines in. */
  readonly outputs: readonly string[];
}

/** Where the hosts stand in a set that is written out: beside them. */
function inPlace(joined: Joined): TextEdit[] | undefined {
  if (joined.isFunction) return undefined;
  const set = writtenSet(resultOf(joined.body), joined.outputs);
  if (set === undefined || set.recursive) return undefined;
  const hosts = joined.outputs.map((name) => hostsEdits(set, name, joined.clan));
  if (hosts.some((edits) => edits === undefined)) return undefined;
  const inherited = joined.outputs.filter((_, index) => hosts[index]?.length === 0);
  const names = [...inherited, "clanInternals"].join(" ");
  const text = [
    `clan = ${joined.clan}.config;`,
    `inherit (${joined.clan}.config) ${names};`,
    ...(set === resultOf(joined.body) ? shellLines(joined, set) : []),
  ].join("\n");
  return [...definition(joined, joined.lines), ...hosts.flatMap((edits) => edits ?? []), append(set, text)];
}

/** A development shell with clan's command, where there is none and nothing else may bring one. */
function shellLines({ nixpkgs, core }: Joined, set: AttrSet): readonly string[] {
  const mayHave = set.bindings.some((each) =>
    (each.kind === "binding" ? each.path.slice(0, 1) : each.names).some(
      ({ name }) => name === undefined || /^devShells?$/.test(name),
    ),
  );
  if (nixpkgs === undefined || mayHave) return [];
  return [
    "# `nix develop` brings the command `clan`.",
    `devShells = ${nixpkgs}.lib.genAttrs [ "x86_64-linux" "aarch64-linux" "aarch64-darwin" ] (system: {`,
    `\tdefault = ${nixpkgs}.legacyPackages.\${system}.mkShell {`,
    `\t\tpackages = [ ${core}.packages.\${system}.clan-cli ];`,
    "\t};",
    "});",
  ];
}

/** Whatever the result is. */
function around(joined: Joined): TextEdit[] {
  const { clan, withClan, body } = joined;
  const result = joined.isFunction ? body : resultOf(body);
  const { path } = result.source;
  const lines = [
    ...joined.lines,
    "",
    "# The outputs that the flake has without the clan, with those of the clan.",
    `${withClan} =`,
    "  own:",
    "  own",
    "  // {",
    `    clan = ${clan}.config;`,
    `    inherit (${clan}.config) clanInternals;`,
    ...joined.outputs.map((name) => `    ${name} = ${clan}.config.${name} // own.${name} or { };`),
    "  };",
  ];
  const [open, close] = callOf(joined, result);
  return [
    ...definition(joined, lines),
    { path, start: result.start, end: result.start, text: `${withClan} ${open}` },
    ...(close === "" ? [] : [{ path, start: result.end, end: result.end, text: close }]),
  ];
}

/** What stands around the result as an argument. */
function callOf({ isFunction }: Joined, { kind }: Expr): readonly [string, string] {
  if (isFunction) return kind === "apply" || kind === "path" ? ["(", " inputs)"] : ["((", ") inputs)"];
  return kind === "attrset" || kind === "identifier" ? ["", ""] : ["(", ")"];
}

/** The set itself, or the one of `{ … } // more` that has the hosts. */
function writtenSet(result: Expr, outputs: readonly string[]): AttrSet | undefined {
  if (result.kind === "attrset") return result;
  const sets: AttrSet[] = [];
  const pending: Expr[] = [result];
  for (let next = pending.pop(); next !== undefined; next = pending.pop())
    if (next.kind === "binary" && next.op === "//") pending.push(next.left, next.right);
    else if (next.kind === "attrset") sets.push(next);
  const withHosts = sets.filter((set) => outputs.some((name) => namedIn(set, name).length > 0));
  return withHosts.length === 1 ? withHosts[0] : undefined;
}

/** Code for the `let` right around the result, or a new one before it. */
function definition({ body, isFunction }: Joined, lines: readonly string[]): TextEdit[] {
  const last = isFunction ? undefined : innermostLet(body)?.bindings.at(-1);
  if (last !== undefined) return [appendBeside(last, lines.join("\n"))];
  const result = isFunction ? body : resultOf(body);
  const { start, lead, indent } = beginningOf(result);
  const head = isFunction ? ["inputs:"] : [];
  const text = lead + laidOut([...head, "let", ...indentLines(lines, 2), "in", ""], indent) + indent;
  return [{ path: body.source.path, start, end: result.start, text }];
}

function innermostLet(body: Expr): LetExpr | undefined {
  let found: LetExpr | undefined;
  let at = body;
  while (at.kind === "let" || at.kind === "with" || at.kind === "assert") {
    if (at.kind === "let") found = at;
    at = at.body;
  }
  return found;
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

function laidOut(lines: readonly string[], indent: string): string {
  return lines.map((line, index) => (index === 0 || line === "" ? line : `${indent}${line}`)).join("\n");
}

function namedIn({ bindings }: AttrSet, name: string) {
  return bindings.filter((each) =>
    each.kind === "binding" ? each.path[0]?.name === name : each.names.some((one) => one.name === name),
  );
}

/** Joins the clan's hosts to the flake's own; none where it has none. Undefined where they are written in pieces. */
function hostsEdits(set: AttrSet, name: string, clan: string): TextEdit[] | undefined {
  const [only, ...more] = namedIn(set, name);
  if (only === undefined) return [];
  if (more.length > 0 || only.kind !== "binding" || only.path.length > 1) return undefined;
  const hosts = resultOf(only.value);
  const { path, text } = hosts.source;
  const isChain = hosts.kind === "binary" && hosts.op === "//";
  const isBare = isChain || isOperand(hosts);
  const indent = indentOf(text, hosts.start);
  const isAlone = text.slice(0, hosts.start).endsWith(`\n${indent}`);
  const isLong = text.slice(hosts.start, hosts.end).includes("\n");
  const before = `${clan}.config.${name}${isAlone && isLong ? `\n${indent}` : " "}// ${isBare ? "" : "("}`;
  return [
    { path, start: hosts.start, end: hosts.start, text: before },
    ...(isBare ? [] : [{ path, start: hosts.end, end: hosts.end, text: ")" }]),
  ];
}

function clanLines(
  name: string,
  request: AdoptRequest,
  { core, self, specialArgs }: OutputsFunction,
  folder: string,
): string[] {
  const directory = folder === "" ? undefined : `"\${${self}}${folder}"`;
  return [
    `${name} = ${core}.lib.clan {`,
    self === "self" ? "  inherit self;" : `  self = ${self};`,
    ...indentLines(clanBindings(request, specialArgs, directory), 2),
    "};",
  ];
}

/** The first that nothing in the file is called. */
function freeName({ root }: Source, names: readonly [string, ...string[]]): string {
  const taken = new Set<string>();
  walk(root, (node) => {
    if (node.kind === "identifier") taken.add(node.name);
    if (node.kind !== "let" && !(node.kind === "attrset" && node.recursive)) return;
    for (const each of node.bindings)
      for (const one of each.kind === "binding" ? each.path.slice(0, 1) : each.names)
        if (one.name !== undefined) taken.add(one.name);
  });
  return names.find((name) => !taken.has(name)) ?? names[0];
}
