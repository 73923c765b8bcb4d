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
  const tried = (plan: AdoptPlan | Refusal): AdoptPlan | Refusal => {
    if ("reasons" in plan) return plan;
    const reasons = findObjections(snapshot, withFiles(snapshot, plan.files), root, {
      machine: begin?.machine.name,
      move: move.map(({ name }) => name),
    });
    return reasons.length > 0 ? { reasons } : plan;
  };
  if (clan !== undefined) {
    const plan = planMoves(view, layout, clan, move);
    return plan === undefined ? { files: new Map(), notes: [] } : tried(plan);
  }
  if (begin === undefined) return { reasons: ["There is no clan in this flake yet."] };
  const request = { ...begin, move };
  const plan = planAdoption(view, layout, request);
  const first = tried(plan);
  if ("reasons" in plan || !("reasons" in first)) return first;
  // Some flakes import every file there is but those below a folder whose name begins so.
  const aside = tried(planAdoption(view, layout, request, "/_clan"));
  if (!("reasons" in aside)) return aside;
  const machine = `machines/${begin.machine.name}/configuration.nix`;
  if (!first.reasons.every((reason) => reason.startsWith(`${machine} would have an error`))) return first;
  return {
    reasons: [
      `This flake imports every Nix file that it has: \`${machine}\` would be read as a part of the flake itself. Leave the folder \`machines\` out of what it imports first.`,
    ],
  };
}
