/** Code that is called otherwise than it is meant, and data that is broken. */
import type { Condition } from "./condition.ts";

export const codeMistakes: readonly Condition[] = [
  {
    title: "`genAttrs` without a function",
    nix: "refused",
    says: "attempt to call something which is not a function but a set",
    text: `
    #- /clan.nix
    { lib, ... }: {
      meta.name = "conditions";
      inventory.machines.web = { };
      inventory.tags = lib.genAttrs [ "a" ];
    #                                  ^ error[evaluation-error]
    }`,
  },
  {
    title: "`genAttrs` with a set for its function",
    nix: "refused",
    says: "attempt to call something which is not a function but a set",
    text: `
    #- /clan.nix
    { lib, ... }: {
      meta.name = "conditions";
      inventory.machines.web = { };
      inventory.tags = lib.genAttrs [ "db" ] { };
    #                                        ^^^ error[evaluation-error]
    }`,
  },
  {
    title: "`mapAttrs` whose function takes one argument",
    nix: "refused",
    says: "attempt to call something which is not a function but a list",
    text: `
    #- /clan.nix
    { lib, ... }: {
      meta.name = "conditions";
      inventory.machines.web = { };
      inventory.tags = lib.mapAttrs (name: [ name ]) { web = 1; };
    #                                      ^^^^^^^^ error[evaluation-error]
    }`,
  },
  {
    title: "`mapAttrs` with its arguments the other way round",
    nix: "refused",
    says: "expected a set but found a function",
    text: `
    #- /clan.nix
    { lib, ... }: {
      meta.name = "conditions";
      inventory.machines.web = { };
      inventory.tags = lib.mapAttrs { web = 1; } (name: _: [ name ]);
    #                                             ^^^^^^^^^^^^^^^^^ error[evaluation-error]
    }`,
  },
  {
    title: "`mkMerge` of a set, in a role",
    nix: "refused",
    says: "expected a list but found a set",
    text: `
    #- /clan.nix
    { lib, ... }: {
      meta.name = "conditions";
      inventory.machines.web = { };
      inventory.instances.sshd.roles.server.settings = lib.mkMerge { certificate.enable = true; };
    #                                                              ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ error[evaluation-error]
    }`,
  },
  {
    title: "`mkMerge` of two sets that are not in a list",
    nix: "refused",
    says: "expected a list but found a set",
    text: `
    #- /clan.nix
    { lib, ... }: {
      meta.name = "conditions";
      inventory.machines.web = { };
      inventory.instances = lib.mkMerge { sshd.roles.server.tags.all = { }; };
    #                                   ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ error[evaluation-error]
    }`,
  },
  {
    title: "`mkIf` on a text",
    nix: "refused",
    says: "‘mkIf’ called with a non-Boolean condition",
    text: `
    #- /clan.nix
    { lib, ... }: {
      meta.name = "conditions";
      inventory.machines.web = { };
      inventory.machines.db = lib.mkIf "yes" { };
    #                                   ^^^ error[evaluation-error]
    }`,
  },
  {
    title: "an input that is not quoted",
    nix: "refused",
    says: "undefined variable 'clan-core'",
    text: `
    inventory.instances.x = { module.input = clan-core; module.name = "sshd"; };
    #                                        ^^^^^^^^^ error[evaluation-error]`,
  },
  {
    title: "the name of a service that is not quoted",
    nix: "refused",
    says: "undefined variable 'sshd'",
    text: `
    inventory.instances.x.module.name = sshd;
    #                                   ^^^^ error[evaluation-error]`,
  },
  {
    title: "an address that is not quoted",
    nix: "refused",
    says: "syntax error, unexpected identifier, expecting '{'",
    text: `
    inventory.machines.db.deploy.targetHost = root@db;
    #                                         ^^^^^^^ error[syntax-error]`,
  },
  {
    title: "a machine in a list that is not quoted",
    nix: "refused",
    says: "undefined variable 'web'",
    text: `
    inventory.tags.big = [ web ];
    #                      ^^^ error[evaluation-error]`,
  },
  {
    title: "JSON with a comma after the last element",
    nix: "refused",
    says: "[json.exception.parse_error.101] parse error at line 1, column 27",
    text: `
    #- /clan.nix
    { lib, ... }: { meta.name = "conditions"; inventory.machines = lib.importJSON ./hosts.json; }
    #- /hosts.json
    { "web": { "tags": [ "a", ] } }
    #                       ^ error[evaluation-error]`,
  },
  {
    title: "JSON with names without quotes",
    nix: "refused",
    says: "[json.exception.parse_error.101] parse error at line 1, column 3",
    text: `
    #- /clan.nix
    { meta.name = "conditions"; inventory.machines = builtins.fromJSON (builtins.readFile ./hosts.json); }
    #- /hosts.json
    { web: { } }
    # ^^^ error[evaluation-error]`,
  },
  {
    title: "TOML with a table twice",
    nix: "refused",
    says: "while parsing TOML",
    text: `
    #- /clan.nix
    { lib, ... }: { meta.name = "conditions"; inventory.machines = lib.importTOML ./hosts.toml; }
    #- /hosts.toml
    [web]
    [web]
    #^ error[evaluation-error]`,
  },
  {
    title: "TOML with a text without quotes",
    nix: "refused",
    says: "while parsing TOML",
    text: `
    #- /clan.nix
    { lib, ... }: { meta.name = "conditions"; inventory.machines = lib.importTOML ./hosts.toml; }
    #- /hosts.toml
    [web]
    description = a server
    #             ^ error[evaluation-error]`,
  },
  {
    title: "TOML with a `:` for the `=`",
    nix: "refused",
    says: "while parsing TOML",
    text: `
    #- /clan.nix
    { lib, ... }: { meta.name = "conditions"; inventory.machines = lib.importTOML ./hosts.toml; }
    #- /hosts.toml
    [web]
    description: "x"
    #          ^ error[evaluation-error]`,
  },
  {
    title: "an argument that modules of the clan are not given",
    nix: "refused",
    says: "attribute 'inputs' missing",
    text: `
    #- /clan.nix
    { inputs, ... }: { meta.name = "conditions"; inventory.machines = inputs.fleet.machines; }
    #                                                                 ^^^^^^^^^^^^^^^^^^^^^ error[evaluation-error]`,
  },
  {
    title: "an input that the flake lacks, in a machine",
    nix: "refused",
    says: "attribute 'disko' missing",
    text: `
    #- /clan.nix
    { meta.name = "conditions"; inventory.machines.web = { }; }
    #- /machines/web/configuration.nix
    { self, ... }: {
      imports = [ self.inputs.disko.nixosModules.disko ];
    #                         ^^^^^ error[evaluation-error]
    }`,
  },
];
