/** Generators, and what else clan declares for machines. */
import type { Condition } from "./condition.ts";

export const machineMistakes: readonly Condition[] = [
  {
    title: "a misspelt option of a generator",
    nix: "refused",
    asksMachines: true,
    says: "The option `clan.core.vars.generators.key.scripts' does not exist",
    text: `
    #- /clan.nix
    { meta.name = "conditions"; inventory.machines.web = { }; }
    #- /machines/web/configuration.nix
    { config, lib, pkgs, ... }: {
      clan.core.vars.generators.key = {
        files.k = { };
        scripts = "date > $out/k";
    #   ^^^^^^^ error[unknown-option]
      };
    }`,
  },
  {
    title: "`file` for `files`",
    nix: "refused",
    asksMachines: true,
    says: "The option `clan.core.vars.generators.key.file' does not exist",
    text: `
    #- /clan.nix
    { meta.name = "conditions"; inventory.machines.web = { }; }
    #- /machines/web/configuration.nix
    { config, lib, pkgs, ... }: {
      clan.core.vars.generators.key = {
        file.k = { };
    #   ^^^^ error[unknown-option]
        script = "date > $out/k";
      };
    }`,
  },
  {
    title: "`dependency` for `dependencies`",
    nix: "refused",
    asksMachines: true,
    says: "The option `clan.core.vars.generators.key.dependency' does not exist",
    text: `
    #- /clan.nix
    { meta.name = "conditions"; inventory.machines.web = { }; }
    #- /machines/web/configuration.nix
    { config, lib, pkgs, ... }: {
      clan.core.vars.generators.key = {
        files.k = { };
        dependency = [ "ca" ];
    #   ^^^^^^^^^^ error[unknown-option]
        script = "date > $out/k";
      };
    }`,
  },
  {
    title: "the files of a generator as a text",
    nix: "refused",
    asksMachines: true,
    says: "A definition for option `clan.core.vars.generators.key.files' is not of type `attribute set of (submodule)'",
    text: `
    #- /clan.nix
    { meta.name = "conditions"; inventory.machines.web = { }; }
    #- /machines/web/configuration.nix
    { config, lib, pkgs, ... }: {
      clan.core.vars.generators.key = {
        files = "k";
    #           ^^^ error[type-mismatch]
        script = "date > $out/k";
      };
    }`,
  },
  {
    title: "its prompts as a list",
    nix: "refused",
    asksMachines: true,
    says: "A definition for option `clan.core.vars.generators.key.prompts' is not of type `attribute set of (submodule)'",
    text: `
    #- /clan.nix
    { meta.name = "conditions"; inventory.machines.web = { }; }
    #- /machines/web/configuration.nix
    { config, lib, pkgs, ... }: {
      clan.core.vars.generators.key = {
        files.k = { };
        prompts = [ "pw" ];
    #             ^^^^^^^^ error[type-mismatch]
        script = "date > $out/k";
      };
    }`,
  },
  {
    title: "its dependencies as a text",
    nix: "refused",
    asksMachines: true,
    says: "A definition for option `clan.core.vars.generators.key.dependencies' is not of type `list of string'",
    text: `
    #- /clan.nix
    { meta.name = "conditions"; inventory.machines.web = { }; }
    #- /machines/web/configuration.nix
    { config, lib, pkgs, ... }: {
      clan.core.vars.generators.key = {
        files.k = { };
        dependencies = "state-version";
    #                  ^^^^^^^^^^^^^^^ error[type-mismatch]
        script = "date > $out/k";
      };
    }`,
  },
  {
    title: "a mode of three digits",
    nix: "refused",
    asksMachines: true,
    says: "A definition for option `clan.core.vars.generators.key.files.k.mode' is not of type `string matching the pattern ^[0-7]{4}$'",
    text: `
    #- /clan.nix
    { meta.name = "conditions"; inventory.machines.web = { }; }
    #- /machines/web/configuration.nix
    { config, lib, pkgs, ... }: {
      clan.core.vars.generators.key = {
        files.k.mode = "600";
    #                  ^^^^^ error[type-mismatch]
        script = "date > $out/k";
      };
    }`,
  },
  {
    title: "`secret` as a text",
    nix: "refused",
    asksMachines: true,
    says: "A definition for option `clan.core.vars.generators.key.files.k.secret' is not of type `boolean'",
    text: `
    #- /clan.nix
    { meta.name = "conditions"; inventory.machines.web = { }; }
    #- /machines/web/configuration.nix
    { config, lib, pkgs, ... }: {
      clan.core.vars.generators.key = {
        files.k.secret = "false";
    #                    ^^^^^^^ error[type-mismatch]
        script = "date > $out/k";
      };
    }`,
  },
  {
    title: "`share` twice",
    nix: "refused",
    asksMachines: true,
    says: "The option `clan.core.vars.generators.key.share' has conflicting definition values",
    text: `
    #- /clan.nix
    { meta.name = "conditions"; inventory.machines.web = { }; }
    #- /machines/web/configuration.nix
    { config, lib, pkgs, ... }: {
      clan.core.vars.generators.key = {
        files.k = { };
        share = true;
    #           ^^^^ error[duplicate-settings]
        script = "date > $out/k";
      };
      imports = [ { clan.core.vars.generators.key.share = false; } ];
    #                                                     ^^^^^ error[duplicate-settings]
    }`,
  },
  {
    title: "`deploy` of a file twice",
    nix: "refused",
    asksMachines: true,
    says: "The option `clan.core.vars.generators.key.files.k.deploy' has conflicting definition values",
    text: `
    #- /clan.nix
    { meta.name = "conditions"; inventory.machines.web = { }; }
    #- /machines/web/configuration.nix
    { config, lib, pkgs, ... }: {
      clan.core.vars.generators.key = {
        files.k.deploy = true;
    #                    ^^^^ error[duplicate-settings]
        script = "date > $out/k";
      };
      imports = [ { clan.core.vars.generators.key.files.k.deploy = false; } ];
    #                                                              ^^^^^ error[duplicate-settings]
    }`,
  },
  {
    title: "`generator` for `generators`",
    nix: "refused",
    asksMachines: true,
    says: "The option `clan.core.vars.generator' does not exist",
    text: `
    #- /clan.nix
    { meta.name = "conditions"; inventory.machines.web = { }; }
    #- /machines/web/configuration.nix
    { config, lib, pkgs, ... }: {
      clan.core.vars.generator.key = { files.k = { }; script = "date > $out/k"; };
    #                ^^^^^^^^^ error[unknown-option]
    }`,
  },
  {
    title: "generators without `vars`",
    nix: "refused",
    asksMachines: true,
    says: "The option `clan.core.generators' does not exist, in web",
    text: `
    #- /clan.nix
    { meta.name = "conditions"; inventory.machines.web = { }; }
    #- /machines/web/configuration.nix
    { config, lib, pkgs, ... }: {
      clan.core.generators.key = { files.k = { }; script = "date > $out/k"; };
    #           ^^^^^^^^^^ error[unknown-option]
    }`,
  },
  {
    title: "a folder of a state in the singular",
    nix: "refused",
    asksMachines: true,
    says: "The option `clan.core.state.db.folder' does not exist",
    text: `
    #- /clan.nix
    { meta.name = "conditions"; inventory.machines.web = { }; }
    #- /machines/web/configuration.nix
    { config, lib, pkgs, ... }: {
      clan.core.state.db.folder = [ "/var/lib/db" ];
    #                    ^^^^^^ error[unknown-option]
    }`,
  },
  {
    title: "folders of a state as a text",
    nix: "refused",
    asksMachines: true,
    says: "A definition for option `clan.core.state.db.folders' is not of type `list of string'",
    text: `
    #- /clan.nix
    { meta.name = "conditions"; inventory.machines.web = { }; }
    #- /machines/web/configuration.nix
    { config, lib, pkgs, ... }: {
      clan.core.state.db.folders = "/var/lib/db";
    #                              ^^^^^^^^^^^^^ error[type-mismatch]
    }`,
  },
  {
    title: "`clan.core.sops.defaultGroup`",
    nix: "refused",
    asksMachines: true,
    says: "The option `clan.core.sops.defaultGroup' does not exist, in web",
    text: `
    #- /clan.nix
    { meta.name = "conditions"; inventory.machines.web = { }; }
    #- /machines/web/configuration.nix
    { config, lib, pkgs, ... }: {
      clan.core.sops.defaultGroup = [ "admins" ];
    #                ^^^^^^^^^^^^ error[unknown-option]
    }`,
  },
  {
    title: "an unknown store",
    nix: "refused",
    asksMachines: true,
    says: 'A definition for option `clan.core.vars.settings.secretStore\' is not of type `one of "sops", "password-store", "age", "custom"\'',
    text: `
    #- /clan.nix
    { meta.name = "conditions"; inventory.machines.web = { }; }
    #- /machines/web/configuration.nix
    { config, lib, pkgs, ... }: {
      clan.core.vars.settings.secretStore = "vault";
    #                                       ^^^^^^^ error[type-mismatch]
    }`,
  },
  {
    title: "an unknown option of the password store",
    nix: "refused",
    asksMachines: true,
    says: "The option `clan.core.vars.password-store.passDir' does not exist",
    text: `
    #- /clan.nix
    { meta.name = "conditions"; inventory.machines.web = { }; }
    #- /machines/web/configuration.nix
    {
      clan.core.vars.password-store.passDir = "/srv";
    #                               ^^^^^^^ error[unknown-option]
    }`,
  },
  {
    title: "an unknown option of the age store",
    nix: "refused",
    asksMachines: true,
    says: "The option `clan.core.vars.age.plugins' does not exist",
    text: `
    #- /clan.nix
    { meta.name = "conditions"; inventory.machines.web = { }; }
    #- /machines/web/configuration.nix
    {
      clan.core.vars.age.plugins = [ "yubikey" ];
    #                    ^^^^^^^ error[unknown-option]
    }`,
  },
  {
    title: "an unknown option of vars with sops",
    nix: "refused",
    asksMachines: true,
    says: "The option `clan.core.vars.sops.groups' does not exist",
    text: `
    #- /clan.nix
    { meta.name = "conditions"; inventory.machines.web = { }; }
    #- /machines/web/configuration.nix
    {
      clan.core.vars.sops.groups = [ "admins" ];
    #                     ^^^^^^ error[unknown-option]
    }`,
  },
  {
    title: "an option that only machines with macOS have",
    nix: "refused",
    asksMachines: true,
    says: "The option `clan.core.networking.extraHosts' does not exist",
    text: `
    #- /clan.nix
    { meta.name = "conditions"; inventory.machines.web = { }; }
    #- /machines/web/configuration.nix
    {
      clan.core.networking.extraHosts.web = "::1 web";
    #                      ^^^^^^^^^^ error[unknown-option]
    }`,
  },
];
