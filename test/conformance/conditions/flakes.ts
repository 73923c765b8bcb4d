/** Conditions of what flake.nix takes from clan-core, flake-parts and itself. */
import type { Condition } from "./condition.ts";

const clanCore = `inputs.clan-core.url = "https://git.clan.lol/clan/clan-core/archive/main.tar.gz";`;

/** A flake of lib.clan: more arguments, and the outputs. */
function flake(args: string, outputs: string, more = ""): string {
  return `
    #- /flake.nix
    {
      ${clanCore}
      outputs = { self, clan-core, ... }:
        let
          clan = clan-core.lib.clan {
            inherit self;
            meta.name = "conditions";
            inventory.machines.web = { };
${args}
          };
        in
        {
${outputs}
        };
    }
${more}`;
}

const OUTPUTS = `          clan = clan.config;
          inherit (clan.config) nixosConfigurations nixosModules clanInternals;`;

function flakeParts(module: string, more = ""): string {
  return `
    #- /flake.nix
    {
      ${clanCore}
      inputs.flake-parts.url = "github:hercules-ci/flake-parts";
      outputs = inputs@{ self, flake-parts, ... }: flake-parts.lib.mkFlake { inherit inputs; } {
        systems = [ "x86_64-linux" ];
${module}
      };
    }
${more}`;
}

