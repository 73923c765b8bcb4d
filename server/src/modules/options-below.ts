/**
 * Walks a tree of options, however deep and wide data makes it: `x.a.a.a…`, or a set that holds itself.
 *
 *   optionsBelow(root)   ->   root, machines, machines.web, machines.web.tags, …
 */
import type { OptionNode } from "./option-node.ts";

/** Deeper than anybody writes options, and more of them than the largest clans have: what is beyond is not looked at. */
const MAX_DEPTH = 200;
const MAX_OPTIONS = 300_000;

/** `root` and all options below it, each before those below it; nothing below one that `goesOn` refuses. */
export function* optionsBelow(
  root: OptionNode,
  goesOn: (option: OptionNode) => boolean = () => true,
  most = MAX_OPTIONS,
): Iterable<OptionNode> {
  const todo: OptionNode[] = [root];
  let left = most;
  for (let option = todo.pop(); option !== undefined && left > 0; option = todo.pop(), left--) {
    yield option;
    if (option.path.length - root.path.length >= MAX_DEPTH || !goesOn(option)) continue;
    for (const child of [...option.children().values()].reverse()) todo.push(child);
  }
}
