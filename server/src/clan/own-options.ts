/**
 * Options that clan defines by itself: the tags `all`, `nixos` and `darwin` list every machine. Where nobody else defines
 * them, nothing can be wrong with what is below, and no word of anybody's stands there. In a large clan that is most of
 * all options, and they are made anew with each machine.
 */
import type { OptionNode } from "../modules/option-node.ts";

export function isOfClanItself({ path: [group, name], definitions }: OptionNode): boolean {
  if (group !== "inventory" || name !== "tags") return false;
  return definitions.every(
    ({ file, keys, origins }) => file === undefined && keys.length === 0 && origins.length === 0,
  );
}
