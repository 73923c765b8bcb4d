/**
 * Every assist, wherever it is offered in the example clans: what it leaves parses, and means the same or, if it adds
 * something, still means all it meant, without a new error.
 */
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import { evaluateClans } from "../../../server/src/clan/evaluate.ts";
import type { Clan } from "../../../server/src/clan/model.ts";
import { collectAssists, type OfferedAssist } from "../../../server/src/features/assists/index.ts";
import { collectFindings } from "../../../server/src/features/findings.ts";
import { CodeCache } from "../../../server/src/nix/evaluator.ts";
import { MemoryFileSystem } from "../../../server/src/project/file-system.ts";
import type { Snapshot } from "../../../server/src/project/snapshot.ts";
import { Workspace } from "../../../server/src/project/workspace.ts";
import { walk } from "../../../server/src/syntax/navigate.ts";
import { readMutantClans } from "../../conformance/mutant-clans.ts";
import { applyEdits } from "../helpers/edits.ts";
import { testParser } from "../helpers/parse.ts";

const parser = await testParser();
const codes = new CodeCache();
const evaluate = (snapshot: Snapshot): readonly Clan[] => evaluateClans(snapshot, { codes });

function snapshotOf(files: ReadonlyMap<string, string>): Snapshot {
  return new Workspace({ fileSystem: new MemoryFileSystem(files), parser, roots: ["/clan"] }).snapshot();
}

/** Machines with their tags, and who is in which role with which settings. */
function meaningOf(clan: Clan | undefined): Record<string, unknown> {
  const machines = [...(clan?.machines.known.values() ?? [])].map(({ name, tags }) => [
    `machine ${name}`,
    tags,
  ]);
  const roles = [...(clan?.instances.known.values() ?? [])].flatMap((instance) =>
    [...instance.roles.values()].flatMap((role) =>
      role.members.map(({ machine }) => [
        `${instance.name} ${role.name} ${machine}`,
        JSON.stringify(clan?.memberSettings(instance, role, machine)?.data()),
      ]),
    ),
  );
  return Object.fromEntries([...machines, ...roles]);
}

/** The first offer of each title, over all names of the clan's files. */
function offersIn(snapshot: Snapshot, clan: Clan): (OfferedAssist & { readonly path: string })[] {
  const offers = new Map<string, OfferedAssist & { readonly path: string }>();
  const clans = (): readonly Clan[] => [clan];
  for (const path of [...clan.files].filter((file) => file.endsWith(".nix")).sort()) {
    const source = snapshot.source(path);
    if (source === undefined) continue;
    walk(source.root, (node) => {
      if (node.kind !== "attr-name" && node.kind !== "string") return;
      for (const offer of collectAssists({ snapshot, clans, path, offset: node.start + 1 })) {
        const key = `${path} ${offer.title}`;
        if (!offers.has(key)) offers.set(key, { ...offer, path });
      }
    });
  }
  return [...offers.values()];
}

function apply(files: ReadonlyMap<string, string>, offer: OfferedAssist): Map<string, string> {
  const changed = new Map(files);
  for (const path of new Set(offer.edits.map((edit) => edit.path)))
    changed.set(
      path,
      applyEdits(
        files.get(path) ?? "",
        offer.edits.filter((edit) => edit.path === path),
      ),
    );
  for (const [path, text] of offer.creates ?? []) changed.set(path, text);
  for (const folder of offer.deletes ?? [])
    for (const path of files.keys()) if (path.startsWith(`${folder}/`)) changed.delete(path);
  return changed;
}

describe.each(readMutantClans(fileURLToPath(new URL("../../../", import.meta.url))))(
  "in $name",
  ({ files }) => {
    const before = new Map([...files].map(([file, text]): [string, string] => [`/clan/${file}`, text]));
    const snapshot = snapshotOf(before);
    const [clan] = evaluate(snapshot);
    const offers = clan === undefined ? [] : offersIn(snapshot, clan);

    test("there are some", () => expect(offers.length).toBeGreaterThan(3));

    test.each(offers.map((offer) => [offer.title, offer] as const))("%s", (_title, offer) => {
      const after = snapshotOf(apply(before, offer));
      const clans = evaluate(after);
      for (const path of new Set([...offer.edits.map((edit) => edit.path), ...(offer.creates?.keys() ?? [])]))
        expect(after.source(path)?.problems).toEqual([]);
      const meant = meaningOf(clan);
      const means = meaningOf(clans[0]);
      if (offer.assist.kind === "remove") {
        // All others are what they were; that a service may now lack a machine is what was asked for.
        expect(means).toEqual(withoutRemoved(meant, offer.title));
        return;
      }
      if (!offer.assist.keepsMeaning) expect(means).toMatchObject(without(meant, offer.title));
      else if (offer.title.startsWith("Tag the machines"))
        expect(Object.keys(means)).toEqual(Object.keys(meant));
      else expect(means).toEqual(meant);
      expect(collectFindings(after, clans).filter(({ severity }) => severity === "error")).toEqual([]);
    });
  },
);

/** Without all that is of the machine or the instance. */
function withoutRemoved(meant: Record<string, unknown>, title: string): Record<string, unknown> {
  const [, kind, name] = /^Remove (machine|instance) `(.*)` from the clan$/.exec(title) ?? [];
  const isGone = (key: string) =>
    kind === "machine" ? key.endsWith(` ${name}`) : key.startsWith(`${name} `);
  return Object.fromEntries(Object.entries(meant).filter(([key]) => !isGone(key)));
}

/** A machine that gets a tag has others and may be in more roles with it. */
function without(meant: Record<string, unknown>, title: string): Record<string, unknown> {
  const tagged = /^Tag `(.*)` with/.exec(title)?.[1];
  return Object.fromEntries(
    Object.entries(meant)
      .filter(([key]) => tagged === undefined || !key.endsWith(` ${tagged}`))
      .map(([key, value]) => [
        key,
        title.startsWith("Add machine") && key.startsWith("machine") ? expect.anything() : value,
      ]),
  );
}
