/**
 * The options that two states of an option tree say something different of, innermost first found.
 *
 *   { a = 1; b.c = 2; }, { a = 1; b.c = 3; }   ->   b.c
 */
import type { OptionNode } from "../../modules/option-node.ts";

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
  const changed: ChangedOption[] = [];
  const pending: Omit<ChangedOption, "path">[] = [{ before, after }];
  for (let pair = pending.pop(); pair !== undefined; pair = pending.pop()) {
    const { before: old, after: now } = pair;
    const path = (now ?? old)?.path ?? [];
    if (old === now || leaveOut(path)) continue;
    const names = [...new Set([...(now?.children().keys() ?? []), ...(old?.children().keys() ?? [])])];
    if (names.length === 0 || isList(now ?? old)) {
      if (old?.fingerprint()?.text !== now?.fingerprint()?.text) changed.push({ ...pair, path });
      continue;
    }
    for (const name of names.reverse()) pending.push({ before: old?.child(name), after: now?.child(name) });
  }
  return changed;
}

/** Of a list, places say nothing: a new first element moves all others. */
function isList(option: OptionNode | undefined): boolean {
  return option?.type?.kind === "listOf";
}

/** Files and folders that the options' values refer to. */
export function collectReferredPaths(root: OptionNode | undefined): ReadonlySet<string> {
  const paths = new Set<string>();
  const pending = root === undefined ? [] : [root];
  for (let option = pending.pop(); option !== undefined; option = pending.pop()) {
    const children = [...option.children().values()];
    if (children.length > 0) pending.push(...children);
    else for (const path of option.fingerprint()?.paths ?? []) paths.add(path);
  }
  return paths;
}
