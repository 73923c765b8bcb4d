/**
 * Variables that nothing binds: Nix refuses a file that has one when it reads it, whether it is used or not.
 *
 *   { ... }: { description = lib.toUpper "x"; }   ->   at `lib`, with a fix that asks for it: { lib, ... }:
 */
import type { Clan } from "../../clan/model.ts";
import type { Unbound } from "../../nix/unbound.ts";
import type { Snapshot } from "../../project/snapshot.ts";
import type { Expr, Node, Source } from "../../syntax/ast.ts";
import { nodesAt, usesVariable } from "../../syntax/navigate.ts";
import { printString } from "../../syntax/quote.ts";
import type { Fix } from "../finding.ts";
import type { Problem } from "../rule.ts";
import { findSuggestion } from "../words/suggest.ts";
import { addArgument, explainMissingPkgs, isModule } from "./pkgs-argument.ts";
import { place, useFix, whole } from "./place.ts";

/** The first use of each. */
export function* checkVariables(source: Source, clan: Clan, snapshot: Snapshot): Iterable<Problem> {
  const seen = new Set<string>();
  for (const unbound of unboundIn(source, clan)) {
    if (seen.has(unbound.name)) continue;
    if (seen.size === 0 && usesScopedImport(clan, snapshot)) return;
    seen.add(unbound.name);
    yield report(source, unbound, clan);
  }
}

function unboundIn(source: Source, clan: Clan): Iterable<Unbound> {
  return source.language === "nix" && source.problems.length === 0 ? clan.unboundIn(source) : [];
}

/** A file that is imported with it sees names of which its text does not tell. */
function usesScopedImport({ files }: Clan, snapshot: Snapshot): boolean {
  return [...files].some(
    (path) => path.endsWith(".nix") && snapshot.readFile(path)?.includes("scopedImport") === true,
  );
}

function report(source: Source, { name, node, visible }: Unbound, clan: Clan): Problem {
  const suggestion = findSuggestion(name, visible());
  const inherited = misspeltInherit(source, name, node, suggestion);
  if (inherited !== undefined) return inherited;
  const shell = explainShell(source, name, node, suggestion);
  if (shell !== undefined) return { ...whole(node), ...shell };
  const pkgs =
    name === "pkgs" && suggestion === undefined ? explainMissingPkgs(source, node, clan) : undefined;
  const file = fileMeant(source, node);
  if (file !== undefined) return { ...whole(node), ...file };
  const meant = suggestion === undefined ? "" : ` Did you mean \`${suggestion}\`?`;
  const message = `Nix cannot evaluate this: undefined variable '${name}'.${meant}${pkgs?.advice ?? ""}`;
  if (pkgs !== undefined) return { ...whole(node), message, fixes: pkgs.fixes };
  if (suggestion !== undefined) return { ...whole(node), message, ...useFix(node, suggestion) };
  const outputs = outputsFix(source, name, clan);
  if (outputs !== undefined) return { ...whole(node), message, fixes: [outputs] };
  const text = ARGUMENTS.has(name) ? undefined : textMeant(source, node);
  if (text === undefined) return { ...whole(node), message, ...argumentFix(source.root, name) };
  return { ...whole(node), message: `${message} For text, write \`${text.text}\`.`, fixes: [text.fix] };
}

/** `meta.name = my-clan;`, `tags = [ srv ];` and `targetHost = web.example.org;`: names that stand alone as a value. */
function textMeant(source: Source, node: Node): { readonly text: string; readonly fix: Fix } | undefined {
  const around = [...nodesAt(source, node.start)].reverse();
  const [inner, ...outer] = around.slice(around.indexOf(node));
  const select = outer[0];
  const isPath =
    select?.kind === "select" &&
    select.target === node &&
    select.fallback === undefined &&
    select.path.every(({ name, quoted }) => name !== undefined && !quoted);
  const value = isPath ? select : inner;
  const holder = isPath ? outer[1] : select;
  const isWhole = (holder?.kind === "binding" && holder.value === value) || holder?.kind === "list";
  if (value === undefined || !isWhole) return undefined;
  const text = printString(source.text.slice(value.start, value.end));
  return { text, fix: { title: `Change to \`${text}\``, edits: [{ ...whole(value), text }] } };
}

