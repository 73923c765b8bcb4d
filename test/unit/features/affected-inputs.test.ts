/** Which machines inputs of the flake, its packages and its other outputs concern. */
import { describe, expect, test } from "vitest";
import { checkAffected } from "./check-affected.ts";

describe("what the flake makes besides its machines", () => {
  const before = `
    #- /flake.nix
    {
      inputs.clan-core.url = "github:clan/core";
      inputs.tools.url = "github:example/tools";
      outputs = inputs@{ self, flake-parts, ... }: flake-parts.lib.mkFlake { inherit inputs; } {
        systems = [ "x86_64-linux" ];
        imports = [ ./pkgs/flake-module.nix inputs.clan-core.flakeModules.default ];
        clan = {
          meta.name = "demo";
          specialArgs = { inherit self; };
          inventory.machines = { a = { }; b = { }; c = { }; };
        };
      };
    }
    #- /pkgs/flake-module.nix
    { inputs, ... }: {
      perSystem = { pkgs, self', ... }: {
        packages.site = pkgs.callPackage ./site { inherit (self'.packages) theme; };
        packages.theme = pkgs.callPackage ./theme { };
        packages.other = pkgs.callPackage ./other { inherit (inputs) tools; };
        devShells.default = pkgs.mkShell { packages = [ inputs.tools.packages.x86_64-linux.lint ]; };
      };
    }
    #- /pkgs/site/default.nix
    { stdenv, theme }: stdenv.mkDerivation { name = "site"; patches = [ ./one.patch ]; inherit theme; }
    #- /pkgs/site/one.patch
    1
    #- /pkgs/theme/default.nix
    { runCommand }: runCommand "theme" { src = ./colours; } ""
    #- /pkgs/theme/colours/red
    1
    #- /pkgs/other/default.nix
    { stdenv, tools }: stdenv.mkDerivation { name = "other"; }
    #- /machines/a/configuration.nix
    { self, pkgs, ... }: { services.site.package = self.packages.\${pkgs.system}.site; }
    #- /machines/b/configuration.nix
    { self, pkgs, ... }:
    let own = self.packages.\${pkgs.system}; in { environment.systemPackages = [ own.other ]; }
    #- /machines/c/configuration.nix
    { self, ... }: { x.backup = self.nixosConfigurations.b.config.x.y; }
    #- /flake.lock
    ${lockOf("1")}
  `;

  test.each([
    ["a patch of a package", "#- /pkgs/site/one.patch\n2", ["a: file pkgs/site/one.patch"]],
    ["a file that came to a package's folder", "#- /pkgs/site/two.patch\n2", ["a: file pkgs/site/two.patch"]],
    [
      "a source of a package that another one is made of",
      "#- /pkgs/theme/colours/red\n2",
      ["a: file pkgs/theme/colours/red"],
    ],
    [
      "a package, and whoever reads the configuration of its machine",
      '#- /pkgs/other/default.nix\n{ stdenv, tools }: stdenv.mkDerivation { name = "new"; }',
      ["b: file pkgs/other/default.nix", "c: option nixosConfigurations.b"],
    ],
    [
      "an input that a package is made of",
      `#- /flake.lock\n${lockOf("2")}`,
      ["b: file flake.lock", "c: option nixosConfigurations.b"],
    ],
    ["a file that nothing is made of", "#- /pkgs/README.md\n2", []],
  ])("%s", (_, change, expected) => checkAffected(before, change, expected));

  const flakeModule = before.slice(
    before.indexOf("{ inputs, ... }: {\n      perSystem"),
    before.indexOf("    #- /pkgs/site/default.nix"),
  );
  test.each([
    [
      "how a package is made",
      "callPackage ./theme { }",
      "callPackage ./theme { big = true; }",
      ["a: file pkgs/flake-module.nix"],
    ],
    ["a shell for developers", "mkShell {", "mkShell { name = 1;", []],
  ])("%s", (_, from, to, expected) =>
    checkAffected(before, `#- /pkgs/flake-module.nix\n${flakeModule.replace(from, to)}`, expected),
  );

  test("a package in a file that nothing evaluates here", async () => {
    const other = before.replace(
      "imports = [ ./pkgs/flake-module.nix",
      "flake.extra = [ ./pkgs/flake-module.nix ]; imports = [",
    );
    expect(other).not.toBe(before);
    await checkAffected(other, "#- /pkgs/site/one.patch\n2", ["a: file pkgs/site/one.patch"]);
    await checkAffected(
      other,
      `#- /pkgs/flake-module.nix\n${flakeModule.replace("callPackage ./theme { }", "callPackage ./theme { big = true; }")}`,
      ["a: file pkgs/flake-module.nix"],
    );
    await checkAffected(
      other,
      `#- /pkgs/flake-module.nix\n${flakeModule.replace("mkShell {", "mkShell { name = 1;")}`,
      [],
    );
  });

  test("where a package is made cannot be seen: all of the flake's code may make it", async () => {
    const hidden = before.replace("packages.site =", "packagesBy = x:");
    await checkAffected(hidden, "#- /pkgs/site/one.patch\n2", ["a: file pkgs/site/one.patch"]);
  });
});

function lockOf(rev: string): string {
  const nodes = { root: { inputs: { tools: "tools" } }, tools: { locked: { type: "github", rev } } };
  return JSON.stringify({ version: 7, root: "root", nodes });
}

