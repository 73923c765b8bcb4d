/** The files of a fixture after it was given a clan, or why that is refused. */
import { expect } from "vitest";
import type { Clan } from "../../../../server/src/clan/model.ts";
import { adopt } from "../../../../server/src/features/adopt/adopt.ts";
import { findClan, withFiles } from "../../../../server/src/features/adopt/plan.ts";
import type { AdoptRequest } from "../../../../server/src/features/adopt/request.ts";
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
  const { move, ...begin } = asked;
  const plan = adopt(snapshot, fixtureRoot, { begin, move });
  if ("reasons" in plan) return plan;
  const clan = findClan(withFiles(snapshot, plan.files), fixtureRoot);
  if (clan === undefined) return { reasons: ["there is no clan"] };
  const files = [...plan.files].map(([path, text]) => [path.slice(fixtureRoot.length + 1), text]);
  return { files: Object.fromEntries(files), clan };
}
