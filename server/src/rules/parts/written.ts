/**
 * Where an option is surely defined: the places a finding about its name or its value may point at.
 *
 *   { inventory.machines.web = mkIf unknown { }; }   ->   none: it may not be defined at all
 */
import type { Definition, OptionNode } from "../../modules/option-node.ts";
import type { Binding, Node } from "../../syntax/ast.ts";
import { nodesAt } from "../../syntax/navigate.ts";

/** The nodes the option's name is written at, or what computes it; each once, in module order. */
export function namePlaces(option: OptionNode): Node[] {
  return unique(
    sureDefinitions(option).flatMap(({ keys, origins }) => (keys.length > 0 ? keys : origins.slice(0, 1))),
  );
}

/** Where the option's values are written, best place of each definition. */
export function valuePlaces(option: OptionNode): Node[] {
  return unique(sureDefinitions(option).map(valuePlace));
}

/** Undefined for a definition nobody wrote. */
export function valuePlace(definition: Definition): Node | undefined {
  return definition.origins[0] ?? definition.keys[0];
}

/** The expression that is bound to the option's name, wherever its value comes from. */
export function usePlace({ keys: [key], origins }: Definition): Node | undefined {
  const binding =
    key &&
    nodesAt(key.source, key.start).findLast(
      (node): node is Binding => node.kind === "binding" && node.path.some((name) => name === key),
    );
  return binding?.value ?? origins[0];
}

/** The definitions that count and do not hang on a condition that cannot be decided. */
export function sureDefinitions(option: OptionNode): readonly Definition[] {
  return option.effective().filter((definition) => !definition.conditional);
}

function unique(nodes: readonly (Node | undefined)[]): Node[] {
  return [...new Set(nodes.filter((node) => node !== undefined))];
}
