/**
 * The options that two states of an option tree say something different of, innermost first found.
 *
 *   { a = 1; b.c = 2; }, { a = 1; b.c = 3; }   ->   b.c
 */
import type { OptionNode } from "../../modules/option-node.ts";
import { type OptionOutline, outlineOf } from "./option-outline.ts";

export interface ChangedOption {
  readonly path: readonly string[];
  /** Absolute; where it is written, or was; undefined if that is not known. */
  readonly file: string | undefined;
}

/** In the order of the trees. `leaveOut`: options that are not entered. */
export function collectChangedOptions(
  before: OptionNode | undefined,
  after: OptionNode | undefined,
  leaveOut: (path: readonly string[]) => boolean = () => false,
): ChangedOption[] {
  if (before === after) return [];
  const [old, now] = [before, after].map((option) => option && outlineOf(option).root);
  return compareOutlines(old, now, (after ?? before)?.path ?? [], leaveOut);
}

interface Pair {
  readonly path: readonly string[];
  readonly before: OptionOutline | undefined;
  readonly after: OptionOutline | undefined;
}

/** `path`: where both stand. */
export function compareOutlines(
  before: OptionOutline | undefined,
  after: OptionOutline | undefined,
  path: readonly string[],
  leaveOut: (path: readonly string[]) => boolean = () => false,
): ChangedOption[] {
  const changed: ChangedOption[] = [];
  const pending: Pair[] = [{ path, before, after }];
  for (let pair = pending.pop(); pair !== undefined; pair = pending.pop()) {
    if (pair.before === pair.after || leaveOut(pair.path)) continue;
    if (hasChildren(pair.before) || hasChildren(pair.after)) pending.push(...below(pair).reverse());
    else if (pair.before?.text !== pair.after?.text)
      changed.push({ path: pair.path, file: pair.after?.file ?? pair.before?.file });
  }
  return changed;
}

function below({ path, before, after }: Pair): Pair[] {
  const names = new Set([...(after?.children.keys() ?? []), ...(before?.children.keys() ?? [])]);
  return [...names].map((name) => ({
    path: [...path, name],
    before: before?.children.get(name),
    after: after?.children.get(name),
  }));
}

function hasChildren(option: OptionOutline | undefined): boolean {
  return option !== undefined && option.children.size > 0;
}
