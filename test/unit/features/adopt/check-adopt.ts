/** The files of a fixture after it was given a clan, or why that is refused. */
import { expect } from "vitest";
import type { Clan } from "../../../../server/src/clan/model.ts";
import { layoutOf } from "../../../../server/src/features/adopt/layout.ts";
import { findClan, planAdoption, withFiles } from "../../../../server/src/features/adopt/plan.ts";
import { readFlake } from "../../../../server/src/features/adopt/read-flake.ts";
import type { AdoptRequest } from "../../../../server/src/features/adopt/request.ts";
import { findObjections } from "../../../../server/src/features/adopt/verify.ts";
import { fixtureRoot, snapshotOf } from "../../helpers/clan.ts";
import { parseFixture } from "../../helpers/fixture.ts";

const request: AdoptRequest = {
  name: "demo",
  machine: { name: "web", class: "nixos" },
  target: undefined,
  services: [],
  move: [],
};

export interface Adopted {
  /** By path below the fixture's root. */
  readonly files: Readonly<Record<string, string>>;
  readonly clan: Clan;
}

export async function adopted(fixture: string, changes: Partial<AdoptRequest> = {}): Promise<Adopted> {
  const tried = await tryToAdopt(fixture, changes);
  if ("reasons" in tried) return expect.fail(tried.reasons.join("\n"));
  return tried;
}

export async function refused(fixture: string, changes: Partial<AdoptRequest> = {}): Promise<string> {
  const tried = await tryToAdopt(fixture, changes);
  return "reasons" in tried ? tried.reasons.join("\n") : expect.fail("it is not refused");
}

async function tryToAdopt(
  fixture: string,
  changes: Partial<AdoptRequest>,
): Promise<Adopted | { reasons: readonly string[] }> {
  const snapshot = await snapshotOf(parseFixture(fixture).files);
  const asked = { ...request, ...changes };
  const view = readFlake(snapshot, fixtureRoot);
  const plan = planAdoption(view, layoutOf(view), asked);
  if ("reasons" in plan) return plan;
  const after = withFiles(snapshot, plan.files);
  const reasons = findObjections(snapshot, after, fixtureRoot, asked);
  const clan = findClan(after, fixtureRoot);
  if (reasons.length > 0 || clan === undefined) return { reasons };
  const files = [...plan.files].map(([path, text]) => [path.slice(fixtureRoot.length + 1), text]);
  return { files: Object.fromEntries(files), clan };
}
