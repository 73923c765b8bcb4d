/** A clan made with `lib.clan`, however the flake's code leads to it. */
import { describe, expect, test } from "vitest";
import { textsAt } from "../../helpers/modules.ts";
import { clanFile, entriesOf, entryOf, expectClan, inputs } from "./entries.ts";

describe("lib.clan", () => {
  const plain = (call: string, rest = ""): string => `${clanFile}${rest}
  #- /c/flake.nix
  {
    ${inputs}
    outputs = { self, clan-core, nixpkgs, ... }@inputs:
      let
        clan = ${call};
      in
      {
        inherit (clan.config) nixosConfigurations nixosModules clanInternals;
        clan = clan.config;
        devShells = nixpkgs.lib.genAttrs [ "x86_64-linux" ] (system: { default = clan-core.packages.\${system}.clan-cli; });
      };
  }`;

  test.each([
    "clan-core.lib.clan { inherit self; imports = [ ./clan.nix ]; specialArgs = { inherit inputs; }; }",
    "clan-core.clanLib.clan { inherit self; imports = [ ./clan.nix ]; }",
    "clan-core.lib.clan ({ inherit self; } // import ./clan.nix)",
    "{ config = clan-core.lib.buildClan { inherit self; imports = [ ./clan.nix ]; }; }",
    "inputs.clan-core.lib.clan { self = inputs.self; directory = self; imports = [ ./clan.nix ]; }",
    'clan-core.lib.clan { inherit self; directory = ./.; imports = [ "${self}/clan.nix" ]; }',
  ])("%s", async (call) => {
    const entry = await entryOf(plain(call));
    expect(entry.kind).toBe("lib.clan");
    expectClan(entry);
  });

  test("in a file that is a function of self, outside of a framework's mkFlake", async () => {
    expectClan(
      await entryOf(`
  #- /c/machines/inventory.nix
  self:
  let
    inherit (self.inputs) clan-core nixpkgs;
  in
  clan-core.lib.clan {
    inherit self;
    pkgsForSystem = system: nixpkgs.legacyPackages.\${system};
    meta.name = "home";
    inventory = {
      tags = { config, ... }: { backup = builtins.filter (name: name != "web") config.nixos; };
      machines = { web.tags = [ "srv" ]; nas = { }; };
      instances.sshd.roles.server.tags.srv = { };
    };
  }
  #- /c/flake.nix
  {
    ${inputs}
    inputs.adios-flake.url = "github:Mic92/adios-flake";
    outputs = inputs@{ adios-flake, self, ... }: adios-flake.lib.mkFlake {
      inherit inputs self;
      systems = [ "x86_64-linux" ];
      modules = [ ./other.nix ];
      flake = let clan = import ./machines/inventory.nix self; in {
        inherit (clan.config) nixosConfigurations;
        clan = clan.config;
      };
    };
  }`),
    );
  });

  test("inventory = import ./inventory.nix { … }", async () => {
    expectClan(
      await entryOf(
        plain(
          'clan-core.lib.clan { inherit self; meta.name = "home"; inventory = import ./inventory.nix { inherit self; inherit (nixpkgs) lib; }; }',
          `
  #- /c/inventory.nix
  { self, lib }: {
    machines = lib.genAttrs [ "web" "nas" ] (name: { tags = lib.optional (name == "web") "srv"; });
    instances.sshd.roles.server.tags = [ "srv" ];
  }`,
        ),
      ),
    );
  });

  test("fragments merged by readDir, foldl' and recursiveUpdate", async () => {
    const entry = await entryOf(
      plain(
        `clan-core.lib.clan {
          inherit self;
          meta.name = "home";
          inventory = import ./inventory { inherit (nixpkgs) lib; };
        }`,
        `
  #- /c/inventory/default.nix
  { lib }:
  let
    files = lib.filterAttrs (name: type: type == "regular" && lib.hasSuffix ".nix" name && name != "default.nix" && !lib.hasPrefix "_" name) (builtins.readDir ./.);
    load = name: let value = import (./. + "/\${name}"); in if lib.isFunction value then value { inherit lib; } else value;
  in
  builtins.foldl' lib.recursiveUpdate { } (map load (builtins.attrNames files))
  #- /c/inventory/machines.nix
  { machines = { web.tags = [ "srv" ]; nas = { }; }; }
  #- /c/inventory/sshd.nix
  { lib }: { instances.sshd.roles.server.tags = [ "srv" ]; }
  #- /c/inventory/_off.nix
  { instances.off = { }; }`,
      ),
    );
    expectClan(entry);
    const tags = entry.tree.at("inventory", "instances", "sshd", "roles", "server", "tags");
    expect(
      tags?.definitions.map(({ origins }) => [origins[0]?.source.path, ...textsAt(origins.slice(0, 1))]),
    ).toEqual([["/c/inventory/sshd.nix", '[ "srv" ]']]);
  });

  test("two calls are two clans", async () => {
    const entries = await entriesOf(`
  #- /c/flake.nix
  {
    ${inputs}
    outputs = { self, clan-core, ... }: {
      a = (clan-core.lib.clan { inherit self; meta.name = "a"; }).config;
      b = (clan-core.lib.clan { inherit self; meta.name = "b"; }).config;
    };
  }`);
    expect(entries.map(({ tree }) => tree.at("meta", "name")?.string())).toEqual(["a", "b"]);
  });

  test("its result is a set to go on with", async () => {
    const entry = await entryOf(
      plain(
        `clan-core.lib.clan {
          inherit self;
          imports = [ ./clan.nix ({ config, lib, ... }: {
            meta.description = lib.concatStringsSep " " (builtins.attrNames config.nixosConfigurations);
          }) ];
          meta.icon = toString (builtins.length (builtins.attrNames self.clan.inventory.machines));
        }`,
      ),
    );
    expect(entry.tree.at("meta", "description")?.string()).toBe("nas web");
    expect(entry.tree.at("meta", "icon")?.string()).toBe("2");
  });
});
