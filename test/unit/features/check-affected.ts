/**
 * Which machines a change concerns, as lines to compare:
 *
 *   await checkAffected(clan, `#- /clan.nix …`, ["web: tag inventory.tags.srv"])
 *
 * `changed` holds the files that are different afterwards; one without text but `gone` is not there any more.
 */
import { expect } from "vitest";
import { evaluateClans } from "../../../server/src/clan/evaluate.ts";
import { type Affected, findAffected } from "../../../server/src/features/affected/affected.ts";
import { PastSnapshot } from "../../../server/src/project/past-snapshot.ts";
import { fixtureRoot, snapshotOf } from "../helpers/clan.ts";
import { parseFixture } from "../helpers/fixture.ts";

export async function checkAffected(
  before: string,
  changed: string,
  expected: readonly string[],
): Promise<void> {
  expect(await affectedOf(before, changed)).toEqual(expected);
}

/** "web: tag inventory.tags.srv, file modules/a.nix", sorted by machine. */
export async function affectedOf(before: string, changed: string): Promise<string[]> {
  const old = parseFixture(before).files;
  const files = new Map(old);
  for (const [path, text] of parseFixture(changed).files)
    if (text.trim() === "gone") files.delete(path);
    else files.set(path, text);
  const { machines } = await affectedBetween(old, files);
  return [...machines].map(
    ([name, reasons]) => `${name}: ${reasons.map(({ what, path }) => `${what} ${path}`).join(", ")}`,
  );
}

/** Files by their path in the clan, beginning with `/`. */
export async function affectedBetween(
  before: ReadonlyMap<string, string>,
  after: ReadonlyMap<string, string>,
): Promise<Affected> {
  const now = await snapshotOf(after);
  const changed = [...new Set([...before.keys(), ...after.keys()])].filter(
    (path) => before.get(path) !== after.get(path),
  );
  const was = new Map(
    changed.map((path) => {
      const text = before.get(path);
      return [`${fixtureRoot}${path}`, text === undefined ? undefined : () => text] as const;
    }),
  );
  const past = new PastSnapshot(now, was);
  const [clan, ...others] = evaluateClans(now);
  const [pastClan] = evaluateClans(past);
  if (clan === undefined || others.length > 0) throw new Error("the fixture is not one clan");
  const affected = findAffected(
    pastClan && { snapshot: past, clan: pastClan },
    { snapshot: now, clan },
    was.keys(),
  );
  expect([...affected.machines.keys(), ...affected.unaffected].sort()).toEqual([
    ...clan.machines.known.keys(),
  ]);
  return affected;
}
