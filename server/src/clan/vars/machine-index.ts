/**
 * From syntax nodes to the options of one machine. Only what is declared here is entered: the options of NixOS
 * are thousands, and nothing is known of them.
 *
 *   `ca` in `clan.core.vars.generators.ca = { … }`   ->   the option clan.core.vars.generators.ca
 */
import { indexNodes, type NodeIndex } from "../../modules/node-index.ts";
import type { OptionNode } from "../../modules/option-node.ts";

export function indexMachine(root: OptionNode): NodeIndex {
  return indexNodes(root, (option) => option.type?.kind !== "undeclared" || option.path[0] === "clan");
}