export const flakeConditions: readonly Condition[] = [
  {
    title: "outputs that are inherited from what `lib.clan` returns, and not from its `config`",
    nix: "refused",
    says: "attribute 'nixosConfigurations' missing",
    text: flake(
      "",
      `          clan = clan.config;
          inherit (clan) nixosConfigurations;
    #                    ^^^^^^^^^^^^^^^^^^^ error[evaluation-error]: …write \`.config.nixosConfigurations\`, or \`inherit (clan.config) nixosConfigurations;\`.`,
    ),
  },
  {
    title: "the same, selected",
    nix: "refused",
    says: "attribute 'nixosConfigurations' missing",
    text: flake(
      "",
      `          clan = clan.config;
          nixosConfigurations = clan.nixosConfigurations // { };
    #                                ^^^^^^^^^^^^^^^^^^^ error[evaluation-error]`,
    ),
  },
  {
    title: "`config` of what `lib.buildClan` returns, which is the configuration",
    nix: "refused",
    says: "attribute 'config' missing",
    text: flake(
      "",
      `          clan = clan.config;
    #                 ^^^^^^ error[evaluation-error]: …attribute 'config' missing.
          inherit (clan) nixosConfigurations;`,
    ).replace("lib.clan {", "lib.buildClan {"),
  },
  {
    title: "options of what `lib.clan` returns",
    nix: "accepted",
    text: flake("", `${OUTPUTS}\n          documentation = clan.options.meta;`),
  },
  {
    title: "a module of `clan-core.clanModules`, which are gone",
    nix: "refused",
    says: "attribute 'clanModules' missing",
    text: flake(
      `            machines.web.imports = [ clan-core.clanModules.sshd ];
    #                                          ^^^^^^^^^^^ error[evaluation-error]: …write an instance in \`inventory.instances\`.`,
      OUTPUTS,
    ),
  },
  {
    title: "the same in a file of a machine",
    nix: "refused",
    says: "attribute 'clanModules' missing",
    text: flake(
      "            specialArgs.inputs = { inherit clan-core; };",
      OUTPUTS,
      `
    #- /machines/web/configuration.nix
    { inputs, ... }: { imports = [ inputs.clan-core.clanModules.root-password ]; }
    #                                               ^^^^^^^^^^^ error[evaluation-error]`,
    ),
  },
  {
    title: "the same by `with`",
    nix: "refused",
    says: "attribute 'clanModules' missing",
    text: flake(
      `            machines.web.imports = with clan-core.clanModules; [ sshd ];
    #                                             ^^^^^^^^^^^ error[evaluation-error]`,
      OUTPUTS,
    ),
  },
  {
    title: "a module of this flake that is not among those of its machines",
    nix: "refused",
    says: "attribute 'server' missing",
    text: flake(
      `            machines.web.imports = [ self.nixosModules.server ];
    #                                                  ^^^^^^ error[evaluation-error]: …attribute 'server' missing.`,
      OUTPUTS,
    ),
  },
  {
    title: "a misspelt module of this flake",
    nix: "refused",
    says: "attribute 'bas' missing",
    text: flake(
      `            machines.web.imports = [ self.nixosModules.bas ];
    #                                                  ^^^ error[evaluation-error]: …Did you mean \`base\`?`,
      `          clan = clan.config;
          inherit (clan.config) nixosConfigurations clanInternals;
          nixosModules.base = { };`,
    ),
  },
  {
    title: "the same in an instance's `extraModules`",
    nix: "refused",
    says: "attribute 'bas' missing",
    text: flake(
      `            inventory.instances.importer.roles.default = { tags.all = { }; extraModules = [ self.nixosModules.bas ]; };
    #                                                                                                         ^^^ error[evaluation-error]`,
      `          clan = clan.config;
          inherit (clan.config) nixosConfigurations clanInternals;
          nixosModules.base = { };`,
    ),
  },
  {
    title: "a module of this flake",
    nix: "accepted",
    text: flake(
      "            machines.web.imports = [ self.nixosModules.base (self.nixosModules.more or { }) ];",
      `          clan = clan.config;
          inherit (clan.config) nixosConfigurations clanInternals;
          nixosModules = clan.config.nixosModules // { base = { }; };`,
    ),
  },
  {
    title: "`clan` in flake-parts without clan-core's module",
    nix: "refused",
    says: "The option `clan' does not exist",
    text: flakeParts(`        clan = { meta.name = "conditions"; inventory.machines.web = { }; };
    #   ^^^^ error[unknown-option]: …\`imports = [ inputs.clan-core.flakeModules.default ];\``),
  },
  {
    title: "the same in a module of its own",
    nix: "refused",
    says: "The option `clan' does not exist",
    text: flakeParts(
      `        imports = [ ./clan-module.nix ];`,
      `
    #- /clan-module.nix
    { lib, ... }: { clan.meta.name = "conditions"; clan.inventory.machines = lib.genAttrs [ "web" ] (_: { }); }
    #               ^^^^ error[unknown-option]`,
    ),
  },
  {
    title: "a misspelt module of clan-core for flake-parts",
    nix: "refused",
    says: "attribute 'defualt' missing",
    text: flakeParts(`        imports = [ inputs.clan-core.flakeModules.defualt ];
    #                                             ^^^^^^^ error[evaluation-error]: …Did you mean \`default\`?
        clan = { meta.name = "conditions"; inventory.machines.web = { }; };`),
  },
  {
    title: "`clan` in flake-parts with clan-core's module, imported by another",
    nix: "accepted",
    text: flakeParts(
      `        imports = [ ./parts.nix ];
        clan = { meta.name = "conditions"; inventory.machines.web = { }; };`,
      `
    #- /parts.nix
    { inputs, ... }: { imports = [ inputs.clan-core.flakeModules.default ]; }`,
    ),
  },
  {
    title: "arguments with `@` and no space behind the colon, which is a URI",
    nix: "refused",
    says: "syntax error, unexpected URI",
    text: `
    #- /clan.nix
    { lib, ... }@args:args.lib.id { meta.name = "conditions"; inventory.machines.web = { }; }
    #                ^ error[syntax-error]: \`args:args.lib.id\` is a URI to Nix: write a space after the \`:\`.`,
    fixed: "@args: args",
  },
  {
    title: "the same before `let`",
    nix: "refused",
    says: "syntax error, unexpected URI",
    text: `
    #- /clan.nix
    { ... }@all:let name = "conditions"; in { meta.name = name; inventory.machines.web = { }; }
    #          ^ error[syntax-error]`,
    fixed: "@all: let",
  },
  {
    title: "the same in a function of one's own",
    nix: "refused",
    says: "syntax error, unexpected URI",
    text: `
    #- /clan.nix
    { ... }:
    let tags = { name, ... }@h:h.tags or [ name ]; in
    #                         ^ error[syntax-error]
    { meta.name = "conditions"; inventory.machines.web.tags = tags { name = "web"; }; }`,
    fixed: "@h: h.tags",
  },
  {
    title: "no space behind the colon where no URI can begin, or end",
    nix: "accepted",
    text: `
    #- /clan.nix
    { lib, ... }@my_args:{ meta.name = "conditions"; inventory.machines = lib.genAttrs [ "web" ] (_:{ }); }`,
  },
];
