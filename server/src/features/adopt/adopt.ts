/**
 * A flake that gets a clan, or whose hosts move into the one it has: planned, and tried before it is offered.
 *
 *   adopt(snapshot, "/nix-config", { begin: { name: "infra", machine: web, … }, move: [] })   ->   new texts of files
 */
import type { Snapshot } from "../../project/snapshot.ts";
import { layoutOf } from "./layout.ts";
import { findClan, planAdoption, planMoves, withFiles } from "./plan.ts";
import { readFlake } from "./read-flake.ts";
import type { AdoptPlan, AdoptRequest, Move, Refusal } from "./request.ts";
import { findObjections } from "./verify.ts";

export interface Adoption {
  /** Undefined where hosts move into the clan that is there. */
  readonly begin: Omit<AdoptRequest, "move"> | undefined;
  readonly move: readonly Move[];
}

/** A plan without files: all of it is done already. */
export function adopt(snapshot: Snapshot, root: string, { begin, move }: Adoption): AdoptPlan | Refusal {
  const clan = findClan(snapshot, root);
  if (clan === undefined && begin === undefined) return { reasons: ["There is no clan in this flake yet."] };
  const isThere =
    begin === undefined ||
    (clan?.machines.known.has(begin.machine.name) === true && clan.name === begin.name);
  if (clan !== undefined && !isThere)
    return { reasons: ["There is a clan here already. Add machines to its inventory instead."] };
  const view = readFlake(snapshot, root);
  const layout = layoutOf(view);
  const plan =
    clan === undefined && begin !== undefined
      ? planAdoption(view, layout, { ...begin, move })
      : clan && planMoves(view, layout, clan, move);
  if (plan === undefined) return { files: new Map(), notes: [] };
  if ("reasons" in plan) return plan;
  const machine = begin?.machine.name;
  const reasons = findObjections(snapshot, withFiles(snapshot, plan.files), root, {
    machine,
    move: move.map(({ name }) => name),
  });
  return reasons.length > 0 ? { reasons } : plan;
}
