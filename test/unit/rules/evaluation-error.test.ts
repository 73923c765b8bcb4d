import { expect, test } from "vitest";
import { afterFix, checkFindings, findingTexts } from "../helpers/check.ts";
import { FLAKE } from "../helpers/flakes.ts";

/** A flake of lib.clan with these lines as its clan.nix. */
function clan(text: string, more = ""): string {
  return `${FLAKE}
    #- /clan.nix
${text}
${more}`;
}

test("values that fail, where Nix surely evaluates them", async () => {
  await checkFindings(
    clan(`
    { lib, ... }: let names = { web = "x"; }; in {
      meta.name = names.wbe;
    #                   ^^^ error[evaluation-error]: …attribute 'wbe' missing. Did you mean \`web\`?
      inventory.machines.b.tags = [ "s" ] ++ "t";
    #                                         ^ error[evaluation-error]: …value is a string while a list was expected.
      inventory.machines.c.description = throw "set me";
    #                                    ^^^^^^^^^^^^^^ error[evaluation-error]: Nix cannot evaluate this: set me.
      inventory.instances.d = lib.mkIf false (throw "never asked for");
      specialArgs.e = throw "never asked for";
    }`),
  );
});

test("packages, which the modules of a clan are not given", async () => {
  await checkFindings(
    clan(`
    { pkgs, ... }: {
      meta.name = "x";
      meta.icon = pkgs.icon;
    #             ^^^^^^^^^ error[evaluation-error]: …attribute 'pkgs' missing.
      machines.web = { pkgs, ... }: { environment.systemPackages = [ pkgs.git ]; };
    }`),
  );
  const given = `    { pkgs, ... }: { meta.name = "x"; meta.icon = pkgs.icon; _module.args.pkgs.icon = "i"; }`;
  expect(await findingTexts(clan(given))).toEqual([]);
});

test("a name computed from no string", async () => {
  await checkFindings(
    clan(`
    {
      meta.name = "x";
      inventory.machines.\${1} = { };
    #                      ^ error[evaluation-error]: …value is an integer while a string was expected.
    }`),
  );
});

test("a failure in a file is told there, with the place that needs it", async () => {
  await checkFindings(
    clan(
      `
    { meta.name = "x"; inventory.machines = import ./machines.nix; }`,
      `
    #- /machines.nix
    { web.tags = 1 + "a"; db = { } // [ ]; }
    #                 ^ error[evaluation-error]: …cannot add a string to an integer.
    #                                 ^^^ error[evaluation-error]: …value is a list while a set was expected.`,
    ),
  );
});

test("imports of files that are not there, by modules of the clan and of flake-parts", async () => {
  await checkFindings(
    clan(`
    {
      imports = [ ./a.nix ];
    #             ^^^^^^^ error[evaluation-error]: …path './a.nix' does not exist.
      meta.name = "x";
    }`),
  );
  await checkFindings(`
    #- /flake.nix
    {
      inputs.clan-core.url = "https://git.clan.lol/clan/clan-core/archive/main.tar.gz";
      inputs.flake-parts.url = "github:hercules-ci/flake-parts";
      outputs = inputs@{ flake-parts, clan-core, ... }: flake-parts.lib.mkFlake { inherit inputs; } {
        imports = [ clan-core.flakeModules.default ./parts ];
    #                                              ^^^^^^^ error[evaluation-error]: …path './parts' does not exist.
        clan.meta.name = "x";
      };
    }`);
});

test("a check that fails, unless it is ignored or not known", async () => {
  await checkFindings(
    clan(`
    { lib, self, ... }:
    {
      meta.name = "x";
      checks.old = { assertion = false; message = "nixpkgs is too old"; };
    #                            ^^^^^ error[evaluation-error]: The check \`old\` stops Nix: nixpkgs is too old
      checks.a = { assertion = false; message = "no"; ignore = true; };
      checks.b = { assertion = self.anything; message = "no"; };
      checks.c = { assertion = lib.mkDefault false; message = "no"; ignore = self.anything; };
      checks.d = { assertion = true; message = "no"; };
      # clan-core says what is checked.
      checks.minNixpkgsVersion.ignore = true;
    }`),
  );
});

