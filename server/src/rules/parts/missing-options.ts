/**
 * Required options that nobody defines.
 *
 *   options { repo: str, rsh: str = "ssh" }  with  { }   ->   repo
 */

import { eachOnce } from "../../modules/each-once.ts";
import type { OptionNode } from "../../modules/option-node.ts";
import type { Option, OptionSet, OptionType } from "../../modules/option-type.ts";
import { findSuggestion } from "../words/suggest.ts";
import { optionSetOf } from "./option-walk.ts";
import { namePlaces } from "./written.ts";

export interface Missing {
  /** From the root of the tree. */
  readonly path: readonly string[];
  readonly option: Option;
  /** The innermost option around it that is defined; undefined if that is the root. */
  readonly inside: OptionNode | undefined;
  /** From `inside`, or the root. */
  readonly below: readonly string[];
}

/** Whether anything in the set can be missing at all. */
export function needsSettings(set: OptionSet): boolean {
  return [...set.options.values()].some((option) => isRequired(option) || typeNeedsSettings(option.type));
}

const typeNeedsSettings = eachOnce(false, (type: OptionType): boolean => {
  switch (type.kind) {
    case "submodule":
      return needsSettings(type.options);
    case "nullOr":
    case "unique":
    case "attrsOf":
    case "listOf":
      return typeNeedsSettings(type.of);
    case "coercedTo":
      return typeNeedsSettings(type.to);
    default:
      return false;
  }
});

/** Nobody reads more of one set of settings. */
const MOST = 1_000;

/** `root` is the evaluated submodule with the options `set`. The first of them, where there are very many. */
export function collectMissing(root: OptionNode, set: OptionSet): Missing[] {
  const level = { node: root, set, path: [], inside: undefined, below: [], whole: new Set<OptionSet>() };
  const found: Missing[] = [];
  for (const missing of missingIn(level)) {
    found.push(missing);
    if (found.length === MOST) break;
  }
  return found;
}

interface Level extends Omit<Missing, "option"> {
  /** Undefined where nothing is written, and the submodule is empty. */
  readonly node: OptionNode | undefined;
  readonly set: OptionSet;
  /** Sets that lack nothing where nothing is written: types may hold one another many times. */
  readonly whole: Set<OptionSet>;
}

function* missingIn({ node, set, path, inside, below, whole }: Level): Iterable<Missing> {
  if (node?.open !== undefined || isSwitchedOff(node, set)) return;
  if (node === undefined && whole.has(set)) return;
  let isWhole = true;
  for (const [name, option] of set.options) {
    const child = node?.child(name);
    const at = { path: [...path, name], inside, below: [...below, name], whole };
    for (const missing of missingAt(name, option, child, { ...at, node, set })) {
      isWhole = false;
      yield missing;
    }
  }
  if (isWhole && node === undefined) whole.add(set);
}

/** `level`: that of the option, with the path down to it. */
function* missingAt(
  name: string,
  option: Option,
  child: OptionNode | undefined,
  { node, set, ...at }: Level,
): Iterable<Missing> {
  const { path, inside, below, whole } = at;
  if (child !== undefined) yield* missingBelow(child, option.type, path, whole);
  else if (isRequired(option) && !isMisspelt(node, set, name)) yield { path, inside, below, option };
  else if (option.type.kind === "submodule" && isEmptySet(option.default))
    yield* missingIn({ ...at, node: undefined, set: option.type.options });
}

function* missingBelow(
  node: OptionNode,
  type: OptionType,
  path: readonly string[],
  whole: Set<OptionSet>,
): Iterable<Missing> {
  // What may not be there at all, or was written by no one, lacks nothing we could point at.
  if (namePlaces(node).length === 0) return;
  if (type.kind === "attrsOf" || type.kind === "listOf") {
    for (const [name, child] of node.children()) yield* missingBelow(child, type.of, [...path, name], whole);
    return;
  }
  const set = optionSetOf(type);
  if (set !== undefined && !node.effective().some(({ value }) => value.type === "null"))
    yield* missingIn({ node, set, path, inside: node, below: [], whole });
}

/** Of a default with something in it, all that is required is taken to be there. */
function isEmptySet(defaultText: string | undefined): boolean {
  return defaultText === undefined || /^\{\s*\}$/.test(defaultText);
}

/** Another name is meant for it, and reported as unknown: one mistake, one finding. */
function isMisspelt(node: OptionNode | undefined, set: OptionSet, name: string): boolean {
  const undeclared = [...(node?.children() ?? [])].filter(([, child]) => child.type === undefined);
  return undeclared.some(([written]) => findSuggestion(written, set.options.keys()) === name);
}

/** A group with an `enable` that is not surely on is usually not read, and then nothing is missing in it. */
function isSwitchedOff(node: OptionNode | undefined, set: OptionSet): boolean {
  const enable = set.options.get("enable");
  if (enable?.type.kind !== "bool") return false;
  const value = node?.child("enable")?.value() ?? enable.defaultValue?.value;
  return !(value?.type === "bool" && value.value);
}

/** Of a type that cannot be read, it is not known whether anybody reads the option either. */
function isRequired(option: Option): boolean {
  const { type } = option;
  return (
    option.required &&
    option.default === undefined &&
    option.removed === undefined &&
    type.kind !== "opaque" &&
    type.kind !== "anything"
  );
}
