/** Conditions of code that asks for itself, of modules that ask for what is made of all modules, and of what only looks so. */
import type { Condition } from "./condition.ts";

const RECURSION = "infinite recursion encountered";

/** A clan.nix that is a function, with these lines in its set. */
function clan(lines: string, more = ""): string {
  return `
    #- /clan.nix
    { lib, config, options, self, ... }:
    {
      meta.name = "conditions";
      inventory.machines.web = { };
${lines}
    }
${more}`;
}

function machine(text: string, more = ""): string {
  return `
    #- /clan.nix
    { meta.name = "conditions"; inventory.machines.web = { }; }
    #- /machines/web/configuration.nix
${text}
${more}`;
}

const flakeParts = (text: string): string => `
    #- /flake.nix
    {
      inputs.clan-core.url = "https://git.clan.lol/clan/clan-core/archive/main.tar.gz";
      inputs.flake-parts.url = "github:hercules-ci/flake-parts";
      outputs = inputs@{ self, flake-parts, ... }: flake-parts.lib.mkFlake { inherit inputs; } ({ config, lib, ... }: {
${text}
        systems = [ "x86_64-linux" ];
        flake.flakeModules.more = { };
        flake.nixosModules.base = { };
        clan = { meta.name = "conditions"; inventory.machines.web = { }; machines.web.imports = [ self.nixosModules.base config.flake.nixosModules.base ]; };
      });
    }
    #- /x.nix
    { }`;

