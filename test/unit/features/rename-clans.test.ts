/** In clans of every arrangement, machines, tags and instances get another name; the inventory stays the same. */
import { describe, expect, test } from "vitest";
import { evaluateClans } from "../../../server/src/clan/evaluate.ts";
import { toInventoryJson } from "../../../server/src/clan/inventory-json.ts";
import type { Clan } from "../../../server/src/clan/model.ts";
import type { EntityKind } from "../../../server/src/features/entity.ts";
import { OccurrenceTables } from "../../../server/src/features/occurrences.ts";
import { applyEdits } from "../../../server/src/features/rename/apply-edits.ts";
import { movedPath } from "../../../server/src/features/rename/move.ts";
import { rename } from "../../../server/src/features/rename/rename.ts";
import { MemoryFileSystem } from "../../../server/src/project/file-system.ts";
import type { Snapshot } from "../../../server/src/project/snapshot.ts";
import { Workspace } from "../../../server/src/project/workspace.ts";
import { readMutantClans } from "../../conformance/mutant-clans.ts";
import { testParser } from "../helpers/parse.ts";

const root = new URL("../../..", import.meta.url).pathname;
const KINDS = ["machine", "tag", "instance"] as const satisfies readonly EntityKind[];
const NEW_NAME = "renamed";
/** Of each kind in each clan: what comes later is written as the first are. */
const TRIED = 4;

type Kind = (typeof KINDS)[number];

async function clanAt(files: ReadonlyMap<string, string>) {
  const fileSystem = new MemoryFileSystem(files);
  const snapshot = new Workspace({ fileSystem, parser: await testParser(), roots: ["/clan"] }).snapshot();
  const [clan] = evaluateClans(snapshot);
  return { snapshot, clan: clan ?? expect.fail("there is no clan any more") };
}

function namesOf(kind: Kind, clan: Clan): string[] {
  if (kind === "machine") return [...clan.machines.known.keys()];
  if (kind === "instance") return [...clan.instances.known.keys()];
  return [...clan.tags.known.values()].filter(({ predefined }) => !predefined).map(({ name }) => name);
}

/** The inventory with one name changed by hand: of a clan's JSON, names of the kind are keys and list elements. */
function inventoryOf(clan: Clan, kind: Kind, name: string): unknown {
  const { machines, instances } = toInventoryJson(clan);
  const change = (of: Kind) => (each: string) => (of === kind && each === name ? NEW_NAME : each);
  const [machine, tag, instance] = [change("machine"), change("tag"), change("instance")];
  return {
    machines: Object.entries(machines)
      .map(([each, { tags, targetHost, ...content }]) => {
        // An address may hang on the machine's name.
        const address = kind === "machine" ? targetHost?.replaceAll(name ?? "", NEW_NAME) : targetHost;
        return [machine(each), content, tags.map(tag).sort(), address];
      })
      .sort(),
    instances: Object.entries(instances)
      .map(([each, { roles, ...content }]) => [
        instance(each),
        content,
        Object.entries(roles).map(([role, members]) => [role, members.machines.map(machine).sort()]),
      ])
      .sort(),
  };
}

describe.each(readMutantClans(root).map((clan) => [clan.name, clan.files] as const))(
  "%s",
  (clanName, texts) => {
    const files = new Map([...texts].map(([path, text]) => [`/clan/${path}`, text]));

    test.each(KINDS)("%s", async (kind) => {
      const { clan, snapshot } = await clanAt(files);
      const tables = new OccurrenceTables();
      for (const each of namesOf(kind, clan).slice(0, TRIED)) {
        const occurrence = tables
          .everywhere(clan, snapshot)
          .find(({ entity, how }) => entity.kind === kind && entity.name === each && how !== "path");
        if (occurrence === undefined) continue;
        const clans = (state: Snapshot) => (state === snapshot ? [clan] : evaluateClans(state));
        const query = { snapshot, clans, path: occurrence.path, offset: occurrence.start };
        const result = rename(query, NEW_NAME, tables);
        if (result.kind === "refused") {
          // There, tags and settings hang on how machines are called.
          const known = clanName === "lib-code" ? /is computed in|would change the clan/ : /is computed in/;
          expect(result.reason).toMatch(known);
          continue;
        }
        const after = new Map(
          [...files].map(([path, text]) => [
            movedPath(path, result.moves),
            applyEdits(
              text,
              result.edits.filter((edit) => edit.path === path),
            ),
          ]),
        );
        expect(inventoryOf((await clanAt(after)).clan, kind, each)).toEqual(inventoryOf(clan, kind, each));
      }
    });
  },
);
