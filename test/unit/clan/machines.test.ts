import { expect, test } from "vitest";
import { evaluateClans } from "../../../server/src/clan/evaluate.ts";
import type { Clan } from "../../../server/src/clan/model.ts";
import { clanOf } from "../helpers/clan.ts";
import { workspaceOf } from "../helpers/workspace.ts";

function textsOf(clan: Clan, machine: string): string[] {
  const nodes = clan.machines.known.get(machine)?.origins ?? expect.fail(`no machine ${machine}`);
  return nodes.map(
    ({ source, start, end }) =>
      `${source.path.slice("/workspace/".length)}: ${source.text.slice(start, end)}`,
  );
}

function tags(clan: Clan): Record<string, readonly string[]> {
  return Object.fromEntries([...clan.tags.known].map(([name, tag]) => [name, tag.machines]));
}

test("machines from everything that makes one, with where they are written", async () => {
  const clan = await clanOf(`
    #- /clan.nix
    {
      inventory.machines.inv = { deploy.targetHost = "root@inv"; };
      machines.mod = { };
      machines.inv = { };
    }
    #- /inventory.json
    { "machines": { "json": { "machineClass": "darwin" }, "inv": { } } }
    #- /machines/dir/configuration.nix
    { }
    #- /machines/inv/configuration.nix
    { }
  `);
  expect([...clan.machines.known.values()].map(({ name, sources }) => [name, [...sources].sort()])).toEqual([
    ["dir", ["directory"]],
    ["inv", ["directory", "inventory", "inventory.json", "machines"]],
    ["json", ["inventory.json"]],
    ["mod", ["machines"]],
  ]);
  expect(textsOf(clan, "inv").sort()).toEqual(["clan.nix: inv", "clan.nix: inv", 'inventory.json: "inv"']);
  expect(textsOf(clan, "dir")).toEqual([]);
  expect(clan.machines.known.get("json")?.class).toBe("darwin");
  expect(clan.machines.known.get("inv")?.targetHost).toBe("root@inv");
  expect(clan.machines.open).toBeUndefined();
});

test("a condition around a machine decides what it is, not whether it is one: the set is lazy", async () => {
  const clan = await clanOf(`
    { lib, pkgs, ... }: {
      inventory.machines.a = lib.mkIf false { tags = [ "x" ]; };
      inventory.machines.b = lib.mkIf pkgs.anything { tags = [ "x" ]; };
      inventory.instances.i = lib.mkIf false { roles.server.tags.all = { }; };
    }
  `);
  expect([...clan.machines.known.keys()]).toEqual(["a", "b"]);
  expect(clan.machines.open).toBeUndefined();
  expect(tags(clan)["all"]).toEqual(["a", "b"]);
  expect([...clan.instances.known.keys()]).toEqual([]);
});

test("tags: of machines, of the inventory, predefined", async () => {
  const clan = await clanOf(`
    {
      inventory.machines.a.tags = [ "x" "x" ];
      inventory.machines.b = { machineClass = "darwin"; };
      inventory.tags.y = [ "b" "gone" ];
      inventory.tags.none = [ ];
    }
  `);
  expect(tags(clan)).toEqual({
    all: ["a", "b"],
    darwin: ["b"],
    nixos: ["a"],
    none: [],
    x: ["a"],
    y: ["b"],
  });
  expect(clan.machines.known.get("b")?.tags).toEqual(["all", "darwin", "y"]);
  expect([...clan.tags.known.values()].filter((tag) => tag.predefined).map((tag) => tag.name)).toEqual([
    "all",
    "darwin",
    "nixos",
  ]);
});

test("tags: computed from tags and machines, and all redefined", async () => {
  const clan = await clanOf(`
    {
      inventory.machines.a = { };
      inventory.machines.b.machineClass = "darwin";
      inventory.tags = { config, machines, ... }: {
        all = [ "a" ];
        others = builtins.filter (name: name != "a") (builtins.attrNames machines);
        both = config.nixos ++ config.darwin;
      };
    }
  `);
  expect(tags(clan)).toEqual({ all: ["a"], both: ["a", "b"], darwin: ["b"], nixos: ["a"], others: ["b"] });
  expect(clan.tags.open).toBeUndefined();
});

const flake = `
    #- /flake.nix
    {
      inputs.clan-core.url = "https://git.clan.lol/clan/clan-core/archive/main.tar.gz";
      inputs.other.url = "github:someone/other";
      outputs = { self, clan-core, other }: {
        clan = (clan-core.lib.clan { inherit self; imports = [ (import ./clan.nix other) ]; }).config;
      };
    }`;

test("names that are not known leave a set open, with the reason and its place", async () => {
  const clan = await clanOf(`${flake}
    #- /clan.nix
    other: { inventory.machines = { a = { }; } // other.machines; }
  `);
  expect([...clan.machines.known.keys()]).toEqual(["a"]);
  expect(clan.machines.open).toMatchObject({ path: "inventory.machines" });
  expect(clan.tags.open).toEqual(clan.machines.open);
  expect(clan.unknown).toEqual([clan.machines.open]);
});

test("tags of one machine that are not known leave the tags open, the machines closed", async () => {
  const clan = await clanOf(`${flake}
    #- /clan.nix
    other: { inventory.machines.a.tags = [ "x" other.tag ]; }
  `);
  expect(clan.machines.open).toBeUndefined();
  expect(clan.tags.open?.path).toBe("inventory.machines.a.tags");
  expect(clan.tags.known.get("x")?.machines).toEqual(["a"]);
});

test("a clan in the root of the file system", async () => {
  const { workspace } = await workspaceOf(`
    #- /clan.nix
    { inventory.machines.inv = { }; }
    #- /inventory.json
    { "machines": { "json": { } } }
    #- /machines/dir/configuration.nix
    { }
  `);
  const [clan] = evaluateClans(workspace.snapshot());
  const machines = [...(clan?.machines.known.values() ?? [])];
  expect(machines.map(({ name, sources }) => [name, sources])).toEqual([
    ["dir", ["directory"]],
    ["inv", ["inventory"]],
    ["json", ["inventory.json"]],
  ]);
  expect([...(clan?.files ?? [])].filter((path) => path.startsWith("//"))).toEqual([]);
});
