/**
 * Small questions about option nodes that the parts of the clan model share.
 *
 *   findOpen(tree, ["inventory", "machines"])  ->  why there may be machines we cannot see
 */
import type { Definition, OptionNode } from "../modules/option-node.ts";
import type { OptionType } from "../modules/option-type.ts";
import { unknown } from "../nix/make.ts";
import { Thunk } from "../nix/thunk.ts";
import type { ListValue, Unknown } from "../nix/value.ts";
import type { Node } from "../syntax/ast.ts";
import type { UnknownPart } from "./model.ts";

/** Arguments of the modules of machines: clans and services are of all systems, and no version of clan gave them these. */
export const MACHINE_ARGUMENTS: ReadonlySet<string> = new Set(["modulesPath", "pkgs"]);

/** Why the option at `path` may hold more than is seen: it, or something around it, is not known. */
export function findOpen(tree: OptionNode, path: readonly string[]): UnknownPart | undefined {
  let node: OptionNode | undefined = tree;
  for (const name of path) {
    if (node.open !== undefined) break;
    node = node.child(name);
    if (node === undefined) return undefined;
  }
  return node.open && unknownPart(path, node.open, node);
}

/** Where the unknown comes from; failing that, where `option`, which it leaves open, is defined. */
export function unknownPart(path: readonly string[], reason: Unknown, option: OptionNode): UnknownPart {
  return { path: path.join("."), reason: reason.reason, node: reason.origins?.[0] ?? originsOf(option)[0] };
}

/** Where an option's name is written, or what computes it. */
export function originsOf(option: OptionNode): readonly Node[] {
  return unique(
    option.effective().flatMap(({ keys, origins }) => (keys.length > 0 ? keys : origins.slice(0, 1))),
  );
}

/** The strings of a list, each with where it is written. `open`: some are not known. */
export interface Strings {
  readonly known: readonly { readonly text: string; readonly origins: readonly Node[] }[];
  readonly open: Unknown | undefined;
}

export function readStrings(list: OptionNode | undefined): Strings {
  const plain = list && plainStrings(list);
  if (plain !== undefined) return plain;
  const known: { text: string; origins: readonly Node[] }[] = [];
  let open = list?.open;
  for (const element of list?.children().values() ?? []) {
    const value = element.value();
    if (value.type === "string") known.push({ text: value.value, origins: valueOriginsOf(element) });
    else if (value.type === "unknown") open ??= value;
  }
  return { known, open };
}

// A list of data is the same value in each evaluation.
const knownStrings = new WeakMap<ListValue, Strings>();

/** Of a list that is defined in one place, and evaluated: no options need be made of its elements. */
function plainStrings(list: OptionNode): Strings | undefined {
  const [only, ...others] = list.effective();
  if (only?.value.type !== "list" || only.conditional || others.length > 0) return undefined;
  if (list.open !== undefined || list.type?.kind !== "listOf" || !isAnyText(list.type.of)) return undefined;
  const found = knownStrings.get(only.value);
  if (found !== undefined) return found;
  const known: { text: string; origins: readonly Node[] }[] = [];
  for (const { value, node } of only.value.elements) {
    if (value?.type !== "string") return undefined;
    known.push({
      text: value.value,
      origins: [...(value.origins ?? []), ...(node ? [node] : [])].slice(0, 1),
    });
  }
  const strings = { known, open: undefined };
  if (only.value.isData) knownStrings.set(only.value, strings);
  return strings;
}

function isAnyText(type: OptionType): boolean {
  return type.kind === "str" && type.pattern === undefined && !type.nonEmpty && type.checks === undefined;
}

/** An option's definitions as modules for another evaluation; those that may not apply stay uncertain. */
export function toModules(option: OptionNode | undefined): Thunk[] {
  if (option === undefined) return [];
  const modules = option.effective().flatMap(toModule);
  return option.open === undefined ? modules : [...modules, Thunk.of(option.open)];
}

function toModule({ value, conditional, origins }: Definition): Thunk[] {
  if (value.type === "failure") return [Thunk.of(unknown(value.message, origins[0]))];
  const module = Thunk.of(value, origins[0]);
  return [
    conditional && value.type !== "unknown"
      ? Thunk.of(unknown("it may not apply", origins[0], [module]))
      : module,
  ];
}

function valueOriginsOf(option: OptionNode): readonly Node[] {
  return unique(option.effective().flatMap(({ origins }) => origins.slice(0, 1)));
}

function unique(nodes: readonly Node[]): readonly Node[] {
  return [...new Set(nodes)];
}
