/**
 * The machines a file defines, for lenses above their names.
 *
 *   inventory.machines.web.tags = [ "srv" ];   ->   "web", and the machine web
 */
import type { Clan } from "../clan/model.ts";
import { place } from "../rules/parts/place.ts";
import type { Node } from "../syntax/ast.ts";
import { nodesAt } from "../syntax/navigate.ts";
import { clansAround, type Query, type Range } from "./query.ts";

export interface MachineName {
  readonly clan: Clan;
  readonly machine: string;
  /** Its name where it is written. */
  readonly range: Range;
  /** What is written for it there goes over several lines. */
  readonly isLong: boolean;
}

function isLong(name: Node): boolean {
  const binding = nodesAt(name.source, name.start).findLast((node) => node.kind === "binding");
  return binding !== undefined && name.source.text.slice(binding.start, binding.end).includes("\n");
}

/** In the order they are written; a machine once, where it is written first. */
export function collectMachineNames(query: Omit<Query, "offset">): MachineName[] {
  return clansAround(query)
    .flatMap((clan) =>
      [...clan.machines.known.values()].flatMap((machine) => {
        const [first] = machine.origins
          .filter(({ source }) => source.path === query.path)
          .sort((a, b) => a.start - b.start);
        return first === undefined
          ? []
          : [{ clan, machine: machine.name, range: place(first), isLong: isLong(first) }];
      }),
    )
    .sort((a, b) => a.range.start - b.range.start);
}