test("an input that machines get under another name, by the clan or in a service", async () => {
  const before = `
    #- /flake.nix
    {
      inputs.tools.url = "github:example/tools";
      outputs = { self, clan-core, tools, ... }:
        let clan = clan-core.lib.clan {
          inherit self;
          meta.name = "demo";
          USE
          inventory.machines = { a = { }; b = { }; };
        }; in { clan = clan.config; };
    }
    #- /flake.lock
    ${lockOf("1")}
  `;
  const uses = (use: string, expected: readonly string[]) =>
    checkAffected(before.replace("USE", use), `#- /flake.lock\n${lockOf("2")}`, expected);
  await uses("", []);
  await uses("specialArgs.extra = tools.packages;", ["a: file flake.lock", "b: file flake.lock"]);
  await uses("machines.b.imports = [ tools.nixosModules.default ];", ["b: file flake.lock"]);
  await uses(
    'inventory.instances.t = { module = { input = "tools"; name = "t"; }; roles.r.machines.a = { }; };',
    ["a: file flake.lock"],
  );
});

test("inputs of another version concern the machines that use them", async () => {
  const lock = (nixpkgs: string, disko: string, treefmt: string): string =>
    JSON.stringify({
      version: 7,
      root: "root",
      nodes: {
        root: { inputs: { nixpkgs: "nixpkgs", disko: "disko", treefmt: "treefmt" } },
        nixpkgs: { locked: { type: "github", rev: nixpkgs } },
        disko: { locked: { type: "github", rev: disko } },
        treefmt: { locked: { type: "github", rev: treefmt } },
      },
    });
  const before = `
    #- /flake.nix
    {
      inputs.disko.url = "github:nix-community/disko";
      outputs = inputs@{ self, clan-core, ... }:
        let clan = clan-core.lib.clan {
          inherit self;
          meta.name = "demo";
          specialArgs = { inherit inputs; };
          inventory.machines = { a = { }; b = { }; };
        }; in { clan = clan.config; };
    }
    #- /machines/a/configuration.nix
    { inputs, ... }: { imports = [ inputs.disko.nixosModules.disko ]; }
    #- /flake.lock
    ${lock("1", "1", "1")}
  `;
  await checkAffected(before, `#- /flake.lock\n${lock("1", "1", "2")}`, []);
  await checkAffected(before, `#- /flake.lock\n${lock("1", "2", "1")}`, ["a: file flake.lock"]);
  await checkAffected(before, `#- /flake.lock\n${lock("2", "1", "1")}`, [
    "a: file flake.lock",
    "b: file flake.lock",
  ]);
});

describe("an input that a module of the flake uses", () => {
  const before = `
    #- /flake.nix
    {
      inputs.clan-core.url = "github:clan/core";
      inputs.tools.url = "github:example/tools";
      outputs = inputs@{ self, flake-parts, ... }: flake-parts.lib.mkFlake { inherit inputs; } {
        systems = [ "x86_64-linux" ];
        imports = [ ./modules.nix inputs.clan-core.flakeModules.default ];
        clan = {
          meta.name = "demo";
          specialArgs = { inherit self; };
          inventory.machines = { a = { }; b = { }; c = { }; };
          machines.a.imports = [ self.nixosModules.web ];
        };
      };
    }
    #- /modules.nix
    { self, inputs, ... }: {
      flake.nixosModules = {
        web.imports = [ self.nixosModules.proxy ];
        proxy = { imports = [ inputs.tools.nixosModules.default ]; };
        plain = { };
        unused.imports = [ inputs.tools.nixosModules.default ];
      };
    }
    #- /machines/b/configuration.nix
    { self, ... }: { imports = [ IMPORTS ]; }
    #- /flake.lock
    ${lockOf("1")}
  `;
  const a = "a: file flake.lock";
  test.each([
    ["that the machine imports by another one", "self.nixosModules.plain", [a]],
    ["that it imports itself", "self.nixosModules.unused", [a, "b: file flake.lock"]],
    ["by a name that is computed", "self.nixosModules.${x}", [a, "b: file flake.lock"]],
    ["from an output whose name is computed", "self.${x}.proxy", [a, "b: file flake.lock"]],
    ["also by way of the inputs", "inputs.self.${x}.proxy", [a, "b: file flake.lock"]],
    ["but not from an output of an input", "self.inputs.other.${x}.proxy", [a]],
    ["in a with", "(with self.nixosModules; proxy)", [a, "b: file flake.lock"]],
    ["through inherit", "(let inherit (self.nixosModules) proxy; in proxy)", [a, "b: file flake.lock"]],
    [
      "from all of them",
      "(builtins.head (builtins.attrValues self.nixosModules))",
      [a, "b: file flake.lock"],
    ],
  ])("%s", (_, imports, expected) =>
    checkAffected(before.replace("IMPORTS", imports), `#- /flake.lock\n${lockOf("2")}`, expected),
  );
});

test("what machines of macOS are made with is theirs alone", async () => {
  const lock = (rev: string) =>
    JSON.stringify({
      version: 7,
      root: "root",
      nodes: { root: { inputs: { "nix-darwin": "d" } }, d: { locked: { type: "github", rev } } },
    });
  await checkAffected(
    `
    #- /flake.nix
    {
      inputs.nix-darwin.url = "github:nix-darwin/nix-darwin";
      outputs = { self, clan-core, ... }:
        let clan = clan-core.lib.clan {
          inherit self;
          meta.name = "demo";
          inventory.machines = { a = { }; mac.machineClass = "darwin"; };
        }; in { clan = clan.config; };
    }
    #- /flake.lock
    ${lock("1")}
  `,
    `#- /flake.lock\n${lock("2")}`,
    ["mac: file flake.lock"],
  );
});
