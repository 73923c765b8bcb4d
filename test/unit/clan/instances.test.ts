import { expect, test } from "vitest";
import type { Clan, Instance, Service } from "../../../server/src/clan/model.ts";
import { clanOf } from "../helpers/clan.ts";

function instance(clan: Clan, name: string): Instance {
  return clan.instances.known.get(name) ?? expect.fail(`no instance ${name}`);
}

function service(clan: Clan, name: string): Service {
  const lookup = instance(clan, name).service;
  return lookup.kind === "known" ? lookup.service : expect.fail(`${name} is ${lookup.kind}`);
}

test("members by name and by tag", async () => {
  const clan = await clanOf(`
    {
      inventory.machines.a.tags = [ "x" "y" ];
      inventory.machines.b.tags = [ "x" ];
      inventory.machines.c = { };
      inventory.instances.sshd.roles.server = { machines.c = { }; machines.b = { }; tags = [ "x" "y" ]; };
    }
  `);
  const role = instance(clan, "sshd").roles.get("server");
  expect(role?.members).toEqual([
    { machine: "a", viaTags: ["x", "y"] },
    { machine: "b", viaTags: [] },
    { machine: "c", viaTags: [] },
  ]);
  expect(role).toMatchObject({ machineNames: ["b", "c"], tagNames: ["x", "y"], open: undefined });
});

test("a role that hangs on something unknown is open", async () => {
  const clan = await clanOf(`
    #- /flake.nix
    {
      inputs.clan-core.url = "https://git.clan.lol/clan/clan-core/archive/main.tar.gz";
      inputs.other.url = "github:someone/other";
      outputs = { self, clan-core, other }: {
        clan = (clan-core.lib.clan { inherit self; imports = [ (import ./clan.nix other) ]; }).config;
      };
    }
    #- /clan.nix
    other: { lib, ... }: {
      inventory.machines.a = { };
      inventory.instances.sshd.roles.server.machines = { a = { }; b = lib.mkIf other.x { }; };
      inventory.instances.sshd.roles.client.machines = other.machines;
      inventory.instances.other = { module = { name = "x"; input = "other"; }; roles.r = { }; };
    }
  `);
  expect(instance(clan, "sshd").roles.get("server")?.open?.path).toBe(
    "inventory.instances.sshd.roles.server.machines.b",
  );
  expect(instance(clan, "sshd").roles.get("client")?.open).toBeDefined();
  expect(instance(clan, "other").service).toMatchObject({ kind: "open" });
  expect(clan.unknown.map(({ path }) => path)).toEqual([
    "inventory.instances.other.module",
    "inventory.instances.sshd.roles.client",
    "inventory.instances.sshd.roles.server.machines.b",
  ]);
});

test("a service of the catalogue, by the instance's name or by module.name", async () => {
  const clan = await clanOf(`
    {
      inventory.instances.sshd = { };
      inventory.instances.net = { module.name = "zerotier"; module.input = null; };
    }
  `);
  expect(instance(clan, "sshd").module).toEqual({ name: "sshd", input: null });
  expect(service(clan, "net")).toMatchObject({ name: "zerotier", origin: "catalogue" });
});

test("a service of this flake: roles, settings, limits, and where it is declared", async () => {
  const clan = await clanOf(`
    #- /clan.nix
    {
      modules."@me/door" = ./door.nix;
      inventory.instances.front.module = { name = "@me/door"; input = "self"; };
    }
    #- /door.nix
    { lib, ... }:
    {
      _class = "clan.service";
      manifest = {
        name = "door";
        description = "Opens doors.";
        categories = [ "Utility" ];
        constraints.maxInstances = 2;
        exports.out = [ "endpoints" ];
        constraints.roles.keeper.minMachines = 1;
      };
      roles.keeper = {
        description = "Keeps the keys.";
        interface = { lib, ... }: {
          options.keys = lib.mkOption { type = lib.types.ints.positive; description = "How many."; };
          options.open.enable = lib.mkEnableOption "doors";
        };
        perInstance = { settings, ... }: { nixosModule = { }; };
      };
      roles.guest.perInstance = { extendSettings, ... }: { nixosModule.x = extendSettings { }; };
    }
  `);
  const door = service(clan, "front");
  expect(door).toMatchObject({
    name: "@me/door",
    origin: "self",
    description: "Opens doors.",
    categories: ["Utility"],
    exports: { inputs: [], out: ["endpoints"] },
    maxInstances: 2,
    rolesOpen: undefined,
  });
  expect(door.declared.map(({ source, start, end }) => source.text.slice(start, end))).toEqual([
    '"@me/door"',
  ]);
  expect([...door.roles.keys()]).toEqual(["guest", "keeper"]);
  const keeper = door.roles.get("keeper");
  expect(keeper).toMatchObject({ description: "Keeps the keys.", minMachines: 1, maxMachines: undefined });
  expect(keeper?.settings.options.get("keys")).toMatchObject({
    type: { kind: "int", min: 1 },
    required: true,
    description: "How many.",
  });
  expect(keeper?.settings.options.get("open")?.type).toMatchObject({ kind: "submodule", group: true });
  expect([keeper?.extendsSettings, door.roles.get("guest")?.extendsSettings]).toEqual([false, true]);
});

test("a service that cannot be evaluated is open", async () => {
  const clan = await clanOf(`
    {
      modules.gone = throw "moved";
      inventory.instances.gone.module.input = "self";
    }
  `);
  expect(instance(clan, "gone").service).toEqual({ kind: "open", reason: "moved" });
});

test("settings against the role's interface, each where it is written and merged for a machine", async () => {
  const clan = await clanOf(`
    { lib, ... }:
    {
      inventory.machines.a.tags = [ "t" ];
      inventory.machines.b = { };
      inventory.instances.internet.roles.default = {
        settings = { port = lib.mkDefault 1; user = "u"; };
        tags.t.settings.jumphosts = [ "x" ];
        machines.a.settings.port = 2;
        machines.b = { };
      };
    }
  `);
  expect(clan.settings.map(({ tree, isUsed }) => [tree.path.slice(3).join("."), isUsed])).toEqual([
    ["roles.default.settings", true],
    ["roles.default.tags.t.settings", true],
    ["roles.default.machines.a.settings", true],
  ]);
  expect(clan.settings[0]?.tree.child("port")?.type).toEqual({ kind: "int", min: 0, max: 65535 });
  const role = instance(clan, "internet").roles.get("default") ?? expect.fail();
  const settingsOf = (machine: string): unknown =>
    clan.memberSettings(instance(clan, "internet"), role, machine)?.data();
  expect(settingsOf("a")).toEqual({ host: "", jumphosts: ["x"], port: 2, user: "u" });
  expect(settingsOf("b")).toEqual({ host: "", jumphosts: [], port: 1, user: "u" });
});

test("a node of the settings leads to the options it is for, also behind a let", async () => {
  const clan = await clanOf(`
    let
      shared = { port = 5; };
    in
    {
      inventory.instances.internet.roles.default.settings = shared;
      inventory.instances.i2 = { module.name = "internet"; roles.default.settings = shared; };
    }
  `);
  const paths = [...clan.index]
    .filter(([node]) => node.kind === "attr-name" && node.name === "port")
    .flatMap(([, options]) => options.filter(({ option }) => option !== undefined))
    .map((option) => option.path.join("."));
  expect(paths).toEqual([
    "inventory.instances.i2.roles.default.settings.port",
    "inventory.instances.internet.roles.default.settings.port",
  ]);
});
