/**
 * The options that two states of an option tree say something different of, innermost first found.
 *
 *   { a = 1; b.c = 2; }, { a = 1; b.c = 3; }   ->   b.c
 */
import type { OptionNode } from "../../modules/option-node.ts";
import { optionsBelow, walkOptions } from "../../modules/options-below.ts";

export interface ChangedOption {
  readonly path: readonly string[];
  readonly before: OptionNode | undefined;
  readonly after: OptionNode | undefined;
}

/** In the order of the trees. `leaveOut`: options that are not entered. */
export function collectChangedOptions(
  before: OptionNode | undefined,
  after: OptionNode | undefined,
  leaveOut: (path: readonly string[]) => boolean = () => false,
): ChangedOption[] {
  if (before === undefined && after === undefined) return [];
  const walk = {
    optionOf: (pair: Pair) => (pair.after ?? pair.before) as OptionNode,
    below,
    goesOn: (pair: Pair) => pair.before !== pair.after && !leaveOut(walk.optionOf(pair).path) && !isEnd(pair),
  };
  const changed: ChangedOption[] = [];
  for (const pair of walkOptions<Pair>({ before, after }, walk)) {
    const { path } = walk.optionOf(pair);
    if (pair.before === pair.after || leaveOut(path) || !isEnd(pair)) continue;
    if (pair.before?.fingerprint()?.text !== pair.after?.fingerprint()?.text) changed.push({ ...pair, path });
  }
  return changed;
}

type Pair = Omit<ChangedOption, "path">;

function below({ before, after }: Pair): Pair[] {
  const names = new Set([...(after?.children().keys() ?? []), ...(before?.children().keys() ?? [])]);
  return [...names].map((name) => ({ before: before?.child(name), after: after?.child(name) }));
}

/** Compared as a whole. */
function isEnd({ before, after }: Pair): boolean {
  return isList(after ?? before) || !(hasChildren(after) || hasChildren(before));
}

function hasChildren(option: OptionNode | undefined): boolean {
  return option !== undefined && option.children().size > 0;
}

/** Of a list, places say nothing: a new first element moves all others. */
function isList(option: OptionNode | undefined): boolean {
  return option?.type?.kind === "listOf";
}

/** Files and folders that the options' values refer to. */
export function collectReferredPaths(root: OptionNode | undefined): ReadonlySet<string> {
  const paths = new Set<string>();
  if (root === undefined) return paths;
  for (const option of optionsBelow(root))
    if (!hasChildren(option)) for (const path of option.fingerprint()?.paths ?? []) paths.add(path);
  return paths;
}
