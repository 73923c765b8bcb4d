/**
 * What is taken over from the evaluation before is what a new evaluation would find: after any edits, and without
 * looking at what the edits do not concern.
 */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { ClanCache } from "../../../server/src/clan/clan-cache.ts";
import { evaluateClans } from "../../../server/src/clan/evaluate.ts";
import { toInventoryJson } from "../../../server/src/clan/inventory-json.ts";
import type { Clan } from "../../../server/src/clan/model.ts";
import { collectFindings } from "../../../server/src/features/findings.ts";
import type { OptionNode } from "../../../server/src/modules/option-node.ts";
import type { Snapshot } from "../../../server/src/project/snapshot.ts";
import { parseFixture } from "../helpers/fixture.ts";
import { workspaceOf } from "../helpers/workspace.ts";

const CLAN = `
#- /clan/flake.nix
{
  inputs.clan-core.url = "https://git.clan.lol/clan/clan-core/archive/main.tar.gz";
  outputs = { self, clan-core }: { clan = clan-core.lib.clan { inherit self; imports = [ ./clan.nix ]; }; };
}
#- /clan/clan.nix
{ lib, ... }:
let
  files = builtins.readDir ./hosts;
  load = file: lib.nameValuePair (lib.removeSuffix ".nix" file) (import (./hosts + "/\${file}"));
in
{
  imports = [ ./services.nix ];
  meta.name = "home";
  inventory.machines = lib.listToAttrs (map load (builtins.attrNames files));
  inventory.tags.spare = [ "web" "old" ];
}
#- /clan/hosts/web.nix
{ tags = [ "srv" ]; deploy.targetHost = "root@web"; }
#- /clan/hosts/db.nix
{ tags = [ "srv" "db" ]; description = "number \${toString 1}"; }
#- /clan/hosts/mac.nix
{ machineClass = "darwin"; tags = [ ]; }
#- /clan/services.nix
{ config, ... }:
{
  inventory.instances = {
    sshd.roles.server.tags.srv = { };
    backup = {
      module.name = "borgbackup";
      roles.client.machines.web.settings = { startAt = "daily"; };
      roles.server.machines.db.settings.directory = "/srv";
    };
  };
}
`;

/** The same in one file, beside code that is no data and findings that move with what is written above them. */
const ONE_FILE = `
#- /clan/flake.nix
{
  inputs.clan-core.url = "https://git.clan.lol/clan/clan-core/archive/main.tar.gz";
  outputs = { self, clan-core }: { clan = clan-core.lib.clan { inherit self; imports = [ ./clan.nix ]; }; };
}
#- /clan/clan.nix
{ lib, ... }:
let
  user = "ann"; # not used below
in
{
  meta.name = "home";
  inventory.machines = {
    web = { tags = [ "srv" ]; deploy.targetHost = "root@web"; };
    db = { tags = [ "srv" "db" ]; description = "number \${toString 1}"; };
    mac = { machineClass = "darwin"; tagz = [ ]; };
  };
  inventory.tags.spare = [ "web" "old" ];
  inventory.instances = {
    sshd.roles.server.tags.srv = { };
    sshd.roles.clent.tags.srv = { };
    backup = {
      module.name = "borgbackup";
      roles.client.machines.web.settings = { startAt = 1; };
      roles.server.machines.db.settings.directory = "/srv";
      roles.server.machines.nobody = { };
    };
    users = { roles.default.tags = [ "all" ]; roles.default.settings = { inherit user; }; };
  };
  machines.web = { clan.core.vars.generators.ca = { files.key = { }; script = "echo 1 > $out/key; cat $in/x/y"; }; };
}
`;

const paths = [...new Set([CLAN, ONE_FILE].flatMap((clan) => [...parseFixture(clan).files.keys()]))];
const words = [
  "x",
  " ",
  "{ }",
  "[ ]",
  '"srv"',
  '"/x"',
  "tags",
  ";",
  "a = 1;",
  "=",
  "deploy",
  "1",
  "null",
  "(",
  "}",
];

/** Lines that leave a file whole, wherever a line ends. */
const lines = ["\n", "\n# x\n", "\n  inventory.machines.new = { };\n", "\n tags = [ ]; "];

type Edit = { path: string; at: number; deleted: number; inserted: string; atLineEnd?: boolean };
const edits = fc.array(
  fc.record({
    path: fc.constantFrom(...paths),
    at: fc.nat({ max: 400 }),
    deleted: fc.nat({ max: 8 }),
    inserted: fc.constantFrom("", ...words, ...lines),
    /** Where the first line ends from there on, so that most texts stay whole. */
    atLineEnd: fc.boolean(),
  }),
  { minLength: 1, maxLength: 8 },
);

