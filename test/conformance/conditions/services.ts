/** Conditions of instances, their roles and settings, and of services of one's own. */
import type { Condition } from "./condition.ts";

/** An own service with `roles.r`, of which all machines are members. */
function own(service: string, use = "roles.r.tags.all = { };"): string {
  return `
  inventory.instances.i = { module = { name = "s"; input = "self"; }; ${use} };
  modules.s = { lib, ... }: {
    _class = "clan.service";
    manifest.name = "s";
    manifest.readme = "s";
${service}
  };`;
}

export const serviceConditions: readonly Condition[] = [
  {
    title: "an instance named after no service",
    nix: "refused",
    says: "nightly",
    text: `
  inventory.instances.nightly.roles.client.tags = [ "all" ];
  #                   ^^^^^^^ error[unknown-service]`,
  },
  {
    title: "a service of one's own without `module.input`",
    nix: "refused",
    says: "door",
    text: `
  modules.door = { _class = "clan.service"; manifest.name = "door"; roles.default = { }; };
  inventory.instances.door.roles.default.tags = [ "all" ];
  #                   ^^^^ error[unknown-service]`,
    fixed: `module.input = "self"`,
  },
  {
    title: "a `module.input` that is no input",
    nix: "refused",
    says: "clan",
    text: `
  inventory.instances.sshd = { module.input = "clan"; roles.server.tags = [ "all" ]; };
  #                                            ^^^^ error[unknown-input]`,
  },
  {
    title: "a role the service lacks",
    nix: "refused",
    says: "only defines roles",
    text: `
  inventory.instances.sshd.roles.srever.machines.web = { };
  #                              ^^^^^^ error[unknown-role]`,
    fixed: "roles.server.machines.web",
  },
  {
    title: "a machine that is not there in a role",
    nix: "accepted",
    text: `
  inventory.instances.sshd.roles.server.machines.wbe = { };
  #                                              ^^^ warning[unknown-machine]`,
    fixed: "machines.web = { };",
  },
  {
    title: "a tag no machine has",
    nix: "warns",
    says: "no machine with tag",
    text: `
  inventory.instances.sshd.roles.server.tags = [ "nix" ];
  #                                               ^^^ warning[unknown-tag]`,
    fixed: `tags = [ "nixos" ]`,
  },
  {
    title: "a declared tag that is empty",
    nix: "warns",
    says: "no machine with tag",
    text: `
  inventory.tags.servers = [ ];
  inventory.instances.sshd.roles.server.tags = [ "servers" ];
  #                                               ^^^^^^^ warning[unknown-tag]`,
  },
  { title: "an instance without roles", nix: "accepted", text: "  inventory.instances.sshd = { };" },
  {
    title: "a role without members",
    nix: "accepted",
    text: "  inventory.instances.sshd.roles.server = { };",
  },
  {
    title: "two machines in a role for one",
    nix: "accepted",
    note: "`clan vars generate` refuses it",
    text: `
  inventory.machines.db = { };
  inventory.instances.zerotier.roles.controller.machines = { web = { }; db = { }; };
  #                                  ^^^^^^^^^^ warning[role-cardinality]`,
  },
  {
    title: "no machine in a role that needs one",
    nix: "accepted",
    note: "Nix refuses it as soon as vars are read",
    text: `
  inventory.instances.zerotier.roles.peer.machines.web = { };
  #                   ^^^^^^^^ error[role-cardinality]`,
  },
  {
    title: "a setting the role lacks",
    nix: "refused",
    says: "does not exist",
    text: `
  inventory.instances.borgbackup.roles.server = { tags.all = { }; settings.drectory = "/x"; };
  #                                                                        ^^^^^^^^ error[unknown-setting]`,
    fixed: `settings.directory = "/x"`,
  },
  {
    title: "a setting of a wrong type",
    nix: "refused",
    says: "is not of type",
    text: `
  inventory.instances.borgbackup.roles.server = { tags.all = { }; settings.directory = 3; };
  #                                                                                    ^ error[type-mismatch]`,
  },
  {
    title: "settings that are a function",
    nix: "refused",
    says: "cannot convert a function to JSON",
    text: `
  inventory.instances.sshd.roles.server.settings = { ... }: { };
  #                                                ^^^^^^^ error[not-serializable]`,
  },
  {
    title: "`imports` in settings",
    nix: "refused",
    says: "doesn't allow nested imports",
    text: `
  inventory.instances.sshd.roles.server.settings.imports = [ ];
  #                                              ^^^^^^^ error[not-serializable]`,
  },
  {
    title: "the settings of one role defined twice",
    nix: "refused",
    says: "expected to be unique",
    text: `
  imports = [ { inventory.instances.sshd.roles.server.settings = { }; } ];
  #                                                   ^^^^^^^^ error[duplicate-settings]
  inventory.instances.sshd.roles.server.settings = { };
  #                                     ^^^^^^^^ error[duplicate-settings]`,
  },
  {
    title: "a setting that differs between role and machine",
    nix: "refused",
    says: "conflicting definition values",
    text: `
  inventory.instances.borgbackup.roles.server = {
    settings.directory = "/a";
    #                     ^^ error[duplicate-settings]
    machines.web.settings.directory = "/b";
    #                                  ^^ error[duplicate-settings]
  };`,
  },
  {
    title: "a machine's name that is no host name",
    nix: "accepted",
    note: "`clan machines create` refuses it",
    text: `  inventory.machines."a_b" = { };`,
  },
  {
    title: "a service of another class",
    nix: "refused",
    says: "clan.service",
    text: `
  inventory.instances.i = { module = { name = "s"; input = "self"; }; roles.r.tags.all = { }; };
  modules.s = { _class = "nixos"; manifest.name = "s"; roles.r = { }; };
  #                      ^^^^^^^ error[type-mismatch]`,
  },
  {
    title: "a service without `_class`",
    nix: "accepted",
    text: own("    roles.r = { };").replace(`    _class = "clan.service";\n`, ""),
  },
  {
    title: "an unknown category",
    nix: "accepted",
    note: "refused once the manifest is read",
    text: own(`    manifest.categories = [ "AI" ];
    #                       ^^^^ information[type-mismatch]
    roles.r = { };`),
  },
  {
    title: "a misspelt part of a service's role",
    nix: "refused",
    says: "does not exist",
    text: own(`    roles.r.perInstnace = { };
    #       ^^^^^^^^^^^ error[unknown-option]`),
  },
  {
    title: "a constraint of the wrong type",
    nix: "accepted",
    note: "refused once the constraints are read",
    text: own(`    manifest.constraints.roles.r.maxMachines = "3";
    #                                          ^^^ error[type-mismatch]
    roles.r = { };`),
  },
  {
    title: "a constraint on a role that is not there",
    nix: "accepted",
    text: own(`    manifest.constraints.roles.q.minMachines = 1;
    roles.r = { };`),
  },
  {
    title: "`perInstance` returns something else",
    nix: "refused",
    says: "does not exist",
    text: own(`    roles.r.perInstance = { ... }: { nixosModul = { }; };
    #                                ^^^^^^^^^^ error[unknown-option]`),
  },
  {
    title: "`pkgs` used in `perInstance`",
    nix: "refused",
    says: "'pkgs' missing",
    text: own(`    roles.r.perInstance = { pkgs, ... }: { nixosModule = pkgs.module; };
    #                                                    ^^^^^^^^^^^ error[evaluation-error]`),
  },
  {
    title: "`perMachine` reads `settings`",
    nix: "refused",
    says: "doesn't have a 'settings' argument",
    text: own(`    roles.r = { };
    perMachine = { settings, ... }: { nixosModule = settings.module; };
    #              ^^^^^^^^ error[evaluation-error]`),
  },
  {
    title: "a required setting without an empty value (`str`)",
    nix: "refused",
    says: "has no value defined",
    text: own(
      `    roles.r.interface.options.need = lib.mkOption { type = lib.types.str; };
    roles.r.perInstance = { settings, ... }: { nixosModule.x = settings.need; };`,
      `
    roles.r.tags.all = { };
    #            ^^^ error[missing-setting]
 `,
    ),
  },
  {
    title: "a setting of a type with an empty value (`listOf str`) left out",
    nix: "accepted",
    text: own(`    roles.r.interface.options.need = lib.mkOption { type = lib.types.listOf lib.types.str; };
    roles.r.perInstance = { settings, ... }: { nixosModule.x = settings.need; };`),
  },
];