/** `imports = [ disk.nix ];`, which selects `nix` of a variable. */
function fileMeant(source: Source, node: Node): Pick<Problem, "message" | "fixes"> | undefined {
  const around = nodesAt(source, node.start).findLast((one) => one.kind === "select" && one.target === node);
  if (around?.kind !== "select" || around.path.length !== 1 || around.path[0]?.name !== "nix")
    return undefined;
  const text = `./${source.text.slice(around.start, around.end)}`;
  return {
    message: `Nix cannot evaluate this: undefined variable '${text.slice(2, -4)}'. For the file, write \`${text}\`.`,
    fixes: [{ title: `Change to \`${text}\``, edits: [{ ...whole(around), text }], preferred: true }],
  };
}

/** `inherit (lib) mkOptions;`, where only `mkOption` is used: what is misspelt is the name that is inherited. */
function misspeltInherit(
  { root }: Source,
  name: string,
  node: Node,
  suggestion: string | undefined,
): Problem | undefined {
  if (suggestion === undefined || usesVariable(root, suggestion)) return undefined;
  const misspelt = nodesAt(node.source, node.start)
    .flatMap((around) => (around.kind === "let" || around.kind === "attrset" ? around.bindings : []))
    .flatMap((binding) => (binding.kind === "inherit" && binding.from !== undefined ? binding.names : []))
    .findLast((inherited) => inherited.name === suggestion);
  if (misspelt === undefined) return undefined;
  return {
    ...whole(misspelt),
    message: `Nix cannot evaluate this: undefined variable '${name}'. What is inherited is \`${suggestion}\`, which nothing uses. Did you mean \`${name}\`?`,
    related: [{ ...place(node), message: "It is used here." }],
    ...useFix(misspelt, name),
  };
}

/** `${out}` in a script, where the variable of the shell is meant. */
function explainShell(
  { path, text }: Source,
  name: string,
  node: Node,
  suggestion: string | undefined,
): Pick<Problem, "message" | "fixes"> | undefined {
  const isFolder = name === "out" || name === "prompts";
  if (suggestion !== undefined && !isFolder) return undefined;
  const around = nodesAt(node.source, node.start);
  const hole = around.findLast((one) => one.kind === "interpolation");
  const string = around.findLast((one) => one.kind === "string");
  if (hole?.kind !== "interpolation" || string?.kind !== "string" || hole.expr !== node) return undefined;
  // Elsewhere than in a text of several lines, or one with variables of the shell, nothing speaks for a script.
  if (!isFolder && !string.indented && !/\$[A-Za-z]/.test(text.slice(string.start, string.end)))
    return undefined;
  const escaped = string.indented ? "''" : "\\";
  const written = `${escaped}\${${name}}`;
  return {
    message: `Nix cannot evaluate this: undefined variable '${name}'. \`\${${name}}\` is Nix here: for the shell, write \`$${name}\` or \`${written}\`.`,
    fixes: [
      {
        title: `Change to \`${written}\``,
        edits: [{ path, start: hole.start, end: hole.start, text: escaped }],
        preferred: true,
      },
    ],
  };
}

/** What modules are called with, and so may be asked for: `{ lib, ... }:`. */
const MODULE_ARGUMENTS = ["config", "inputs", "lib", "options", "self"];
/** Whoever writes these means the variable. */
const ARGUMENTS = new Set([...MODULE_ARGUMENTS, "pkgs", "clan-core", "clanLib", "modulesPath"]);

/** `outputs = { clan-core, ... }: … self …`   ->   `outputs = { self, clan-core, ... }: …`; `name`: `self`, or an input. */
function outputsFix({ root, path }: Source, name: string, { inputs }: Clan): Fix | undefined {
  if (!path.endsWith("/flake.nix") || root.kind !== "attrset") return undefined;
  if (name !== "self" && !inputs.known.has(name)) return undefined;
  const outputs = root.bindings.find((each) => each.kind === "binding" && each.path[0]?.name === "outputs");
  const value = outputs?.kind === "binding" && outputs.path.length === 1 ? outputs.value : undefined;
  const takesOthers = value?.kind === "lambda" && (value.param.formals?.length || value.param.ellipsis);
  return takesOthers && value.param.formals !== undefined ? addArgument(value, name) : undefined;
}

/** `{ ... }: lib.id 1`   ->   `{ lib, ... }: lib.id 1` */
function argumentFix(root: Expr, name: string): Pick<Problem, "fixes"> {
  return isModule(root) && MODULE_ARGUMENTS.includes(name) ? { fixes: [addArgument(root, name)] } : {};
}
