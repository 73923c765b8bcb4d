/**
 * Walks a tree of options, however deep and wide data makes it: `x.a.a.a…`, or a set that holds itself.
 *
 *   optionsBelow(root)   ->   root, machines, machines.web, machines.web.tags, …
 */
import type { OptionNode } from "./option-node.ts";

/** Deeper than anybody writes options, and more of them than the largest clans have: what is beyond is not looked at. */
const MAX_DEPTH = 200;
const MAX_OPTIONS = 300_000;
/** Of them in plain data, which may hold itself or share parts that explode: a hundred times what people write. */
const MAX_DATA = 20_000;

/** `root` and all options below it, each before those below it; nothing below one that `goesOn` refuses. */
export function optionsBelow(
  root: OptionNode,
  goesOn: (option: OptionNode) => boolean = () => true,
  most: number = MAX_OPTIONS,
): Iterable<OptionNode> {
  const walk = { optionOf: self, below: (option: OptionNode) => [...option.children().values()], goesOn };
  return walkOptions(root, walk, most);
}

const self = (option: OptionNode): OptionNode => option;

/** What is walked: options, or things that stand for one, such as the same option in two trees. */
export interface OptionWalk<T> {
  optionOf(item: T): OptionNode;
  /** In order. */
  below(item: T): readonly T[];
  goesOn(item: T): boolean;
}

/** As `optionsBelow`. */
export function* walkOptions<T>(
  root: T,
  { optionOf, below, goesOn }: OptionWalk<T>,
  most: number = MAX_OPTIONS,
): Iterable<T> {
  const depth = optionOf(root).path.length;
  const todo: T[] = [root];
  let left = most;
  let dataLeft = MAX_DATA;
  for (let item = todo.pop(); item !== undefined && left > 0; item = todo.pop(), left--) {
    yield item;
    const option = optionOf(item);
    if (option.path.length - depth >= MAX_DEPTH || !goesOn(item)) continue;
    if (!holdsOptions(option) && dataLeft <= 0) continue;
    const items = below(item);
    if (!holdsOptions(option)) dataLeft -= items.length;
    // Not `push(...items)`: there may be more than a call has arguments.
    for (let index = items.length - 1; index >= 0; index--) todo.push(items[index] as T);
  }
}

/** What lies below it are options, and no data. */
export function holdsOptions({ type }: OptionNode): boolean {
  return (
    type !== undefined && type.kind !== "anything" && type.kind !== "undeclared" && type.kind !== "settings"
  );
}
