/**
 * Findings about vars: their places are words, in Nix or in a script, and their fixes write into a generator.
 *
 *   addToListFix(generator web, "dependencies", "ca")   ->   dependencies = [ "root" "ca" ];
 *   bindFix(generator web, "share", "true")             ->   web = { share = true; … };
 */
import type { Clan } from "../../clan/model.ts";
import type { Generator, MachineVars, NamedPlace } from "../../clan/vars/model.ts";
import type { OptionNode } from "../../modules/option-node.ts";
import type { AttrSet, ListExpr, Node } from "../../syntax/ast.ts";
import { printAttrName, printString } from "../../syntax/quote.ts";
import type { Fix } from "../finding.ts";
import { whole } from "../parts/place.ts";
import { sureDefinitions } from "../parts/written.ts";
import type { Problem } from "../rule.ts";
import type { OptionPath } from "../run/consequences.ts";
import { insertion } from "./bind-fix.ts";

/** The vars of each machine about which something could be wrong. */
export function varsOfMachines(clan: Clan): readonly MachineVars[] {
  const known =
    written.get(clan) ??
    [...clan.machines.known.keys()].map((machine) => clan.vars.of(machine)).filter((vars) => vars.isWritten);
  written.set(clan, known);
  return known;
}

// A dozen rules ask for them, and most machines of a large clan have none. They go with the clan.
const written = new WeakMap<Clan, readonly MachineVars[]>();

/** A problem at a word. */
export function atPlace(
  { path, start, end }: NamedPlace,
  message: string,
  more: Pick<Problem, "related" | "fixes" | "spoils" | "restsOn"> = {},
): Problem {
  return { path, start, end, message, ...more };
}

/** The path of an attribute of the generator, as findings rest on it. */
export function pathsOf({ option }: Generator, name: string): readonly OptionPath[] {
  return option === undefined ? [] : [[...option.path, name]];
}

/** "Did you mean": the word becomes `name`. `isAttribute`: it is a name in Nix code, and may need quotes. */
export function renameWordFix(
  { path, start, end }: NamedPlace,
  name: string | undefined,
  isAttribute = false,
): Fix[] {
  if (name === undefined) return [];
  const text = isAttribute ? printAttrName(name) : name;
  return [{ title: `Change to \`${name}\``, edits: [{ path, start, end, text }], preferred: true }];
}

/** Binds `path`, an attribute path, in the set that the option is, or gives it this value where it has another. */
export function bindFix(option: OptionNode | undefined, path: readonly string[], value: string): Fix[] {
  const title = `Add \`${path.join(".")} = ${value}\``;
  const present = option?.at(...path);
  if (present !== undefined) {
    const [node] = sureDefinitions(present).flatMap(({ origins }) => origins);
    if (node?.kind !== "identifier") return [];
    return [{ title: `Set \`${path.join(".")} = ${value}\``, edits: [{ ...whole(node), text: value }] }];
  }
  const set = writtenSet(option);
  if (set === undefined) return [];
  return [{ title, edits: [insertion(set, [`${path.map(printAttrName).join(".")} = ${value};`])] }];
}

/** Adds a string, or a piece of code, to a list of the set that the option is. */
export function addToListFix(
  option: OptionNode | undefined,
  name: string,
  element: string,
  as: "string" | "code" = "string",
): Fix[] {
  const text = as === "string" ? printString(element) : element;
  const list = option?.child(name);
  if (list === undefined)
    return bindFix(option, [name], `[ ${text} ]`).map((fix) => ({ ...fix, preferred: true }));
  const written = writtenAs(list, (node): node is ListExpr => node.kind === "list");
  if (written === undefined) return [];
  const edit = elementInsertion(written, text);
  return [{ title: `Add \`${element}\` to \`${name}\``, edits: [edit], preferred: true }];
}

function elementInsertion(list: ListExpr, text: string): Fix["edits"][number] {
  const { path, text: source } = list.source;
  const last = list.elements.at(-1);
  if (last === undefined) return { ...whole(list), text: `[ ${text} ]` };
  const before = list.elements.at(-2)?.end ?? list.start + 1;
  const separator = /\n\s*$/.exec(source.slice(before, last.start))?.[0] ?? " ";
  return { path, start: last.end, end: last.end, text: `${separator}${text}` };
}

/** The set an option is written as; undefined where it is computed. */
function writtenSet(option: OptionNode | undefined): AttrSet | undefined {
  return option && writtenAs(option, (node): node is AttrSet => node.kind === "attrset");
}

function writtenAs<T extends Node>(option: OptionNode, isIt: (node: Node) => node is T): T | undefined {
  return sureDefinitions(option)
    .flatMap(({ origins }) => origins)
    .filter(({ source }) => source.language === "nix")
    .find(isIt);
}
