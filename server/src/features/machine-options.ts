/**
 * Where a word of the code stands in the configuration of a machine: in its generators, and the options the
 * clan's own modules declare.
 *
 *   machines/web/configuration.nix: clan.core.vars.generators.ca.files.k▮ = { };
 *   ->   the name of clan.core.vars.generators.ca.files.key of the machine web
 */
import type { Clan } from "../clan/model.ts";
import type { MachineVars } from "../clan/vars/model.ts";
import type { Snapshot } from "../project/snapshot.ts";
import type { Node } from "../syntax/ast.ts";
import { type OptionPlace, placeOf } from "./option-place.ts";
import { clansAround, type Query, sameClan } from "./query.ts";

/**
 * Of the first machine that has the file: a module that several share says the same for all of them. `tried` is
 * the snapshot with half-written code made whole; which machine it is, the text as it stands says.
 */
export function collectMachineOptions(
  query: Query,
  node: Node,
  tried: Snapshot = query.snapshot,
): OptionPlace[] {
  // To know that no machine has a file, all are evaluated: not for one that does not speak of clan's options.
  if (!/\bclan\b|\bgenerators\b/.test(node.source.text)) return [];
  const marked = query.clans(tried);
  return clansAround(query).flatMap((clan) => {
    const machine = firstReading(clan, query.path)?.machine;
    const same = sameClan(clan, query.clans(query.snapshot), marked);
    if (machine === undefined || same === undefined) return [];
    const options = new Set(same.vars.of(machine).index.get(node));
    return [...options].map((option) => ({ ...placeOf(same, option, node), machine }));
  });
}

function firstReading(clan: Clan, path: string): MachineVars | undefined {
  for (const vars of clan.vars.machinesReading(path)) return vars;
  return undefined;
}
