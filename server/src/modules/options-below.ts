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
export function* optionsBelow(
  root: OptionNode,
  goesOn: (option: OptionNode) => boolean = () => true,
  most: number = MAX_OPTIONS,
): Iterable<OptionNode> {
  const todo: OptionNode[] = [root];
  let left = most;
  let dataLeft = MAX_DATA;
  for (let option = todo.pop(); option !== undefined && left > 0; option = todo.pop(), left--) {
    yield option;
    if (option.path.length - root.path.length >= MAX_DEPTH || !goesOn(option)) continue;
    if (!holdsOptions(option) && dataLeft <= 0) continue;
    const children = [...option.children().values()];
    if (!holdsOptions(option)) dataLeft -= children.length;
    // Not `push(...children)`: there may be more than a call has arguments.
    for (const child of children.reverse()) todo.push(child);
  }
}

/** What lies below it are options, and no data. */
export function holdsOptions({ type }: OptionNode): boolean {
  return (
    type !== undefined && type.kind !== "anything" && type.kind !== "undeclared" && type.kind !== "settings"
  );
}
