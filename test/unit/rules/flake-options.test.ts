import { expect, test } from "vitest";
import { afterFix, checkFindings, findingTexts } from "../helpers/check.ts";

/** A flake-parts flake with a module of another flake and these attributes, in a line of their own. */
function flake(attributes: string): string {
  return `
    #- /flake.nix
    {
      inputs.clan-core.url = "https://git.clan.lol/clan/clan-core/archive/main.tar.gz";
      inputs.flake-parts.url = "github:hercules-ci/flake-parts";
      inputs.other.url = "github:someone/other";
      outputs = inputs@{ flake-parts, clan-core, other, ... }: flake-parts.lib.mkFlake { inherit inputs; } {
        imports = [ clan-core.flakeModules.default other.flakeModules.default ];
${attributes}
      };
    }`;
}

test("unknown-option: a misspelt `clan` of flake-parts, and options of the clan beside it", async () => {
  await checkFindings(
    flake(`
        cllan.inventory.machines.web = { };
    #   ^^^^^ error[unknown-option]: flake-parts has no option \`cllan\`. Did you mean \`clan\`?
        inventory.machines.db = { };
    #   ^^^^^^^^^ error[unknown-option]: …is an option of the clan, not of flake-parts: \`clan.inventory\`.
        meta.domain = "example.org";
    #   ^^^^ error[unknown-option]`),
  );
});

test("the fix writes what is meant", async () => {
  const misspelt = flake(`        cllan.meta.name = "x";`);
  expect(await afterFix(misspelt)).toContain(`clan.meta.name = "x";`);
  const beside = flake(`        clan.meta.name = "x"; inventory.machines.a = { };`);
  expect(await afterFix(beside)).toContain(`clan.meta.name = "x"; clan.inventory.machines.a = { };`);
});

test("what another flake's module may declare", async () => {
  const text = `
        clan.meta.name = "x";
        clang.enable = true;
        plan.meta.steps = [ ];
        inventory.articles = [ "bread" ];
        meta.description = "Of the docs";
        perSystem = _: { };`;
  expect(await findingTexts(flake(text))).toEqual([]);
});

/** The same without a module of another flake. */
function own(attributes: string, imports = ""): string {
  return flake(attributes).replace("other.flakeModules.default", imports);
}

test("unknown-option: beside `clan`, where all modules are known", async () => {
  await checkFindings(
    own(`
        clan.meta.name = "x";
        meta.description = "x";
    #   ^^^^ error[unknown-option]: …is an option of the clan, not of flake-parts: \`clan.meta\`.
        machines.web = { };
    #   ^^^^^^^^ error[unknown-option]: …is an option of the clan, not of flake-parts: \`clan.machines\`.
        nixosConfigurations.web = { };
    #   ^^^^^^^^^^^^^^^^^^^ error[unknown-option]: …has no option \`nixosConfigurations\`. Outputs belong into \`flake.nixosConfigurations\`.
        system = [ "x86_64-linux" ];
    #   ^^^^^^ error[unknown-option]: …Did you mean \`systems\`?
        perSystem = _: { };
        debug = true;
        flake.anything = 1;`),
  );
});

test("silent: options that own modules declare, and modules that are not seen", async () => {
  const silent = async (attribute: string, imports: string): Promise<void> => {
    const text = own(`        clan.meta.name = "x"; ${attribute}`, imports);
    expect(await findingTexts(text)).toEqual([]);
  };
  await silent(
    "hosts.web = { };",
    "({ lib, ... }: { options.hosts = lib.mkOption { type = lib.types.attrs; }; })",
  );
  await silent("treefmt.x = 1;", "(if other.x then other.y else { })");
  await silent("partitions.dev.module = { };", "flake-parts.flakeModules.partitions");
  await silent("home.x = 1;", "flake-parts.flakeModules.bundlers");
  // What is imported may have come from a file that is not there.
  const gone = own(`        clan.meta.name = "x"; treefmt.x = 1;`, "./gone.nix");
  expect(await findingTexts(gone)).toEqual(["evaluation-error: ./gone.nix"]);
});

/** A flake with a module of its own, which is this. */
const withModule = (text: string, imports = ""): string => `
    #- /flake.nix
    {
      inputs.clan-core.url = "https://git.clan.lol/clan/clan-core/archive/main.tar.gz";
      inputs.flake-parts.url = "github:hercules-ci/flake-parts";
      inputs.other.url = "github:example/other";
      outputs = inputs@{ flake-parts, ... }: flake-parts.lib.mkFlake { inherit inputs; } {
        systems = [ "x86_64-linux" ];
        imports = [ inputs.clan-core.flakeModules.default ./module.nix ${imports} ];
        clan.meta.name = "x";
      };
    }
    #- /module.nix
${text}`;

test("what the flake's own modules define of the options they declare", async () => {
  await checkFindings(
    withModule(`    { lib, config, ... }: {
      options.my = {
        site = lib.mkOption { type = lib.types.str; };
        net.hosts = lib.mkOption { type = lib.types.listOf (lib.types.attrsOff lib.types.str); };
    #                                                                 ^^^^^^^^ error[evaluation-error]: …Did you mean \`attrsOf\`?
        unread = lib.mkOption { type = lib.types.str; };
      };
      config = {
        my.site = 80;
    #             ^^ error[type-mismatch]: \`my.site\` must be a string. This is 80.
        my.sitee = "a";
    #      ^^^^^ error[unknown-option]: \`my\` has no option \`sitee\`. Did you mean \`site\`? Options: \`net\`, \`site\`, \`unread\`.
        my.net.host = [ ];
    #          ^^^^ error[unknown-option]: \`my.net\` has no option \`host\`. Did you mean \`hosts\`? Options: \`hosts\`.
        my.net.hosts = [ ];
        my.unread = 1;
        clan.meta.description = config.my.site;
        clan.meta.icon = toString config.my.net.hosts;
      };
    }`),
  );
});

test.each([
  ["as they are meant", 'options.my.site = str; config.my.site = "a";', ""],
  [
    "declared by a module that is not seen",
    'options.my.site = str; config.my.siet = "a";',
    "inputs.other.flakeModules.x",
  ],
  [
    "declared in a set that is not known",
    'options.my = { site = str; } // inputs.other.options; config.my.siet = "a";',
    "",
  ],
  [
    "of a submodule that takes any name",
    'options.my = lib.mkOption { type = lib.types.submodule { freeformType = lib.types.attrsOf lib.types.str; }; }; config.my.siet = "a";',
    "",
  ],
  [
    "of a type that is not known",
    "options.my.site = lib.mkOption { type = inputs.other.types.site; }; config.my.site = 1;",
    "",
  ],
  ["whose value is not known", "options.my.site = str; config.my.site = inputs.other.site;", ""],
  ["that may not apply", "options.my.site = str; config.my.site = lib.mkIf inputs.other.on 1;", ""],
  [
    "declared in two modules",
    'imports = [ { options.my.other = str; } ]; options.my.site = str; config.my.other = "a";',
    "",
  ],
])("options of the flake's own modules of which nothing is said: %s", async (_, text, imports) => {
  const module = `    { lib, config, inputs, ... }: let str = lib.mkOption { type = lib.types.str; default = "d"; }; in {
      ${text.replace("config.my", "config.clan.meta.description = toString (config.my.site or 0); config.my")}
    }`;
  expect(await findingTexts(withModule(module, imports))).toEqual([]);
});
