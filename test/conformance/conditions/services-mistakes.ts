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
  {
    title: "an interface of exports that is not there",
    nix: "refused",
    asksMachines: true,
    says: "Export interface",
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
      manifest.exports.out = [ "endpoint" ];
    #                           ^^^^^^^^ error[unknown-interface]
      roles.r.perInstance = { mkExports, ... }: { exports = mkExports { endpoint.hosts = [ "x" ]; }; };
    }`,
  },
  {
    title: "an option that an interface of exports lacks",
    nix: "refused",
    asksMachines: true,
    says: 'The option `exports."s',
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
      manifest.exports.out = [ "endpoints" ];
      roles.r.perInstance = { mkExports, ... }: { exports = mkExports { endpoints.host = [ "x" ]; }; };
    #                                                                             ^^^^ error[unknown-option]
    }`,
  },
  {
    title: "exports without `mkExports`",
    nix: "refused",
    asksMachines: true,
    says: "parseScope",
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
      manifest.exports.out = [ "endpoints" ];
      roles.r.perInstance = { ... }: { exports = { endpoints.hosts = [ "x" ]; }; };
    #                                              ^^^^^^^^^ error[unknown-interface]
    }`,
  },
  {
    title: "exports of a service itself",
    nix: "refused",
    asksMachines: true,
    says: "parseScope",
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
      manifest.exports.out = [ "endpoints" ];
      exports.endpoints.hosts = [ "x" ];
    #         ^^^^^^^^^ error[unknown-interface]
      roles.r = { };
    }`,
  },
  {
    title: "an interface that the manifest does not name",
    nix: "refused",
    asksMachines: true,
    says: 'The option `exports."s',
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
      manifest.exports.out = [ "peer" ];
      roles.r.perInstance = { mkExports, ... }: { exports = mkExports { endpoints.hosts = [ "x" ]; }; };
    #                                                                   ^^^^^^^^^ error[unknown-interface]
    }`,
  },
  {
    title: "`selectExports` without a function",
    nix: "refused",
    asksMachines: true,
    says: "selectExports expected a function",
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
      roles.r.perInstance = { exports, ... }: { nixosModule.services.x = clanLib.selectExports "s" exports; };
    #                                                                                           ^ error[evaluation-error]
    }`,
  },
  {
    title: "one service defined in two files",
    nix: "refused",
    asksMachines: true,
    says: "The option `modules.s' is defined multiple times while it's expected to be unique",
    text: `
    modules.s = { _class = "clan.service"; manifest.name = "s"; roles.r = { }; };
    #       ^ error[duplicate-settings]
    imports = [ { modules.s = { _class = "clan.service"; manifest.name = "s"; roles.r = { }; }; } ];
    #                     ^ error[duplicate-settings]
    inventory.instances.s = { module.input = "self"; roles.r.machines.web = { }; };`,
  },
  {
    title: "generators that a service exports",
    nix: "accepted",
    asksMachines: true,
    text: `
    #- /clan.nix
    {
      meta.name = "conditions";
      inventory.machines.web = { };
      modules.s = ./s.nix;
      inventory.instances.i = { module = { name = "s"; input = "self"; }; roles.r.machines.web = { }; };
    }
    #- /s.nix
    { lib, ... }: {
      _class = "clan.service";
      manifest.name = "s";
      manifest.exports.out = [ "generators" ];
      roles.r.perInstance = { mkExports, machine, ... }: {
        exports = mkExports {
          generators.generators.token = { files.a = { deploy = [ machine.name ]; }; script = "date > $out/a"; };
          generators.generators.door = { pkgs, ... }: {
            dependencies.token = { name = "token"; };
            prompts.pin.type = "hidden";
            files.b.secret = true;
            runtimeInputs = [ pkgs.openssl ];
            script = "cat $prompts/pin $in/token/a > $out/b";
          };
        };
      };
    }`,
  },
  {
    title: "generators that a service exports, one level too high",
    nix: "refused",
    asksMachines: true,
    says: 'The option `exports."s:i:r:web".generators.token\' does not exist',
    text: `
    #- /clan.nix
    {
      meta.name = "conditions";
      inventory.machines.web = { };
      modules.s = ./s.nix;
      inventory.instances.i = { module = { name = "s"; input = "self"; }; roles.r.machines.web = { }; };
    }
    #- /s.nix
    { lib, ... }: {
      _class = "clan.service";
      manifest.name = "s";
      manifest.exports.out = [ "generators" ];
      roles.r.perInstance = { mkExports, machine, ... }: {
        exports = mkExports {
          generators.token = { files.a = { }; script = "date > $out/a"; };
    #                ^^^^^ error[unknown-option]: \`exports.generators\` of the role \`r\` has no option \`token\`. Options: \`generators\`.
        };
      };
    }`,
  },
  {
    title: "a generator that a service exports as a text",
    nix: "refused",
    asksMachines: true,
    says: "A definition for option `exports.\"s:i:r:web\".generators.generators.token' is not of type `module'",
    text: `
    #- /clan.nix
    {
      meta.name = "conditions";
      inventory.machines.web = { };
      modules.s = ./s.nix;
      inventory.instances.i = { module = { name = "s"; input = "self"; }; roles.r.machines.web = { }; };
    }
    #- /s.nix
    { lib, ... }: {
      _class = "clan.service";
      manifest.name = "s";
      manifest.exports.out = [ "generators" ];
      roles.r.perInstance = { mkExports, machine, ... }: {
        exports = mkExports {
          generators.generators.token = "date > $out/a";
    #                                   ^^^^^^^^^^^^^^^ error[type-mismatch]
        };
      };
    }`,
  },
  {
    title: "what a service exports generators as, in the singular",
    nix: "refused",
    asksMachines: true,
    says: 'The option `exports."s:i:r:web".generators.generator\' does not exist',
    text: `
    #- /clan.nix
    {
      meta.name = "conditions";
      inventory.machines.web = { };
      modules.s = ./s.nix;
      inventory.instances.i = { module = { name = "s"; input = "self"; }; roles.r.machines.web = { }; };
    }
    #- /s.nix
    { lib, ... }: {
      _class = "clan.service";
      manifest.name = "s";
      manifest.exports.out = [ "generators" ];
      roles.r.perInstance = { mkExports, machine, ... }: {
        exports = mkExports {
          generators.generator.token = { files.a = { }; script = "date > $out/a"; };
    #                ^^^^^^^^^ error[unknown-option]: …Did you mean \`generators\`?…
        };
      };
    }`,
  },
  {
    title: "a class of a service that is no text",
    nix: "refused",
    says: "cannot coerce an integer to a string: 1",
    text: `
    #- /clan.nix
    {
      meta.name = "conditions";
      inventory.machines.web = { };
      modules.s = ./s.nix;
      inventory.instances.i = { module = { name = "s"; input = "self"; }; roles.r.machines.web = { }; };
    }
    #- /s.nix
    { _class = "clan.service" + 1; manifest.name = "s"; roles.r = { }; }
    #                           ^ error[evaluation-error]`,
  },
];