async function openAll(clan = CLAN) {
  const { workspace } = await workspaceOf(clan, ["/clan"]);
  for (const [path, text] of parseFixture(clan).files) workspace.open(path, text);
  const edit = ({ path, at, deleted, inserted, atLineEnd = false }: Edit) => {
    const text = workspace.snapshot().readFile(path) ?? "";
    const end = text.indexOf("\n", at);
    const start = atLineEnd && end >= 0 ? end : Math.min(at, text.length);
    workspace.edit(path, [{ start, end: Math.min(start + deleted, text.length), text: inserted }]);
  };
  return { workspace, edit };
}

/** All that people see of clans, as data. */
function shown(snapshot: Snapshot, clans: readonly Clan[]) {
  return {
    inventory: clans.map(toInventoryJson),
    findings: collectFindings(snapshot, clans, paths),
    index: clans.map((clan) =>
      [...clan.index].map(([{ source, start, end, kind }, options]) => [
        `${source.path} ${start} ${end} ${kind}`,
        options.map((option) => option.path.join(".")),
      ]),
    ),
  };
}

describe("taking over from the evaluation before", () => {
  it.each([
    ["in several files", CLAN],
    ["in one file", ONE_FILE],
  ])("makes no difference %s", async (_, clan) => {
    await fc.assert(
      fc.asyncProperty(edits, async (made) => {
        const { workspace, edit } = await openAll(clan);
        const { clansOf } = new ClanCache();
        // Twice, since the first evaluation leaves nothing to take over.
        for (const one of [undefined, undefined, ...made]) {
          edit(one ?? { path: "/clan/flake.nix", at: 0, deleted: 0, inserted: " " });
          const snapshot = workspace.snapshot();
          const taken = shown(snapshot, clansOf(snapshot));
          expect(taken).toEqual(shown(snapshot, evaluateClans(snapshot)));
        }
        workspace.dispose();
      }),
      { numRuns: 25 },
    );
  });

  it("keeps the option of a machine nobody touched, and what lies below it", async () => {
    const { workspace, edit } = await openAll();
    const { clansOf } = new ClanCache();
    const machineOptions = () => {
      const [clan] = clansOf(workspace.snapshot());
      return clan?.tree.at("inventory", "machines")?.children() ?? new Map<string, OptionNode>();
    };
    const again = (path: string) => {
      const before = machineOptions();
      edit({ path, at: 0, deleted: 0, inserted: " " });
      const after = machineOptions();
      for (const option of after.values()) expect(option.parent?.path).toEqual(["inventory", "machines"]);
      return [...after].filter(([name, option]) => option !== before.get(name)).map(([name]) => name);
    };
    again("/clan/hosts/web.nix");
    again("/clan/hosts/web.nix");
    // db is no plain data: there is a call in it.
    expect(again("/clan/hosts/web.nix")).toEqual(["db", "web"]);
    expect(again("/clan/services.nix")).toEqual(["db"]);
    expect(again("/clan/hosts/mac.nix")).toEqual(["db", "mac"]);
  });

  const backup = (written: string) => `{ inventory.instances.backup = ${written}; }`;

  it("keeps settings that begin with a slash", async () => {
    const { workspace, edit } = await openAll();
    const { clansOf } = new ClanCache();
    const server = 'roles.server.settings = { directory = "/srv"; };';
    workspace.open("/clan/services.nix", backup(`{ module.name = "borgbackup"; ${server} }`));
    const again = () => {
      edit({ path: "/clan/hosts/web.nix", at: 0, deleted: 0, inserted: " " });
      return clansOf(workspace.snapshot())[0]?.tree.at("inventory", "instances", "backup", "roles");
    };
    again();
    again();
    expect(again()).toBeDefined();
    expect(again()).toBe(again());
  });

  it.each([
    ["a role that is a path", 'roles.server = "/clan/imported.nix";', "settings"],
    ["what imports a path", 'imports = [ "/clan/imported.nix" ];', "roles.server.settings"],
  ])("reads files that data names: %s", async (_, written, settings) => {
    const { workspace, edit } = await openAll();
    const { clansOf } = new ClanCache();
    workspace.open("/clan/services.nix", backup(`{ module.name = "borgbackup"; ${written} }`));
    for (const port of [1, 2, 3]) {
      workspace.open("/clan/imported.nix", `{ ${settings}.port = ${port}; }`);
      edit({ path: "/clan/hosts/web.nix", at: 0, deleted: 0, inserted: " " });
      const instance = clansOf(workspace.snapshot())[0]?.tree.at("inventory", "instances", "backup");
      expect(instance?.at("roles", "server", "settings", "port")?.data()).toBe(port);
    }
  });
});
