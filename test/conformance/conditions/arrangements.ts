/** Conditions of how a clan is arranged, and of what used to be or is seldom written. */
import type { Condition } from "./condition.ts";

function flakeParts(lines: string): string {
  return `#- /flake.nix
{
  inputs.clan-core.url = "https://git.clan.lol/clan/clan-core/archive/main.tar.gz";
  inputs.flake-parts.url = "github:hercules-ci/flake-parts";
  outputs = inputs@{ flake-parts, ... }: flake-parts.lib.mkFlake { inherit inputs; } {
    systems = [ "x86_64-linux" ];
    imports = [ inputs.clan-core.flakeModules.default ];
${lines}
  };
}
`;
}

export const arrangementConditions: readonly Condition[] = [
  {
    title: "`clan` of flake-parts in two modules, merged",
    nix: "accepted",
    text: flakeParts(`    clan = { imports = [ { inventory.machines.web.tags = [ "a" ]; } ]; meta.name = "x"; };
    flake.clan.inventory.machines.web.tags = [ "b" ];`),
  },
  {
    title: "`clan` of flake-parts that is a list",
    nix: "refused",
    says: "is not of type",
    text: flakeParts(`    clan = [ ];
    #      ^^^ error[type-mismatch]`),
  },
  {
    title: "the deprecated `lib.buildClan`",
    nix: "accepted",
    text: `#- /flake.nix
{
  inputs.clan-core.url = "https://git.clan.lol/clan/clan-core/archive/main.tar.gz";
  outputs = { self, clan-core, ... }:
    let
      clan = clan-core.lib.buildClan { inherit self; meta.name = "x"; inventory.machines.web = { }; };
    in
    {
      inherit clan;
      inherit (clan) nixosConfigurations nixosModules clanInternals;
    };
}
`,
  },
  {
    title: "machines and inventory.json below `directory`",
    nix: "accepted",
    text: `
    #- /clan.nix
    { self, ... }:
    {
      meta.name = "x";
      directory = "\${self}/fleet";
      inventory.instances.sshd.roles.server.machines = { a = { }; b = { }; };
    }
    #- /fleet/machines/a/configuration.nix
    { }
    #- /fleet/inventory.json
    { "machines": { "b": { } } }`,
  },
  {
    title: "an import of a file that is not there",
    nix: "refused",
    says: "there.nix",
    text: `
  imports = [ ./not-there.nix ];
  #           ^^^^^^^^^^^^^^^ error[evaluation-error]`,
  },
  {
    title: "a variable that nothing binds, used or not",
    nix: "refused",
    says: "undefined variable",
    text: `
  specialArgs.unused = nowhere;
  #                    ^^^^^^^ error[evaluation-error]`,
  },
  {
    title: "a machine under a false `mkIf`: it is there all the same",
    nix: "accepted",
    text: `
    #- /clan.nix
    { lib, ... }:
    {
      meta.name = "x";
      inventory.machines.web = lib.mkIf false { tags = [ "a" ]; };
      inventory.instances.sshd.roles.server.machines.web = { };
    }`,
  },
  {
    title: "`deploy.buildHost` and `deploy.targetHost` null",
    nix: "accepted",
    text: "  inventory.machines.web.deploy = { buildHost = null; targetHost = null; };",
  },
  {
    title: "names in `deprecatedModules`",
    nix: "accepted",
    text: `  deprecatedModules = [ "coredns" ];`,
  },
  {
    title: "`vars.settings.recipients`",
    nix: "accepted",
    text: `  vars.settings.recipients = { default = [ "age1x" ]; hosts.web = [ "age1y" ]; };`,
  },
  {
    title: "the assertion of a check twice",
    nix: "refused",
    says: "read-only",
    text: `
  imports = [ { checks.age.assertion = true; } ];
  #                                    ^^^^ error[duplicate-settings]
  checks.age = { assertion = true; message = "m"; };
  #                          ^^^^ error[duplicate-settings]`,
  },
  {
    title: "`checks.minNixpkgsVersion.ignore`",
    nix: "accepted",
    text: "  checks.minNixpkgsVersion.ignore = true;",
  },
  {
    title: "the service `admin`, which is gone",
    nix: "accepted",
    text: "  inventory.instances.admin.roles.default.tags.all = { };",
  },
  {
    title: "the service `coredns`, which moved",
    nix: "refused",
    says: "coredns",
    text: `
  inventory.instances.coredns.roles.server.tags.all = { };
  #                   ^^^^^^^ error[unknown-service]`,
  },
  {
    title: "a priority: `mkDefault` for a role, another value for a machine",
    nix: "accepted",
    text: `
    #- /clan.nix
    { lib, ... }:
    {
      meta.name = "x";
      inventory.machines.web = { };
      inventory.instances.internet.roles.default = {
        tags.all = { };
        settings.host = lib.mkDefault "a";
        machines.web.settings.host = "b";
      };
    }`,
  },
  {
    title: "several instances of one service",
    nix: "accepted",
    text: `
  inventory.instances.a = { module.name = "sshd"; roles.server.tags.all = { }; };
  inventory.instances.b = { module.name = "sshd"; module.input = "clan-core"; roles.client.tags.all = { }; };`,
  },
  {
    title: "packages asked for by a module of the clan",
    nix: "refused",
    says: "attribute 'pkgs' missing",
    text: `
    #- /clan.nix
    { pkgs, ... }:
    {
      meta.name = "x";
      meta.description = pkgs.name;
    #                    ^^^^^^^^^ error[evaluation-error]
      inventory.machines.web = { };
    }`,
  },
];
