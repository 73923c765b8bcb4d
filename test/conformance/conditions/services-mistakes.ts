/** What one's own services read, declare and export. */
import type { Condition } from "./condition.ts";

export const serviceMistakes: readonly Condition[] = [
  {
    title: "a setting that the interface lacks, in a list",
    nix: "refused",
    asksMachines: true,
    says: "attribute 'prot' missing",
    text: `
    #- /clan.nix
    {
      meta.name = "conditions";
      inventory.machines.web = { };
      inventory.machines.db = { };
      inventory.instances.i = { module = { name = "s"; input = "self"; }; roles.r.machines.web = { }; };
      modules.s = ./s.nix;
    }
    #- /s.nix
    { lib, clanLib, ... }: {
      _class = "clan.service";
      manifest.name = "s";
      roles.r.interface.options.port = lib.mkOption { type = lib.types.port; default = 1; };
      roles.r.perInstance = { settings, ... }: { nixosModule.networking.ports = [ settings.prot ]; };
    #                                                                                      ^^^^ error[evaluation-error]
    }`,
  },
  {
    title: "the same in an `mkIf`",
    nix: "refused",
    asksMachines: true,
    says: "attribute 'enable' missing",
    text: `
    #- /clan.nix
    {
      meta.name = "conditions";
      inventory.machines.web = { };
      inventory.machines.db = { };
      inventory.instances.i = { module = { name = "s"; input = "self"; }; roles.r.machines.web = { }; };
      modules.s = ./s.nix;
    }
    #- /s.nix
    { lib, clanLib, ... }: {
      _class = "clan.service";
      manifest.name = "s";
      roles.r.interface.options.port = lib.mkOption { type = lib.types.port; default = 1; };
      roles.r.perInstance = { settings, ... }: { nixosModule = { lib, ... }: { services.x = lib.mkIf (settings.enable) { a = 1; }; }; };
    #                                                                                                          ^^^^^^ error[evaluation-error]
    }`,
  },
  {
    title: "the same for each machine of a role",
    nix: "refused",
    asksMachines: true,
    says: "attribute 'prot' missing",
    text: `
    #- /clan.nix
    {
      meta.name = "conditions";
      inventory.machines.web = { };
      inventory.machines.db = { };
      inventory.instances.i = { module = { name = "s"; input = "self"; }; roles.r.machines.web = { }; };
      modules.s = ./s.nix;
    }
    #- /s.nix
    { lib, clanLib, ... }: {
      _class = "clan.service";
      manifest.name = "s";
      roles.r.interface.options.port = lib.mkOption { type = lib.types.port; default = 1; };
      roles.r.perInstance = { roles, ... }: { nixosModule.services.x = lib.mapAttrs (_: m: m.settings.prot) roles.r.machines; };
    #                                                                                                 ^^^^ error[evaluation-error]
    }`,
  },
  {
    title: "what a machine is asked for and clan does not tell",
    nix: "refused",
    asksMachines: true,
    says: "attribute 'tags' missing",
    text: `
    #- /clan.nix
    {
      meta.name = "conditions";
      inventory.machines.web = { };
      inventory.machines.db = { };
      inventory.instances.i = { module = { name = "s"; input = "self"; }; roles.r.machines.web = { }; };
      modules.s = ./s.nix;
    }
    #- /s.nix
    { lib, clanLib, ... }: {
      _class = "clan.service";
      manifest.name = "s";
      roles.r.perInstance = { machine, ... }: { nixosModule.services.x = machine.tags; };
    #                                                                            ^^^^ error[evaluation-error]
    }`,
  },
  {
    title: "a role of the service that is not there",
    nix: "refused",
    asksMachines: true,
    says: "attribute 'server' missing",
    text: `
    #- /clan.nix
    {
      meta.name = "conditions";
      inventory.machines.web = { };
      inventory.machines.db = { };
      inventory.instances.i = { module = { name = "s"; input = "self"; }; roles.r.machines.web = { }; };
      modules.s = ./s.nix;
    }
    #- /s.nix
    { lib, clanLib, ... }: {
      _class = "clan.service";
      manifest.name = "s";
      roles.r.perInstance = { roles, ... }: { nixosModule.services.x = roles.server.machines; };
    #                                                                        ^^^^^^ error[evaluation-error]
    }`,
  },
  {
    title: "an argument that `perInstance` is not given",
    nix: "refused",
    asksMachines: true,
    says: "attribute 'hostName' missing",
    text: `
    #- /clan.nix
    {
      meta.name = "conditions";
      inventory.machines.web = { };
      inventory.machines.db = { };
      inventory.instances.i = { module = { name = "s"; input = "self"; }; roles.r.machines.web = { }; };
      modules.s = ./s.nix;
    }
    #- /s.nix
    { lib, clanLib, ... }: {
      _class = "clan.service";
      manifest.name = "s";
      roles.r.perInstance = { hostName, ... }: { nixosModule.services.x = "\${hostName}-x"; };
    #                                                                        ^^^^^^^^ error[evaluation-error]
    }`,
  },
  {
    title: "the name of an instance in `perMachine`",
    nix: "refused",
    asksMachines: true,
    says: "attribute 'instanceName' missing",
    text: `
    #- /clan.nix
    {
      meta.name = "conditions";
      inventory.machines.web = { };
      inventory.machines.db = { };
      inventory.instances.i = { module = { name = "s"; input = "self"; }; roles.r.machines.web = { }; };
      modules.s = ./s.nix;
    }
    #- /s.nix
    { lib, clanLib, ... }: {
      _class = "clan.service";
      manifest.name = "s";
      roles.r = { };
      perMachine = { instanceName, ... }: { nixosModule.services.x = instanceName; };
    #                                                                ^^^^^^^^^^^^ error[evaluation-error]
    }`,
  },
  {
    title: "an option of an interface without `mkOption`",
    nix: "refused",
    asksMachines: true,
    says: "`roles.r.interface` is not JSON serializable",
    text: `
    #- /clan.nix
    {
      meta.name = "conditions";
      inventory.machines.web = { };
      inventory.machines.db = { };
      inventory.instances.i = { module = { name = "s"; input = "self"; }; roles.r.machines.web = { }; };
      modules.s = ./s.nix;
    }
    #- /s.nix
    { lib, clanLib, ... }: {
      _class = "clan.service";
      manifest.name = "s";
      roles.r.interface.options.port = { type = lib.types.port; default = 1; };
    #                                  ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ error[evaluation-error]
      roles.r.perInstance = { settings, ... }: { nixosModule.services.x = settings.port; };
    }`,
  },
  {
    title: "`perInstance` in the plural",
    nix: "refused",
    asksMachines: true,
    says: "The option `_services.allServices.self-s.roles.r.perInstances' does not exist",
    text: `
    #- /clan.nix
    {
      meta.name = "conditions";
      inventory.machines.web = { };
      inventory.machines.db = { };
      inventory.instances.i = { module = { name = "s"; input = "self"; }; roles.r.machines.web = { }; };
      modules.s = ./s.nix;
    }
    #- /s.nix
    { lib, clanLib, ... }: {
      _class = "clan.service";
      manifest.name = "s";
      roles.r.perInstances = { ... }: { nixosModule = { }; };
    #         ^^^^^^^^^^^^ error[unknown-option]
    }`,
  },
  {
    title: "`nixosModules` of a service",
    nix: "refused",
    asksMachines: true,
    says: "The option `nixosModules' does not exist",
    text: `
    #- /clan.nix
    {
      meta.name = "conditions";
      inventory.machines.web = { };
      inventory.machines.db = { };
      inventory.instances.i = { module = { name = "s"; input = "self"; }; roles.r.machines.web = { }; };
      modules.s = ./s.nix;
    }
    #- /s.nix
    { lib, clanLib, ... }: {
      _class = "clan.service";
      manifest.name = "s";
      roles.r.perInstance = { ... }: { nixosModules = { }; };
    #                                  ^^^^^^^^^^^^ error[unknown-option]
    }`,
  },
  {
    title: "`perMachine` of a role",
    nix: "refused",
    asksMachines: true,
    says: "The option `_services.allServices.self-s.roles.r.perMachine' does not exist",
    text: `
    #- /clan.nix
    {
      meta.name = "conditions";
      inventory.machines.web = { };
      inventory.machines.db = { };
      inventory.instances.i = { module = { name = "s"; input = "self"; }; roles.r.machines.web = { }; };
      modules.s = ./s.nix;
    }
    #- /s.nix
    { lib, clanLib, ... }: {
      _class = "clan.service";
      manifest.name = "s";
      roles.r.perMachine = { ... }: { nixosModule = { }; };
    #         ^^^^^^^^^^ error[unknown-option]
    }`,
  },
];