test("a wrong option is told where it is defined, and not again where the flake's outputs need it", async () => {
  await checkFindings(`
    #- /flake.nix
    {
      inputs.clan-core.url = "https://git.clan.lol/clan/clan-core/archive/main.tar.gz";
      outputs = { self, clan-core, ... }: let clan = clan-core.lib.clan { inherit self; imports = [ ./clan.nix ]; }; in {
        inherit (clan.config) nixosConfigurations;
        clan = clan.config;
      };
    }
    #- /clan.nix
    {
      meta.name = "x";
      inventory.machines.web.machineClass = "nixso";
    #                                       ^^^^^^^ error[type-mismatch]
    }`);
});

test("what machines import", async () => {
  await checkFindings(
    clan(
      `
    {
      meta.name = "x";
      inventory.machines.web = { };
      inventory.machines.db = { };
      machines.db = ./db.nix;
    #               ^^^^^^^^ error[evaluation-error]: …path './db.nix' does not exist.
    }`,
      `
    #- /machines/web/configuration.nix
    { lib, config, inputs, ... }:
    {
      imports = [
        ../../modules/server.nix
    #   ^^^^^^^^^^^^^^^^^^^^^^^^ error[evaluation-error]: …path './modules/server.nix' does not exist.
        ./merged.nix
        inputs.anything.nixosModules.default
        12
    #   ^^ error[type-mismatch]: A module is a path, a set or a function, but this is an integer.
      ] ++ lib.optional inputs.anything.isSo ./perhaps.nix;
      config = { };
      services.nginx.enable = true;
    # ^^^^^^^^ error[unknown-option]: …it belongs into \`config\`.
    }
    #- /machines/web/merged.nix
    { lib, ... }: lib.mkMerge [ { services.nginx.enable = true; } ]`,
    ),
  );
});

test("a flake that fails before there is a clan", async () => {
  const flake = (outputs: string) => `
    #- /flake.nix
    {
      inputs.clan-core.url = "https://git.clan.lol/clan/clan-core/archive/main.tar.gz";
      inputs.flake-parts.url = "github:hercules-ci/flake-parts";
${outputs}
    }`;
  await checkFindings(
    flake(`
      outputs = { self, clan-core, ... }: import ./clan { inherit self; };
    #                                     ^^^^^^^^^^^^^ error[evaluation-error]: …path './clan' does not exist.`),
  );
  const parts = (rest: string) =>
    flake(`
      outputs = inputs@{ flake-parts, ... }: flake-parts.lib.mkFlake { inherit inputs; } {
        imports = [ inputs.clan-core.flakeModules.default ];
${rest}
      };`);
  await checkFindings(
    parts(`
        clan = [ ];
    #          ^^^ error[type-mismatch]: \`clan\` must be a module: a set, a function that makes one, or the path of its file. This is [ ].`),
  );
  await checkFindings(
    parts(`
        clan = null;
    #          ^^^^ error[type-mismatch]`),
  );
});

test("variables that nothing binds, once each, in all files Nix reads", async () => {
  await checkFindings(
    clan(
      `
    { ... }: {
      meta.name = "x";
      inventory.machines.web.description = lib.toUpper (lib.toLower "w");
    #                                      ^^^ error[evaluation-error]: …undefined variable 'lib'.
    }`,
      `
    #- /machines/web/configuration.nix
    { pkgs, ... }: let packges = [ pkgs.git ]; in {
      environment.systemPackages = packages;
    #                              ^^^^^^^^ error[evaluation-error]: …undefined variable 'packages'. Did you mean \`packges\`?
      users = with pkgs; [ anything ];
    }`,
    ),
  );
});

test("the fixes: the name that was meant, and an argument that modules are called with", async () => {
  const clanFile = (text: string) => `
    #- /clan.nix
    ${text}`;
  expect(await afterFix(clanFile(`let all.web = "x"; in { meta.name = all.wbe; }`))).toContain(`all.web;`);
  expect(await afterFix(clanFile(`{ ... }: { meta.name = lib.toUpper "x"; }`))).toContain(`{ lib, ... }:`);
  expect(await afterFix(clanFile(`let name = "x"; in { meta.name = nmae; }`))).toContain(`meta.name = name;`);
});