export const recursionConditions: readonly Condition[] = [
  {
    title: "a module that is imported if `config` says so",
    nix: "refused",
    says: RECURSION,
    text: clan(
      `
      imports = lib.optional (config.inventory.machines ? web) ./x.nix;
    #                         ^^^^^^^^^^^^^^^^^^^^^^^^^ error[evaluation-error]: …infinite recursion encountered. \`config\` is made of all modules…`,
      `
    #- /x.nix
    { }`,
    ),
  },
  {
    title: "the same by a variable",
    nix: "refused",
    says: RECURSION,
    text: `
    #- /clan.nix
    { lib, config, ... }:
    let
      isDemo = config.inventory.meta.name == "demo";
    #          ^^^^^^^^^^^^^^^^^^^^^^^^^^ error[evaluation-error]
    in
    {
      meta.name = "demo";
      imports = [ ] ++ lib.optionals isDemo [ ./x.nix ];
    }
    #- /x.nix
    { }`,
  },
  {
    title: "a module that is imported if there is an option",
    nix: "refused",
    says: RECURSION,
    text: clan(
      `
      imports = if options ? meta then [ ./x.nix ] else [ ];
    #              ^^^^^^^^^^^^^^ error[evaluation-error]: …\`options\` is made of all modules…`,
      `
    #- /x.nix
    { }`,
    ),
  },
  {
    title: "a whole module that is one thing or another by `config`",
    nix: "refused",
    says: RECURSION,
    text: `
    #- /clan.nix
    { config, ... }:
    if config.inventory.meta.name == "demo" then { } else { meta.name = "demo"; }
    #  ^^^^^^^^^^^^^^^^^^^^^^^^^^ error[evaluation-error]`,
  },
  {
    title: "a machine's module that is imported if `config` says so",
    nix: "refused",
    says: RECURSION,
    text: machine(
      `
    { lib, config, ... }: { imports = lib.optional config.services.nginx.enable ./x.nix; }
    #                                              ^^^^^^^^^^^^^^^^^^^^^^^^^^^^ error[evaluation-error]`,
      `
    #- /machines/web/x.nix
    { }`,
    ),
  },
  {
    title: "a machine's module that is imported by `pkgs`",
    nix: "refused",
    says: RECURSION,
    text: machine(
      `
    { lib, pkgs, ... }: { imports = lib.optional pkgs.stdenv.hostPlatform.isLinux ./x.nix; }
    #                                            ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ error[evaluation-error]: …\`pkgs\` is made of all modules…`,
      `
    #- /machines/web/x.nix
    { }`,
    ),
  },
  {
    title: "definitions of a machine that are there if `config` says so, without `mkIf`",
    nix: "refused",
    says: RECURSION,
    text: machine(`
    { lib, config, ... }: lib.optionalAttrs config.services.nginx.enable { networking.hostName = "x"; }
    #                                       ^^^^^^^^^^^^^^^^^^^^^^^^^^^^ error[evaluation-error]`),
  },
  {
    title: "a module of a service that is imported if `config` says so",
    nix: "refused",
    says: RECURSION,
    text: clan(
      `
      modules.s = ./s.nix;
      inventory.instances.i = { module = { name = "s"; input = "self"; }; roles.r.machines.web = { }; };`,
      `
    #- /s.nix
    { lib, config, ... }: {
      _class = "clan.service";
      manifest.name = "s";
      imports = lib.optional (config.manifest.name == "s") ./x.nix;
    #                         ^^^^^^^^^^^^^^^^^^^^ error[evaluation-error]
      roles.r.perInstance = { ... }: { nixosModule = { }; };
    }
    #- /x.nix
    { }`,
    ),
  },
  {
    title: "flake modules that are imported through `self`",
    nix: "refused",
    says: RECURSION,
    text: flakeParts(`
        imports = [ inputs.clan-core.flakeModules.default self.flakeModules.more ];
    #                                                     ^^^^^^^^^^^^^^^^^^^^^^ error[evaluation-error]: …\`self\` is made of all modules…`),
  },
  {
    title: "flake modules that are imported through `inputs.self`",
    nix: "refused",
    says: RECURSION,
    text: flakeParts(`
        imports = [ inputs.clan-core.flakeModules.default inputs.self.flakeModules.more ];
    #                                                     ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ error[evaluation-error]`),
  },
  {
    title: "flake modules that are imported if `config` says so",
    nix: "refused",
    says: RECURSION,
    text: flakeParts(`
        imports = [ inputs.clan-core.flakeModules.default ] ++ lib.optional (config.systems != [ ]) ./x.nix;
    #                                                                        ^^^^^^^^^^^^^^ error[evaluation-error]`),
  },
  {
    title: "an option of its own value",
    nix: "refused",
    says: RECURSION,
    text: clan(`
      inventory.machines.db.tags = config.inventory.machines.db.tags ++ [ "b" ];
    #                              ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ error[evaluation-error]: …Its value is needed to compute itself.`),
  },
  {
    title: "two options that are each other's value",
    nix: "refused",
    says: RECURSION,
    text: clan(`
      inventory.machines.a.description = config.inventory.machines.b.description;
      inventory.machines.b.description = config.inventory.machines.a.description;
    #                                    ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ error[evaluation-error]`),
  },
  {
    title: "machines made of the machines",
    nix: "refused",
    says: RECURSION,
    text: `
    #- /clan.nix
    { lib, config, ... }: {
      meta.name = "conditions";
      inventory.machines = lib.mapAttrs (_: _: { tags = [ "x" ]; }) config.inventory.machines;
    #                                                               ^^^^^^^^^^^^^^^^^^^^^^^^^ error[evaluation-error]
    }`,
  },
  {
    title: "a setting of its own value",
    nix: "refused",
    says: RECURSION,
    text: clan(`
      inventory.instances.sshd.roles.server.machines.web = { };
      inventory.instances.sshd.roles.server.settings.certificate.searchDomains =
        config.inventory.instances.sshd.roles.server.settings.certificate.searchDomains;
    #   ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ error[evaluation-error]`),
  },
  {
    title: "a whole inventory that is there if a part of it is",
    nix: "refused",
    says: RECURSION,
    text: `
    #- /clan.nix
    { lib, config, ... }: {
      meta.name = "conditions";
      inventory = lib.mkMerge [
        { machines.web = { }; }
        (lib.mkIf (config.inventory.machines ? web) { instances.sshd.roles.server.tags.all = { }; })
    #              ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ error[evaluation-error]
      ];
    }`,
  },
  {
    title: "a `let` of itself",
    nix: "refused",
    says: RECURSION,
    text: `
    #- /clan.nix
    let
      name = name;
    #        ^^^^ error[evaluation-error]: …infinite recursion encountered. Its value is needed to compute itself.
    in
    { meta.name = name; inventory.machines.web = { }; }`,
  },
  {
    title: "a `rec` set where the outer name was meant",
    nix: "refused",
    says: RECURSION,
    text: `
    #- /clan.nix
    { ... }:
    let tags = [ "a" ]; in
    { meta.name = "conditions"; inventory.machines.web = rec { tags = tags ++ [ "b" ]; }; }
    #                                                                 ^^^^^^^^^^^^^^^ error[evaluation-error]`,
  },
  {
    title: "two lists made of each other",
    nix: "refused",
    says: RECURSION,
    text: `
    #- /clan.nix
    { lib, ... }:
    let
      hosts = map (host: host.name) all;
    #         ^^^^^^^^^^^^^^^^^^^^^^^^^ error[evaluation-error]
      all = map (name: { inherit name; }) hosts;
    in
    { meta.name = "conditions"; inventory.machines = lib.genAttrs hosts (_: { }); }`,
  },
  {
    title: "`config.meta.name`: it is `config.inventory.meta.name`",
    nix: "refused",
    says: "attribute 'name' missing",
    text: clan(`
      inventory.machines.web.tags = [ config.meta.name ];
    #                                             ^^^^ error[evaluation-error]: …write \`config.inventory.meta.name\`.`),
  },
  {
    title: "options made of other options, of the clan's name and of the names of machines",
    nix: "accepted",
    text: clan(`
      meta.description = config.inventory.meta.name;
      inventory.machines.a.tags = [ "x" ];
      inventory.machines.b.tags = config.inventory.machines.a.tags ++ [ config.inventory.meta.name ];
      inventory.tags.some = lib.attrNames config.inventory.machines;
      inventory.instances.sshd.roles.server.machines = lib.mapAttrs (_: _: { }) config.inventory.machines;
      inventory.instances.users = lib.mkIf (config.inventory.machines ? a) { module.name = "importer"; roles.default.tags.all = { }; };`),
  },
  {
    title: "an option of its own value by default, and defined elsewhere",
    nix: "accepted",
    text: clan(`
      imports = [ { inventory.machines.db.tags = [ "z" ]; } ];
      inventory.machines.db.tags = lib.mkDefault config.inventory.machines.db.tags;`),
  },
  {
    title: "sets whose parts ask for each other",
    nix: "accepted",
    text: `
    #- /clan.nix
    { lib, ... }:
    let
      hosts = {
        a = { ip = "1"; peers = [ hosts.b.ip ]; };
        b = { ip = "2"; peers = [ hosts.a.ip ]; };
      };
      count = n: if n == 0 then [ ] else count (n - 1) ++ [ "w\${toString n}" ];
    in
    rec {
      meta.name = "conditions";
      inventory.machines = lib.mapAttrs (_: host: { tags = host.peers ++ count 3 ++ [ meta.name ]; }) hosts;
    }`,
  },
  {
    title: "definitions with `mkIf` on what they stand beside",
    nix: "accepted",
    text: machine(`
    { lib, config, ... }: {
      options.my.names = lib.mkOption { type = lib.types.listOf lib.types.str; default = [ ]; };
      options.my.enable = lib.mkOption { type = lib.types.bool; default = true; };
      config = lib.mkIf config.my.enable {
        networking.hostName = "web";
        my.names = [ "a" ];
        networking.domain = config.networking.hostName;
        clan.core.vars.generators = lib.genAttrs config.my.names (_: { files.k = { }; script = "date > $out/k"; });
      };
    }`),
  },
  {
    title: "`self` and `config` of a flake where what they hold is used, and not imported",
    nix: "accepted",
    text: flakeParts(`
        imports = [ inputs.clan-core.flakeModules.default ];`),
  },
  {
    title: "instances that are made of the instances, under other names",
    nix: "refused",
    says: RECURSION,
    text: clan(`
      inventory.instances = lib.mapAttrs' (name: lib.nameValuePair (name + "-2")) config.inventory.instances;
    #                                                                             ^^^^^^^^^^^^^^^^^^^^^^^^^^ error[evaluation-error]`),
  },
  {
    title: "a tag for machines that have the tag",
    nix: "refused",
    says: RECURSION,
    text: clan(`
      inventory.tags.srv = lib.attrNames (lib.filterAttrs (_: m: lib.elem "srv" m.tags) config.inventory.machines);
    #                                                                           ^^^^^^ error[evaluation-error]`),
  },
  {
    title: "a tag for machines that have another tag",
    nix: "refused",
    says: RECURSION,
    text: clan(`
      inventory.tags.srv = if lib.elem "b" config.inventory.machines.web.tags then [ "web" ] else [ ];
    #                                      ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ error[evaluation-error]`),
  },
  {
    title: "a tag that is the tags of a machine",
    nix: "refused",
    says: RECURSION,
    text: clan(`
      inventory.tags.srv = config.inventory.machines.web.tags;
    #                      ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ error[evaluation-error]`),
  },
  {
    title: "a tag for machines of a class, and with an address",
    nix: "accepted",
    text: clan(`
      inventory.tags.linux = lib.attrNames (lib.filterAttrs (_: m: m.machineClass == "nixos") config.inventory.machines);
      inventory.tags.here = lib.attrNames (lib.filterAttrs (_: m: m.deploy.targetHost == null) config.inventory.machines);`),
  },
  {
    title:
      "tags of a machine that are given by `inventory.tags`, and by clan, where `config` is asked for them",
    nix: "accepted",
    text: `
    #- /clan.nix
    { lib, config, ... }:
    let
      tagged = tag: lib.filterAttrs (_: m: lib.elem tag m.tags) config.inventory.machines;
    in
    {
      meta.name = if tagged "all" ? web && tagged "nixos" ? web && tagged "srv" ? web then "conditions" else 1;
      meta.description = lib.last config.inventory.machines.web.tags;
      inventory.machines.web.tags = [ "own" ];
      inventory.machines.db = { };
      inventory.tags.srv = [ "web" ];
      inventory.instances.sshd.roles.server.machines = lib.mapAttrs (_: _: { }) (tagged "srv");
      inventory.instances.users.roles = if tagged "srv" ? db then { nope = { }; } else { };
    }`,
  },
];
