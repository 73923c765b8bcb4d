/** Arrangements of real clans: each must be read whole, or be known to be open. */
import { expect, test } from "vitest";
import type { Clan } from "../../../server/src/clan/model.ts";
import { clanOf } from "../helpers/clan.ts";

interface Summary {
  readonly machines: readonly string[];
  readonly instances: readonly string[];
  readonly open: string | undefined;
}

function summary({ machines, instances }: Clan): Summary {
  return {
    machines: [...machines.known.keys()],
    instances: [...instances.known.keys()],
    open: machines.open?.reason ?? instances.open?.reason,
  };
}

test.each<[string, string, Summary]>([
  [
    "flake-parts of clan-core, and the clan's outputs passed on by a module",
    `
    #- /flake.nix
    {
      inputs.clan-core.url = "git+https://git.clan.lol/clan/clan-core";
      outputs = inputs@{ self, nixpkgs, clan-core, ... }:
        let
          clan = clan-core.lib.clan {
            self = self;
            inventory = {
              meta.name = "x";
              machines.web.tags = [ "srv" ];
              instances.tor.roles.server.tags.srv = { };
            };
          };
        in
        clan-core.inputs.flake-parts.lib.mkFlake { inherit inputs; } {
          systems = [ "x86_64-linux" ];
          flake.clan = clan.config;
          flake.nixosConfigurations = clan.config.nixosConfigurations;
        };
    }
    `,
    { machines: ["web"], instances: ["tor"], open: undefined },
  ],
  [
    "one file per instance below import-tree",
    `
    #- /flake.nix
    {
      outputs = inputs: inputs.flake-parts.lib.mkFlake { inherit inputs; } (inputs.import-tree ./modules);
      inputs.flake-parts.url = "github:hercules-ci/flake-parts";
      inputs.import-tree.url = "github:vic/import-tree";
      inputs.clan-core.url = "git+https://git.clan.lol/clan/clan-core";
    }
    #- /modules/core.nix
    { inputs, ... }: { imports = [ inputs.clan-core.flakeModules.default ]; clan.meta.name = "x"; }
    #- /modules/machines.nix
    { clan.inventory.machines.web = { }; }
    #- /modules/services/tor.nix
    { clan.inventory.instances.tor.roles.server.tags.all = { }; }
    #- /modules/_notes/draft.nix
    { clan.inventory.machines.draft = { }; }
    `,
    { machines: ["web"], instances: ["tor"], open: undefined },
  ],
  [
    "an unknown framework that is given the outputs",
    `
    #- /flake.nix
    {
      inputs.adios-flake.url = "github:example/adios-flake";
      inputs.clan-core.url = "git+https://git.clan.lol/clan/clan-core";
      outputs = inputs@{ self, adios-flake, ... }:
        adios-flake.lib.mkFlake {
          inherit inputs self;
          flake.clan = (import ./inventory.nix self).config;
        };
    }
    #- /inventory.nix
    self:
    self.inputs.clan-core.lib.clan {
      inherit self;
      inventory.machines.web = { };
      inventory.instances.tor.roles.server.tags.all = { };
    }
    `,
    { machines: ["web"], instances: ["tor"], open: undefined },
  ],
  [
    "instances read with a builtin of another Nix",
    `
    #- /clan.nix
    {
      inventory.machines.web = { };
      inventory.instances = builtins.wasm ./plugin.wasm "instances" { };
    }
    `,
    { machines: ["web"], instances: [], open: "another version of Nix may have this builtin" },
  ],
  [
    "machines that cannot be evaluated",
    `
    #- /clan.nix
    { inventory.machines = throw "not today"; inventory.instances.tor.roles.server.tags.all = { }; }
    `,
    { machines: [], instances: ["tor"], open: "not today" },
  ],
  [
    "a flake that hides its clan, beside a file that looks like one",
    `
    #- /flake.nix
    {
      inputs.clan-core.url = "git+https://git.clan.lol/clan/clan-core";
      inputs.magic.url = "github:example/magic";
      outputs = inputs: inputs.magic.everything inputs;
    }
    #- /clan.nix
    { inventory.machines.web = { }; }
    `,
    { machines: ["web"], instances: [], open: "the source of input ‘magic’ is not available" },
  ],
])("%s", async (_name, fixture, expected) => {
  expect(summary(await clanOf(fixture))).toEqual(expected);
});
