/** What an evaluation takes over from the one before is described as in a fresh one: with what lies above it. */
import { expect, it } from "vitest";
import { ClanCache } from "../../../server/src/clan/clan-cache.ts";
import { hover } from "../../../server/src/features/hover.ts";
import { OccurrenceTables } from "../../../server/src/features/occurrences.ts";
import { cursorOf } from "../helpers/fixture.ts";
import { workspaceOf } from "../helpers/workspace.ts";

it.each([
  ["an element of a tag's list", 'inventory.tags = { spare = [ "ol$0d" ]; other = lib.id [ ]; };'],
  [
    "an element of a machine's list",
    'inventory.machines.web = { tags = [ "ol$0d" ]; description = lib.id "x"; };',
  ],
  [
    "an element of a list of exports",
    'inventory.instances.a = { module.name = "sshd"; roles = { server = { tags = [ "ol$0d" ]; }; client = lib.id { }; }; };',
  ],
])("%s", async (_, line) => {
  const { fixture, workspace } = await workspaceOf(`
    #- /clan/clan.nix
    { imports = [ ./data.nix ./other.nix ]; }
    #- /clan/data.nix
    { lib, ... }: { ${line} }
    #- /clan/other.nix
    { inventory.machines.web = { }; }
  `);
  const cursor = cursorOf(fixture);
  const other = "/clan/other.nix";
  workspace.open(other, workspace.snapshot().readFile(other) ?? "");
  const shown = (cache: ClanCache) => {
    const snapshot = workspace.snapshot();
    void cache.clansOf(snapshot).map(({ index }) => index);
    return hover({ snapshot, clans: cache.clansOf, ...cursor }, new OccurrenceTables());
  };
  const session = new ClanCache();
  for (let edit = 0; edit < 3; edit++) {
    expect(shown(session)).toEqual(shown(new ClanCache()));
    workspace.edit(other, [{ start: 0, end: 0, text: "# typed\n" }]);
  }
});