test("nothing is known about names in files that are imported with more of them", async () => {
  const text = clan(
    `
    { meta.name = "x"; inventory.machines = builtins.scopedImport { web = { }; } ./machines.nix; }`,
    `
    #- /machines.nix
    { inherit web; }`,
  );
  expect(await findingTexts(text)).toEqual([]);
});

test("slips of the pen in names of flake-parts, clan-core and what it returns", async () => {
  const flake = (outputs: string): string => `#- /flake.nix
    {
      inputs.clan-core.url = "https://git.clan.lol/clan/clan-core/archive/main.tar.gz";
      inputs.flake-parts.url = "github:hercules-ci/flake-parts";
      outputs = inputs@{ flake-parts, clan-core, self }: ${outputs};
    }`;
  const places = [
    ["flake-parts.lib.mkFFlake { inherit inputs; } { }", "mkFFlake"],
    [
      "flake-parts.lib.mkFlake { inherit inputs; } { imports = [ clan-core.flakeMdoules.default ]; }",
      "flakeMdoules",
    ],
    ['{ clan = (clan-core.lib.clan { inherit self; meta.name = "x"; }).cofnig; }', "cofnig"],
  ] as const;
  for (const [outputs, place] of places)
    expect(await findingTexts(flake(outputs))).toEqual([`evaluation-error: ${place}`]);
  const clan = '(clan-core.lib.clan { inherit self; meta.name = "x"; })';
  expect(
    await findingTexts(flake(`{ clan = ${clan}.config // ${clan}.options // clan-core.lib.cllan; }`)),
  ).toEqual([]);
});

test("a folder for import-tree that is not there", async () => {
  const fixture = `
    #- /flake.nix
    {
      inputs.flake-parts.url = "github:hercules-ci/flake-parts";
      inputs.import-tree.url = "github:vic/import-tree";
      inputs.clan-core.url = "https://git.clan.lol/clan/clan-core/archive/main.tar.gz";
      outputs = inputs: inputs.flake-parts.lib.mkFlake { inherit inputs; } (inputs.import-tree ./moduels);
    }
    #- /modules/clan.nix
    { inputs, ... }: { imports = [ inputs.clan-core.flakeModules.default ]; clan.meta.name = "x"; }`;
  expect(await findingTexts(fixture)).toEqual(["evaluation-error: ./moduels"]);
  expect(await findingTexts(fixture.replace("moduels", "modules"))).toEqual([]);
});

test.each([
  ["without the inputs", "flake-parts.lib.mkFlake { } { }", "{ }"],
  ["without its module", "flake-parts.lib.mkFlake { inherit inputs; }", "outputs"],
  ["that are a function", "_: { }", "_: { }"],
])("outputs %s", async (_, outputs, place) => {
  const fixture = `#- /flake.nix
    {
      inputs.clan-core.url = "https://git.clan.lol/clan/clan-core/archive/main.tar.gz";
      inputs.flake-parts.url = "github:hercules-ci/flake-parts";
      outputs = inputs@{ flake-parts, clan-core, self }: ${outputs};
    }`;
  expect(await findingTexts(fixture)).toEqual([`evaluation-error: ${place}`]);
});

test("slips of the pen in names of nixpkgs' lib, which has more names than are known", async () => {
  await checkFindings(
    clan(`
    { lib, ... }: {
      meta.name = lib.mkDeefault "x";
    #                 ^^^^^^^^^^ error[evaluation-error]: …attribute 'mkDeefault' missing. Did you mean \`mkDefault\`?
      meta.icon = lib.strings.optionalStrnig true "x";
    #                         ^^^^^^^^^^^^^^ error[evaluation-error]: …'optionalStrnig' missing. Did you mean \`optionalString\`?
      inventory.machines.a.description = lib.mkSomethingNew "x";
      inventory.machines.b.description = lib.getNames "x";
      inventory.machines.c.description = lib.toUper or (x: x) "x";
    }`),
  );
});
