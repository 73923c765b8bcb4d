/**
 * The machines a file defines, for lenses above their names.
 *
 *   inventory.machines.web.tags = [ "srv" ];   ->   "web", and the machine web
 */
import type { Clan } from "../clan/model.ts";
import { place } from "../rules/place.ts";
import { clansReading, type Query, type Range } from "./query.ts";

export interface MachineName {
  readonly clan: Clan;
  readonly machine: string;
  /** Its name where it is written. */
  readonly range: Range;
}

/** In the order they are written; a machine once, where it is written first. */
export function collectMachineNames(query: Omit<Query, "offset">): MachineName[] {
  return clansReading(query)
    .flatMap((clan) =>
      [...clan.machines.known.values()].flatMap((machine) => {
        const [first] = machine.origins
          .map(place)
          .filter(({ path }) => path === query.path)
          .sort((a, b) => a.start - b.start);
        return first === undefined ? [] : [{ clan, machine: machine.name, range: first }];
      }),
    )
    .sort((a, b) => a.range.start - b.range.start);
}
