import { expect, test } from "vitest";
import { toInventoryJson } from "../../../server/src/clan/inventory-json.ts";
import { clanOf } from "../helpers/clan.ts";

test("machines, instances and members, sorted", async () => {
  const clan = await clanOf(`
    {
      meta.name = "home";
      inventory.machines.web = { tags = [ "srv" ]; deploy.targetHost = "root@web"; };
      inventory.machines.db.tags = [ "srv" ];
      inventory.machines.mac.machineClass = "darwin";
      inventory.instances.mesh = { module.name = "zerotier"; roles.peer.tags = [ "srv" ]; };
      inventory.instances.sshd = { module.input = "clan-core"; roles.server.machines.gone = { }; };
    }
  `);
  expect(toInventoryJson(clan)).toEqual({
    version: 1,
    meta: { name: "home" },
    machines: {
      db: { class: "nixos", tags: ["all", "nixos", "srv"], targetHost: null },
      mac: { class: "darwin", tags: ["all", "darwin"], targetHost: null },
      web: { class: "nixos", tags: ["all", "nixos", "srv"], targetHost: "root@web" },
    },
    instances: {
      mesh: { service: "zerotier", input: null, roles: { peer: { machines: ["db", "web"] } } },
      sshd: { service: "sshd", input: "clan-core", roles: { server: { machines: ["gone"] } } },
    },
  });
  expect(Object.keys(toInventoryJson(clan).machines)).toEqual(["db", "mac", "web"]);
});

test("what is not known, with its reason and place", async () => {
  const clan = await clanOf(`
    #- /flake.nix
    {
      inputs.clan-core.url = "https://git.clan.lol/clan/clan-core/archive/main.tar.gz";
      inputs.other.url = "github:someone/other";
      outputs = { self, clan-core, other }: {
        clan = (clan-core.lib.clan { inherit self; imports = [ (import ./sub/clan.nix other) ]; }).config;
      };
    }
    #- /sub/clan.nix
    other: {
      inventory.machines = other.machines;
    }
  `);
  const [part, ...others] = clan.unknown;
  expect(others).toEqual([]);
  expect(part).toMatchObject({ path: "inventory.machines", reason: expect.stringContaining("other") });
  expect(part?.node?.source.path).toMatch(/\/sub\/clan\.nix$/);
  expect(part?.node?.source.text.slice(part.node.start, part.node.end)).toBe("machines");
});
