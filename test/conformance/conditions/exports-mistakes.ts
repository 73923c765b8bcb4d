/** Mistakes in what one's own services export and how they are defined, and what real Nix says of them. */
import type { Condition } from "./condition.ts";

export const exportMistakes: readonly Condition[] = [
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
