/** Conditions of the clan's option tree: FACTS of `meta`, `inventory`, `machines`, `templates`, `checks` and `vars`. */
import type { Condition } from "./condition.ts";

export const optionConditions: readonly Condition[] = [
  {
    title: "`meta.name` with a space",
    nix: "refused",
    says: "is not of type",
    text: `
    #- /clan.nix
    {
      meta.name = "a b";
      #           ^^^^^ error[type-mismatch]
    }`,
  },
  {
    title: "`meta.domain` in upper case",
    nix: "refused",
    says: "is not of type",
    text: `
  meta.domain = "EXAMPLE";
  #             ^^^^^^^^^ error[type-mismatch]`,
  },
  {
    title: "`meta.description` and `meta.icon` null",
    nix: "accepted",
    text: `
  meta.description = null;
  meta.icon = null;`,
  },
  {
    title: "`meta.tld`, the old name of `meta.domain`",
    nix: "warns",
    says: "tld",
    text: `
  meta.tld = "lan";
  #    ^^^ warning[deprecated-option]`,
  },
  {
    title: "an option the clan does not have",
    nix: "refused",
    says: "does not exist",
    text: `
  vars.setings = { };
  #    ^^^^^^^ error[unknown-option]`,
    fixed: "vars.settings = { };",
  },
  {
    title: "an unknown `machineClass`",
    nix: "refused",
    says: "is not of type",
    text: `
    #- /flake.nix
    {
      inputs.clan-core.url = "https://git.clan.lol/clan/clan-core/archive/main.tar.gz";
      outputs = { self, clan-core, ... }: {
        clan = (clan-core.lib.clan { inherit self; imports = [ ./clan.nix ]; }).config;
      };
    }
    #- /clan.nix
    {
      meta.name = "conditions";
      inventory.machines.web.machineClass = "linux";
      #                                     ^^^^^^^ error[type-mismatch]
    }`,
  },
  {
    title: "tags that are a string",
    nix: "refused",
    says: "is not of type",
    text: `
  inventory.machines.web.tags = "server";
  #                             ^^^^^^^^ error[type-mismatch]`,
  },
  { title: "a tag twice", nix: "accepted", text: `  inventory.machines.web.tags = [ "a" "a" ];` },
  {
    title: "`installedAt` as a string",
    nix: "refused",
    says: "is not of type",
    text: `
  inventory.machines.web.installedAt = "today";
  #                                    ^^^^^^^ error[type-mismatch]`,
  },
  {
    title: "`targetHost` of a machine outside `deploy`",
    nix: "refused",
    says: "does not exist",
    text: `
  inventory.machines.web.targetHost = "web.lan";
  #                      ^^^^^^^^^^ error[unknown-option]`,
    fixed: `inventory.machines.web.deploy.targetHost = "web.lan";`,
  },
  {
    title: "`deploy.forwardAgent` as a string",
    nix: "refused",
    says: "is not of type",
    text: `
  inventory.machines.web.deploy.forwardAgent = "yes";
  #                                            ^^^^^ error[type-mismatch]`,
  },
  {
    title: "a lone `config` in an inventory machine",
    nix: "accepted",
    text: `  inventory.machines.db = { config = { tags = [ "x" ]; }; };`,
  },
  {
    title: "`config` of a machine beside other keys",
    nix: "refused",
    says: "has an unsupported attribute",
    text: `
  inventory.machines.db = { config = { }; tags = [ "x" ]; };
  #                                       ^^^^ error[unknown-option]`,
  },
  {
    title: "`config` of an instance beside other keys",
    nix: "refused",
    says: "has an unsupported attribute",
    text: `
  inventory.instances.sshd = { config = { }; roles.server.machines.web = { }; };
  #                                          ^^^^^ error[unknown-option]`,
  },
  {
    title: "tags of the inventory, also as a function",
    nix: "accepted",
    text: `
  inventory.tags = { machines, ... }: { servers = [ "web" ]; };
  inventory.instances.sshd.roles.server.tags = [ "servers" ];`,
  },
  {
    title: "the predefined tags `all` and `nixos`",
    nix: "accepted",
    text: `  inventory.instances.sshd.roles.server.tags = [ "all" "nixos" ];`,
  },
  {
    title: "a machine that is not there in `inventory.tags`",
    nix: "accepted",
    text: `
  inventory.tags.servers = [ "wbe" ];
  #                           ^^^ warning[unknown-machine]`,
    fixed: `inventory.tags.servers = [ "web" ];`,
  },
  {
    title: "`inventory.services`",
    nix: "refused",
    says: "services",
    text: `
  inventory.services.sshd.main.roles.server.machines = [ "web" ];
  #         ^^^^^^^^ error[removed-option]`,
  },
  {
    title: "`inventory.modules`",
    nix: "accepted",
    text: `
  inventory.modules.mine = { };
  #         ^^^^^^^ warning[deprecated-option]`,
  },
  {
    title: "`roles.<role>.config`",
    nix: "refused",
    says: "does not exist",
    text: `
  inventory.instances.borgbackup.roles.server.config = { };
  #                                           ^^^^^^ error[unknown-option]`,
    fixed: "roles.server.settings = { };",
  },
  {
    title: "the machines of a role as a list",
    nix: "refused",
    says: "is not of type",
    text: `
  inventory.instances.sshd.roles.server.machines = [ "web" ];
  #                                                ^^^^^^^^^ error[type-mismatch]`,
    fixed: "roles.server.machines = { web = { }; };",
  },
  {
    title: "the tags of a role as a set with settings",
    nix: "accepted",
    text: `  inventory.instances.sshd.roles.server.tags.all.settings = { };`,
  },
  {
    title: "a file name as a string in `extraModules`",
    nix: "refused",
    says: "is not of type",
    text: `
  inventory.instances.sshd.roles.server = { tags.all = { }; extraModules = [ "m.nix" ]; };
  #                                                                          ^^^^^^^ error[type-mismatch]`,
  },
  {
    title: "`secrets.age.plugins` with a plugin's name",
    nix: "accepted",
    text: `  secrets.age.plugins = [ "age-plugin-yubikey" ];`,
  },
  {
    title: "`secrets.sops`",
    nix: "refused",
    says: "does not exist",
    text: `
  secrets.sops.defaultGroups = [ "admins" ];
  #       ^^^^ error[unknown-option]`,
  },
  {
    title: "a `secretStore` that is gone (`vm`)",
    nix: "refused",
    says: "is not of type",
    text: `
  vars.settings.secretStore = "vm";
  #                           ^^^^ error[type-mismatch]`,
  },
  {
    title: "a template without `path`",
    nix: "refused",
    says: "has no value defined",
    note: "read only where the template is used, so it may be missing",
    text: `  templates.machine.small = { description = "d"; };`,
  },
  {
    title: "a check that fails",
    nix: "refused",
    says: "too old",
    text: `
  checks.age = { assertion = false; message = "too old"; };
  #                          ^^^^^ error[evaluation-error]`,
  },
  {
    title: "a check that fails and is ignored",
    nix: "accepted",
    text: `  checks.age = { assertion = false; message = "too old"; ignore = true; };`,
  },
  {
    title: "`specialArgs` that are no set",
    nix: "refused",
    says: "is not of type",
    text: `
  specialArgs = [ ];
  #             ^^^ error[type-mismatch]`,
  },
  {
    title: "the configuration of a machine the inventory lacks",
    nix: "accepted",
    text: `
  machines.wbe = { };
  #        ^^^ information[stray-machine]`,
  },
  {
    title: "one value in Nix and another in `inventory.json`",
    nix: "refused",
    says: "conflicting definition values",
    text: `
    #- /inventory.json
    { "machines": { "web": { "description": "json" } } }
    #                                        ^^^^ error[duplicate-settings]
    #- /clan.nix
    {
      meta.name = "conditions";
      inventory.machines.web.description = "nix";
      #                                     ^^^ error[duplicate-settings]
    }`,
  },
  {
    title: "an empty `services` in `inventory.json`",
    nix: "refused",
    says: "services",
    text: `
    #- /inventory.json
    { "services": { } }
    #  ^^^^^^^^ error[removed-option]
    #- /clan.nix
    {
      meta.name = "conditions";
    }`,
  },
  {
    title: "folders in `machines/`, hidden ones too, are machines",
    nix: "accepted",
    text: `
    #- /machines/db/configuration.nix
    { }
    #- /machines/.hidden/configuration.nix
    { }
    #- /clan.nix
    {
      meta.name = "conditions";
      inventory.instances.sshd.roles.server.machines = { db = { }; ".hidden" = { }; };
    }`,
  },
  {
    title: "a file in `machines/` is no machine",
    nix: "accepted",
    text: `
    #- /machines/db
    { }
    #- /clan.nix
    {
      meta.name = "conditions";
      inventory.instances.sshd.roles.server.machines.db = { };
      #                                              ^^ warning[unknown-machine]
    }`,
  },
  {
    title: "a clan without a name",
    nix: "refused",
    says: "meta.name",
    text: `
    #- /flake.nix
    {
      inputs.clan-core.url = "https://git.clan.lol/clan/clan-core/archive/main.tar.gz";
      outputs = { self, clan-core, ... }: {
        clan = (clan-core.lib.clan { inherit self; }).config;
    #   ^^^^ error[missing-setting]
      };
    }`,
  },
];
