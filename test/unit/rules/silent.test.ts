/** Arrangements that work, or of which too little is known: no finding may be made about them. */
import { expect, test } from "vitest";
import { findingTexts } from "../helpers/check.ts";

const flakeParts = `
    #- /flake.nix
    {
      inputs.clan-core.url = "https://git.clan.lol/clan/clan-core/archive/main.tar.gz";
      inputs.flake-parts.url = "github:hercules-ci/flake-parts";
      inputs.other.url = "github:someone/other";
      outputs = inputs@{ flake-parts, ... }:
        flake-parts.lib.mkFlake { inherit inputs; } {
          systems = [ "x86_64-linux" ];
          clan.meta.name = "x";
          imports = [
            inputs.clan-core.flakeModules.default
            inputs.other.flakeModules.default
            ./clan.nix
          ];
        };
    }`;

const arrangements: Readonly<Record<string, string>> = {
  "machines of another flake": `${flakeParts}
    #- /clan.nix
    { inputs, lib, ... }:
    {
      clan.inventory.machines = lib.mapAttrs (_: _: { }) inputs.other.nixosConfigurations;
      clan.inventory.instances.sshd.roles.server = { machines.anything = { }; tags = [ "anything" ]; };
      clan.inventory.tags.web = [ "anything" ];
    }`,
  "tags of another flake": `${flakeParts}
    #- /clan.nix
    { inputs, ... }:
    {
      clan.inventory.machines.a.tags = inputs.other.tags ++ [ "x" ];
      clan.inventory.instances.sshd.roles.server.tags = [ "y" ];
      clan.inventory.instances.zerotier.roles.controller.tags = [ "y" ];
    }`,
  "a service of another flake": `${flakeParts}
    #- /clan.nix
    {
      clan.inventory.machines.a = { };
      clan.inventory.instances.x = {
        module = { name = "y"; input = "other"; };
        roles.anything.machines.a.settings.anything = 1;
      };
    }`,
  "a name that is not known": `${flakeParts}
    #- /clan.nix
    { inputs, ... }:
    {
      clan.inventory.machines.a = { };
      clan.inventory.instances.x = { module.name = inputs.other.name; roles.anything.machines.a = { }; };
      clan.inventory.instances.y = { module.input = inputs.other.name; roles.anything.machines.a = { }; };
      clan.inventory.instances.z = inputs.other.instance // { roles.anything.machines.a = { }; };
      clan.inventory.instances.sshd.roles = inputs.other.roles;
    }`,
  "conditions that are not known": `${flakeParts}
    #- /clan.nix
    { inputs, lib, ... }:
    {
      clan.inventory.machines.a = { };
      clan.inventory.instances.sshd.roles.sever = lib.mkIf inputs.other.x { machines.a = { }; };
      clan.inventory.instances.borgbackup.roles =
        if inputs.other.x then { sever.machines.b = { }; } else { server.machines.a = { }; };
      clan.inventory.instances.internet.roles.default.machines.a.settings =
        lib.optionalAttrs inputs.other.x { prot = 80; };
      clan.inventory.instances.zerotier = lib.mkIf inputs.other.x { roles.peer.tags = [ "all" ]; };
    }`,
  "settings that are not known": `${flakeParts}
    #- /clan.nix
    { inputs, ... }:
    {
      clan.inventory.machines.a = { };
      clan.inventory.instances.wireguard.roles.controller.machines.a.settings = inputs.other.settings;
      clan.inventory.instances.w2 = {
        module.name = "wireguard";
        roles.controller.settings = { port = inputs.other.port; endpoint = inputs.other.host; };
        roles.controller.tags = [ "all" ];
        roles.peer.machines.a.settings = { port = 1; } // inputs.other.settings;
      };
    }`,
  "services of one's own that another flake adds to": `${flakeParts}
    #- /clan.nix
    { inputs, ... }:
    {
      clan.modules = inputs.other.services;
      clan.inventory.machines.a = { };
      clan.inventory.instances.x = { module.input = "self"; roles.anything.machines.a = { }; };
    }`,
  "an interface that is not known": `${flakeParts}
    #- /clan.nix
    { inputs, ... }:
    {
      clan.modules.x = { roles.r.interface = inputs.other.interface; };
      clan.modules.y = { lib, ... }: { roles = inputs.other.roles // { r = { }; }; };
      clan.modules.z = { lib, ... }: {
        roles.r.interface = { imports = [ inputs.other.m ]; options.a = lib.mkOption { type = lib.types.str; }; };
      };
      clan.inventory.machines.a = { };
      clan.inventory.instances.x = { module.input = "self"; roles.r.machines.a.settings.q = 1; };
      clan.inventory.instances.y = { module.input = "self"; roles.s.machines.a = { }; };
      clan.inventory.instances.z = { module.input = "self"; roles.r.machines.a.settings = { a = "x"; b = 1; }; };
    }`,
  "a service that fills in its settings itself": `
    {
      modules.user = { lib, ... }: {
        _class = "clan.service";
        manifest.name = "user";
        roles.default = {
          interface.options.name = lib.mkOption { type = lib.types.str; };
          perInstance = { extendSettings, instanceName, ... }: {
            nixosModule.users.x = (extendSettings { name = lib.mkDefault instanceName; }).name;
          };
        };
      };
      inventory.machines.a = { };
      inventory.instances.user = { module.input = "self"; roles.default.tags = [ "all" ]; };
    }`,
  "an interface with values of its own, and free names": `
    {
      modules.user = { lib, ... }: {
        roles.default.interface = { config, ... }: {
          freeformType = lib.types.attrsOf lib.types.str;
          options.a = lib.mkOption { type = lib.types.str; };
          options.users = lib.mkOption {
            type = lib.types.attrsOf (lib.types.submodule ({ name, ... }: {
              options.name = lib.mkOption { type = lib.types.str; default = name; };
            }));
          };
          config.a = lib.mkDefault "x";
        };
      };
      inventory.machines.a = { };
      inventory.instances.user = {
        module.input = "self";
        roles.default.machines.a.settings = { anything = "x"; users.me = { }; };
      };
    }`,
  "fragments of an inventory, merged": `
    #- /clan.nix
    { lib, ... }:
    {
      inventory = lib.foldl' lib.recursiveUpdate { } (
        map (name: let part = import (./parts + "/\${name}"); in if lib.isFunction part then part { inherit lib; } else part)
          (lib.filter (name: !(lib.hasPrefix "_" name)) (lib.attrNames (builtins.readDir ./parts)))
      );
    }
    #- /parts/_template.nix
    { instances.x.roles.nonsense = { }; }
    #- /parts/machines.nix
    { machines.a.tags = [ "t" ]; }
    #- /parts/sshd.nix
    { lib }: { instances.sshd.roles.server.tags = lib.singleton "t"; }`,
  "no machines yet": `
    {
      meta.name = "new";
      inventory.machines = { };
      inventory.instances.sshd.roles.server.tags.all = { };
      inventory.instances.user-root = { module.name = "users"; roles.default.tags.all = { }; };
    }`,
  "a machine as a module, an instance as a function": `
    {
      inventory.machines.a = { name, ... }: { tags = [ name ]; };
      inventory.instances.sshd = { ... }: { roles.server.tags = [ "a" ]; };
    }`,
  "what mkForce and mkIf take away": `
    #- /clan.nix
    { lib, ... }:
    {
      imports = [ ./more.nix ];
      inventory.machines.a = { };
      inventory.instances.sshd.roles = lib.mkForce { server.machines.a = { }; };
      inventory.instances.borgbackup.roles.sever = lib.mkIf false { };
    }
    #- /more.nix
    { inventory.instances.sshd.roles.sever.machines.a = { }; }`,
};

test.each(Object.entries(arrangements))("%s", async (_name, text) => {
  expect(await findingTexts(`${text}\n`)).toEqual([]);
});
