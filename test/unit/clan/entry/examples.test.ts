/** The examples of this repository. */
import { expect, test } from "vitest";
import { findClans } from "../../../../server/src/clan/entry.ts";
import { clanOptions } from "../../../../server/src/clan/schema/clan-options.ts";
import { nodeFileSystem } from "../../../../server/src/entry/node-files.ts";
import { Workspace } from "../../../../server/src/project/workspace.ts";
import { testParser } from "../../helpers/parse.ts";
import { instancesOf, machinesOf } from "./entries.ts";

test.each([
  ["examples/nix-config", "flake-parts", 3, 5],
  ["examples/homelab", "lib.clan", 6, 8],
])("%s", async (folder, kind, machines, instances) => {
  const root = new URL(`../../../../${folder}`, import.meta.url).pathname;
  const workspace = new Workspace({ fileSystem: nodeFileSystem, parser: await testParser(), roots: [root] });
  const [entry, ...others] = findClans(workspace.snapshot(), root, { clanOptions });
  expect(others).toEqual([]);
  expect(entry?.kind).toBe(kind);
  expect(entry && [machinesOf(entry).length, instancesOf(entry).length]).toEqual([machines, instances]);
  expect(entry?.tree.open).toBeUndefined();
});
