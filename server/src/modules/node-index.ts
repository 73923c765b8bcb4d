/**
 * From a syntax node to the option paths it contributes to: the reverse of `Definition.origins`.
 * One node can contribute to several paths (a `mapAttrs` body, a shared `let`).
 */
import type { Node } from "../syntax/ast.ts";
import type { OptionNode } from "./option-node.ts";
import { holdsOptions, optionsBelow } from "./options-below.ts";

export type NodeIndex = Pick<
  ReadonlyMap<Node, readonly OptionNode[]>,
  "get" | "keys" | typeof Symbol.iterator
>;

/**
 * Walks the whole tree once, forcing what is declared. It stops at names that are not declared and at values
 * of any kind: below them is plain data, which can hold itself (`specialArgs = { inherit inputs; }`). Options
 * that are not included are left out with all below them.
 */
export function indexNodes(
  root: OptionNode,
  isIncluded = (_option: OptionNode): boolean => true,
): ReadonlyMap<Node, readonly OptionNode[]> {
  const index = new Map<Node, OptionNode[]>();
  for (const option of optionsBelow(root, (one) => isIncluded(one) && holdsOptions(one))) {
    if (isIncluded(option)) addOption(index, option);
  }
  return index;
}

/** The nodes of one option. Options come in the order of a walk, each once. */
export function addOption(index: Map<Node, OptionNode[]>, option: OptionNode): void {
  for (const definition of option.definitions)
    for (const node of [...definition.origins, ...definition.keys]) {
      const found = index.get(node);
      if (found === undefined) index.set(node, [option]);
      // An option is visited once, so it can only be the last of them.
      else if (found[found.length - 1] !== option) found.push(option);
    }
}
