/**
 * Walks over an option tree's definitions that several rules share.
 *
 *   { inventory.machines.web.targetHost = "h"; }   ->   collectUndeclared: machines.web.targetHost
 */
import type { OptionNode } from "../modules/option-node.ts";
import type { OptionSet, OptionType } from "../modules/option-type.ts";

/** A name that is defined where only `among` may be. */
export interface Undeclared {
  readonly name: string;
  readonly option: OptionNode;
  readonly among: OptionSet;
}

/** Every name below `root` that a closed set of options does not declare. `set`: the options of `root`. */
export function* collectUndeclared(
  root: OptionNode,
  set = root.type && optionSetOf(root.type),
): Iterable<Undeclared> {
  const among = set?.open === undefined && set?.freeform === undefined ? set : undefined;
  for (const [name, option] of root.children())
    if (option.type !== undefined) yield* collectUndeclared(option);
    else if (among !== undefined && !among.options.has(name)) yield { name, option, among };
}

/** Every option below `root`, and `root` itself, that has a declared type. */
export function* collectDeclared(root: OptionNode): Iterable<OptionNode> {
  if (root.type === undefined) return;
  yield root;
  for (const option of root.children().values()) yield* collectDeclared(option);
}

/** The options of the submodule a value of the type is; undefined if it is none, or one of several. */
export function optionSetOf(type: OptionType): OptionSet | undefined {
  switch (type.kind) {
    case "submodule":
      return type.options;
    case "nullOr":
    case "unique":
      return optionSetOf(type.of);
    case "coercedTo":
      return optionSetOf(type.to);
    default:
      return undefined;
  }
}
