/** What rules found nothing in is passed over, and what says something else now is not. */
import { expect, test } from "vitest";
import { ClanCache } from "../../../server/src/clan/clan-cache.ts";
import type { Clan } from "../../../server/src/clan/model.ts";
import type { OptionNode } from "../../../server/src/modules/option-node.ts";
import { checkClan } from "../../../server/src/rules/index.ts";
import type { Problem } from "../../../server/src/rules/rule.ts";
import { Look } from "../../../server/src/rules/run/look.ts";
import { workspaceOf } from "../helpers/workspace.ts";

const CLAN = `
  #- /clan/clan.nix
  {
    imports = [ ./services.nix ];
    inventory.machines = { web = import ./web.nix; db = import ./db.nix; };
  }
  #- /clan/web.nix
  { tags = [ "srv" ]; }
  #- /clan/db.nix
  { tags = [ "db" ]; }
  #- /clan/services.nix
  {
    inventory.instances.backup = {
      module.name = "borgbackup";
      roles.client.tags.srv = { };
      roles.server.machines.db.settings.directory = "/srv";
    };
  }
`;

async function opened() {
  const { workspace } = await workspaceOf(CLAN, ["/clan"]);
  const cache = new ClanCache();
  const clanOf = (): Clan => cache.clansOf(workspace.snapshot())[0] ?? expect.fail("there is no clan");
  const codes = () => checkClan(workspace.snapshot(), clanOf()).map(({ code }) => code);
  return { workspace, clanOf, codes };
}

/** The options a rule is shown, where it reports those at `reported`. */
function lookedAt(tree: OptionNode, reported: string): string[] {
  const shown: string[] = [];
  const look = new Look(`test of ${reported}`);
  const problem: Problem = { path: "/clan/clan.nix", start: 0, end: 1, message: "wrong" };
  const check = (option: OptionNode): Problem[] => {
    const path = option.path.join(".");
    shown.push(path);
    return path === reported ? [problem] : [];
  };
  void [...look.inOptions("clan", tree, check)];
  look.close();
  return shown;
}

test("of a tree that is the same, only what has findings and what is around it is looked at again", async () => {
  const { tree } = (await opened()).clanOf();
  const first = lookedAt(tree, "inventory.machines.web.tags");
  expect(first).toContain("inventory.machines.db.tags");
  expect(first).toContain("inventory.instances.backup.roles");
  expect(lookedAt(tree, "inventory.machines.web.tags")).toEqual([
    "",
    "inventory",
    "inventory.machines",
    "inventory.machines.web",
    "inventory.machines.web.tags",
  ]);
  expect(lookedAt(tree, "none")).toEqual(first);
  expect(lookedAt(tree, "none")).toEqual([]);
});

test("nothing is passed over before all rules have looked", async () => {
  const { tree } = (await opened()).clanOf();
  const options = (look: Look) => [
    ...look.inOptions("clan", tree, ({ path }) => [{ path: path.join("."), start: 0, end: 0, message: "" }]),
  ];
  const first = options(new Look("not closed"));
  expect(first.length).toBeGreaterThan(10);
  expect(options(new Look("not closed"))).toEqual(first);
});

test("an instance nobody touched is looked at again when somebody else comes into its roles, or leaves them", async () => {
  const { workspace, codes } = await opened();
  // Twice: what the second evaluation has made is what the third takes over.
  for (const _ of [1, 2, 3]) {
    workspace.open("/clan/web.nix", '{ tags = [ "srv" ]; }');
    expect(codes()).toEqual([]);
    workspace.open("/clan/web.nix", '{ tags = [ "sv" ]; }');
    expect(codes()).toEqual(["unknown-tag"]);
  }
});

test("settings of a machine are looked at again when it comes into a role", async () => {
  const { workspace, codes } = await opened();
  workspace.open("/clan/services.nix", "{ inventory.instances.wireguard.roles.controller.tags.srv = { }; }");
  for (const _ of [1, 2, 3]) {
    workspace.open("/clan/web.nix", "{ }");
    expect(codes()).toEqual(["unknown-tag"]);
    workspace.open("/clan/web.nix", '{ tags = [ "srv" ]; }');
    expect(codes()).toEqual(["missing-setting"]);
  }
});
