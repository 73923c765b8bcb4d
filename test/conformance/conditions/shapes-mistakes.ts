/** Values of another shape, and names in the singular or plural. */
import type { Condition } from "./condition.ts";

export const shapeMistakes: readonly Condition[] = [
  {
    title: "a module's file as a text, of the clan",
    nix: "refused",
    says: "string 'more.nix' doesn't represent an absolute path",
    text: `
    imports = [ "more.nix" ];
    #            ^^^^^^^^ error[evaluation-error]`,
  },
  {
    title: "the same with `./` in front",
    nix: "refused",
    says: "string './a.nix' doesn't represent an absolute path",
    text: `
    imports = [ "./a.nix" ];
    #            ^^^^^^^ error[evaluation-error]`,
  },
  {
    title: "a file of a machine as a text",
    nix: "refused",
    says: "string 'hardware.nix' doesn't represent an absolute path",
    text: `
    machines.web.imports = [ "hardware.nix" ];
    #                         ^^^^^^^^^^^^ error[evaluation-error]`,
  },
  {
    title: "`instance` for `instances`",
    nix: "refused",
    says: "The option `inventory.instance' does not exist",
    text: `
    inventory.instance.sshd.roles.server.tags.all = { };
    #         ^^^^^^^^ error[unknown-option]`,
  },
  {
    title: "`tag` for `tags`",
    nix: "refused",
    says: "The option `inventory.machines.db.tag' does not exist",
    text: `
    inventory.machines.db.tag = [ "a" ];
    #                     ^^^ error[unknown-option]`,
  },
  {
    title: "`module.names`",
    nix: "refused",
    says: "The option `inventory.instances.x.module.names' does not exist",
    text: `
    inventory.instances.x = { module.names = "sshd"; roles.server.tags.all = { }; };
    #                                ^^^^^ error[unknown-option]`,
  },
  {
    title: "`setting` for `settings`",
    nix: "refused",
    says: "The option `inventory.instances.sshd.roles.server.setting' does not exist",
    text: `
    inventory.instances.sshd.roles.server = { tags.all = { }; setting = { }; };
    #                                                         ^^^^^^^ error[unknown-option]`,
  },
  {
    title: "`modules` for `module`",
    nix: "refused",
    says: "The option `inventory.instances.ssh.modules' does not exist",
    text: `
    inventory.instances.ssh = { modules.name = "sshd"; };
    #                           ^^^^^^^ error[unknown-option]`,
  },
  {
    title: "`machine` of a role",
    nix: "refused",
    says: "The option `inventory.instances.sshd.roles.server.machine' does not exist",
    text: `
    inventory.instances.sshd.roles.server.machine.web = { };
    #                                     ^^^^^^^ error[unknown-option]`,
  },
  {
    title: "the machines of the clan as a list",
    nix: "refused",
    says: "A definition for option `machines' is not of type `attribute set of module'",
    text: `
    machines = [ "web" ];
    #          ^^^^^^^^^ error[type-mismatch]`,
  },
  {
    title: "the roles of an instance as a list",
    nix: "refused",
    says: "A definition for option `inventory.instances.sshd.roles' is not of type `attribute set of (submodule)'",
    text: `
    inventory.instances.sshd.roles = [ "server" ];
    #                                ^^^^^^^^^^^^ error[type-mismatch]`,
  },
  {
    title: "the machines of a role as a text",
    nix: "refused",
    says: "A definition for option `inventory.instances.sshd.roles.server.machines' is not of type `attribute set of (submodule)'",
    text: `
    inventory.instances.sshd.roles.server.machines = "web";
    #                                                ^^^^^ error[type-mismatch]`,
  },
  {
    title: "tags of a role as a text",
    nix: "refused",
    says: "A definition for option `inventory.instances.sshd.roles.server.tags' is not of type `(attribute set of (submodule)) or (list of string) convertible to it'",
    text: `
    inventory.instances.sshd.roles.server.tags = "all";
    #                                            ^^^^^ error[type-mismatch]`,
  },
  {
    title: "an instance that is the name of its service",
    nix: "refused",
    says: "A definition for option `inventory.instances.ssh' is not of type `submodule'",
    text: `
    inventory.instances.ssh = "sshd";
    #                         ^^^^^^ error[type-mismatch]`,
  },
  {
    title: "a machine's address without `deploy.targetHost`",
    nix: "refused",
    says: "A definition for option `inventory.machines.db' is not of type `submodule'",
    text: `
    inventory.machines.db = "root@db";
    #                       ^^^^^^^^^ error[type-mismatch]`,
  },
  {
    title: "names that `readDir` found, imported as they are",
    nix: "refused",
    says: "string 'x.nix' doesn't represent an absolute path",
    text: `
    #- /clan.nix
    { lib, ... }: {
      meta.name = "conditions";
      inventory.machines.web = { };
      imports = lib.attrNames (builtins.readDir ./parts);
    #           ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ error[evaluation-error]: …write \`map (name: ./folder + "/…
    }
    #- /parts/x.nix
    { }`,
  },
  {
    title: "the same, of a machine, those that are Nix",
    nix: "refused",
    asksMachines: true,
    says: "string 'x.nix' doesn't represent an absolute path",
    text: `
    #- /clan.nix
    { meta.name = "conditions"; inventory.machines.web = { }; }
    #- /machines/web/configuration.nix
    { lib, ... }: {
      imports = lib.filter (lib.hasSuffix ".nix") (builtins.attrNames (builtins.readDir ./parts));
    #           ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ error[evaluation-error]
    }
    #- /machines/web/parts/x.nix
    { }`,
  },
  {
    title: "the same with the folder in front",
    nix: "accepted",
    asksMachines: true,
    text: `
    #- /clan.nix
    { meta.name = "conditions"; inventory.machines.web = { }; }
    #- /machines/web/configuration.nix
    {
      imports = map (name: ./parts + "/\${name}") (builtins.attrNames (builtins.readDir ./parts));
    }
    #- /machines/web/parts/x.nix
    { }`,
  },
  {
    title: "a machine by `mkIf` without a condition",
    nix: "refused",
    says: "The option `inventory.machines.db._class' does not exist",
    text: `
    #- /clan.nix
    { lib, ... }: {
      meta.name = "conditions";
      inventory.machines.db = lib.mkIf { tags = [ "srv" ]; };
    #                         ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ error[type-mismatch]: \`mkIf\` lacks an argument: write \`lib.mkIf condition { … }\`.
    }`,
  },
  {
    title: "an instance by `mkIf` without a condition",
    nix: "refused",
    says: "The option `inventory.instances.sshd._class' does not exist",
    text: `
    #- /clan.nix
    { lib, ... }: {
      meta.name = "conditions";
      inventory.machines.web = { };
      inventory.instances.sshd = lib.mkIf { roles.server.machines.web = { }; };
    #                            ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ error[type-mismatch]
    }`,
  },
  {
    title: "a generator by `mkIf` without a condition, and a file by `mkForce` without a value",
    nix: "refused",
    asksMachines: true,
    says: "does not exist",
    text: `
    #- /clan.nix
    { meta.name = "conditions"; inventory.machines.web = { }; }
    #- /machines/web/configuration.nix
    { lib, ... }: {
      clan.core.vars.generators.a = lib.mkIf { script = "date > $out/k"; files.k = { }; };
    #                               ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ error[type-mismatch]
      clan.core.vars.generators.b = { script = "date > $out/k"; files.k = lib.mkForce; };
    #                                                                     ^^^^^^^^^^^ error[type-mismatch]: \`mkForce\` lacks an argument.
    }`,
  },
  {
    title: "a list where a text is split, of tags",
    nix: "refused",
    says: "cannot coerce a list to a string",
    text: `
    #- /clan.nix
    { lib, ... }: {
      meta.name = "conditions";
      inventory.machines.db.tags = lib.splitString "," [ "a" "b" ];
    #                                                  ^^^^^^^^^^^ error[evaluation-error]
    }`,
  },
  {
    title: "a number among texts that a function of `lib` is mapped over",
    nix: "refused",
    says: "expected a string but found an integer: 2",
    text: `
    #- /clan.nix
    { lib, ... }: {
      meta.name = "conditions";
      inventory.machines.db.tags = map lib.toUpper [ "a" 2 ];
    #                                                    ^ error[evaluation-error]
    }`,
  },
  {
    title: "a service's file as a text",
    nix: "refused",
    says: "string './s.nix' doesn't represent an absolute path",
    text: `
    #- /clan.nix
    {
      meta.name = "conditions";
      inventory.machines.web = { };
      modules.s = "./s.nix";
    #              ^^^^^^^ error[evaluation-error]: …A path stands without quotes, as in \`./module.nix\`.
      inventory.instances.i = { module = { name = "s"; input = "self"; }; roles.r.machines.web = { }; };
    }
    #- /s.nix
    { _class = "clan.service"; manifest.name = "s"; roles.r = { }; }`,
  },
];
