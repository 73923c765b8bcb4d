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
];
