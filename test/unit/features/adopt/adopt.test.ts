import { describe, expect, test } from "vitest";
import { adopted, refused } from "./check-adopt.ts";

const inputs =
  'inputs.nixpkgs.url = "github:nixos/nixpkgs"; inputs.flake-parts.url = "github:hercules-ci/flake-parts";';
/** And an input of which nothing is known. */
const more = `${inputs} inputs.x.url = "github:ann/x";`;

describe("flake-parts", () => {
  test("a folder whose files are all imported takes one more", async () => {
    const { files, clan } = await adopted(`
      #- /flake.nix
      {
        ${inputs}
        outputs = inputs: inputs.flake-parts.lib.mkFlake { inherit inputs; } {
          systems = [ "x86_64-linux" ];
          imports = with builtins; map (fn: ./modules/flake-parts/\${fn}) (attrNames (readDir ./modules/flake-parts));
        };
      }
      #- /modules/flake-parts/shell.nix
      { perSystem = { pkgs, ... }: { devShells.default = pkgs.mkShell { }; }; }
    `);
    expect(Object.keys(files).sort()).toEqual([
      "flake.nix",
      "machines/web/configuration.nix",
      "modules/flake-parts/clan.nix",
    ]);
    expect(files["modules/flake-parts/clan.nix"]).toContain("devShells.clan = pkgs.mkShell");
    expect(files["flake.nix"]).toContain('inputs.clan-core.inputs.flake-parts.follows = "flake-parts";');
    expect([clan.name, [...clan.machines.known.keys()]]).toEqual(["demo", ["web"]]);
  });

  test("a list of imports gets one more; without a list, the module gets one", async () => {
    const listed = await adopted(`
      #- /flake.nix
      { ${inputs} outputs = inputs: inputs.flake-parts.lib.mkFlake { inherit inputs; } { systems = [ ]; imports = [ ./parts/shell.nix ]; }; }
      #- /parts/shell.nix
      { }
    `);
    expect(listed.files["flake.nix"]).toContain("imports = [ ./parts/shell.nix ./parts/clan.nix ];");
    const bare = await adopted(`
      #- /flake.nix
      { ${inputs} outputs = inputs: inputs.flake-parts.lib.mkFlake { inherit inputs; } { systems = [ ]; }; }
    `);
    expect(bare.files["flake.nix"]).toContain("imports = [ ./clan.nix ];");
    expect(bare.files["clan.nix"]).toContain("devShells.default = pkgs.mkShell");
  });

  test("a folder machines/ that is there already stays what it is", async () => {
    const { files, clan } = await adopted(`
      #- /flake.nix
      { ${inputs} outputs = inputs: inputs.flake-parts.lib.mkFlake { inherit inputs; } { systems = [ ]; }; }
      #- /machines/old/configuration.nix
      { }
    `);
    expect(files["clan.nix"]).toContain('directory = "${self}/clan";');
    expect(Object.keys(files)).toContain("clan/machines/web/configuration.nix");
    expect([...clan.machines.known.keys()]).toEqual(["web"]);
  });
});

describe("flake-parts, where its modules come from elsewhere", () => {
  const flakeParts = (given: string): string =>
    `#- /flake.nix\n{ ${more} outputs = inputs: inputs.flake-parts.lib.mkFlake { inherit inputs; } ${given}; }\n`;

  test.each([
    [
      "a list that something is added to",
      flakeParts("{ systems = [ ]; imports = [ inputs.x.flakeModule ] ++ inputs.x.more; }"),
      "inputs.x.more ++ [ ./clan.nix ]",
    ],
    [
      "a file",
      `${flakeParts("./parts")}#- /parts/default.nix\n{ inputs, ... }: { imports = inputs.x.all ./.; }\n`,
      "{ inherit inputs; } { imports = [ ./parts ./parts/clan.nix ]; }",
    ],
    [
      "what a function answers",
      `${flakeParts("(inputs.x.tree ./parts)")}#- /parts/a.nix\n{ }\n`,
      "{ inherit inputs; } ({ imports = [ (inputs.x.tree ./parts) ./parts/clan.nix ]; })",
    ],
  ])("%s", async (_, fixture, text) => {
    const { files, clan } = await adopted(fixture);
    expect(files["flake.nix"]).toContain(text);
    expect([...clan.machines.known.keys()]).toEqual(["web"]);
  });

  test("the list in the folder of the module comes before that in the flake", async () => {
    const { files } = await adopted(
      `${flakeParts("{ systems = [ ]; imports = [ ./parts ]; }")}#- /parts/default.nix\n{ imports = [ ./a.nix ]; }\n#- /parts/a.nix\n{ }\n`,
    );
    expect(files["parts/default.nix"]).toContain("imports = [ ./a.nix ./clan.nix ];");
  });

  test("a flake that imports every file gets the machine where it does not look", async () => {
    const { files, clan } = await adopted(
      `${flakeParts("(inputs.import-tree ./.)").replace("inputs.x.url", 'inputs.import-tree.url = "github:vic/import-tree"; inputs.x.url')}#- /parts/a.nix\n{ }\n`.replace(
        "inputs.import-tree ./.",
        '(inputs.import-tree.filterNot (p: baseNameOf p == "flake.nix")) ./.',
      ),
    );
    expect(Object.keys(files)).toContain("_clan/machines/web/configuration.nix");
    expect(Object.values(files).join()).toContain('directory = "${self}/_clan";');
    expect([...clan.machines.known.keys()]).toEqual(["web"]);
  });

  test("flake-file writes the flake.nix: the module declares the input as well", async () => {
    const { files } = await adopted(`
      #- /flake.nix
      # DO-NOT-EDIT. This file was auto-generated using github:vic/flake-file.
      {
        outputs = inputs: inputs.flake-parts.lib.mkFlake { inherit inputs; } (inputs.import-tree ./modules);
        inputs = {
          flake-file.url = "github:vic/flake-file";
          flake-parts.url = "github:hercules-ci/flake-parts";
          import-tree.url = "github:vic/import-tree";
        };
      }
      #- /modules/a.nix
      { inputs, ... }: { imports = [ inputs.flake-file.flakeModules.default ]; }
    `);
    expect(files["modules/clan.nix"]).toContain(
      'flake-file.inputs.clan-core.inputs.flake-parts.follows = "flake-parts";',
    );
    expect(files["flake.nix"]).toContain('clan-core.inputs.flake-parts.follows = "flake-parts";');
  });
});

describe("outputs that are written out", () => {
  test.each([
    [
      "behind let: joined there, without brackets",
      "inputs@{ self, nixpkgs, ... }: { nixosConfigurations = let mk = x: x; in builtins.mapAttrs (_: mk) { }; }",
      "let mk = x: x; in clan.config.nixosConfigurations // builtins.mapAttrs",
    ],
    [
      "in one of two sets that are joined",
      "inputs@{ self, nixpkgs, ... }: { nixosConfigurations = { }; } // { packages = { }; }",
      "{ nixosConfigurations = clan.config.nixosConfigurations // { }; clan = clan.config;",
    ],
    [
      "that may be replaced by what is joined to them: through the function",
      "inputs@{ self, nixpkgs, ... }: { nixosConfigurations = { }; } // inputs.x.lib.each (system: { packages = 1; })",
      "withClan ({ nixosConfigurations = { }; } // inputs.x.lib.each (system: { packages = 1; }));",
    ],
    [
      "in a set that is recursive: through the function",
      "{ self, nixpkgs, ... }: rec { a = 1; nixosConfigurations = { }; }",
      "withClan rec { a = 1; nixosConfigurations = { }; }",
    ],
    [
      "with a variable called clan already",
      "inputs@{ self, ... }: let clan = 1; in { nixosConfigurations = { }; inherit (inputs.x) y; z = clan; }",
      "newClan.config.nixosConfigurations // { };",
    ],
    ["without a name for the inputs", "_: { nixosConfigurations = { }; }", "outputs = inputs:"],
    ["without self", "{ ... }: { }", "{ self, clan-core, ... }:"],
    ["in a file of their own", "import ./outputs.nix", "withClan (import ./outputs.nix inputs)"],
    [
      "by the module system of nixpkgs, with modules that are not seen",
      "inputs: (inputs.nixpkgs.lib.evalModules { specialArgs = { inherit inputs; }; modules = [ ./den.nix ]; }).config.flake",
      "withClan ((inputs.nixpkgs.lib.evalModules {",
    ],
  ])("hosts %s", async (_, outputs, text) => {
    const { files, clan } = await adopted(`
      #- /flake.nix
      {
        ${more}
        outputs = ${outputs};
      }
      #- /outputs.nix
      { self, nixpkgs, ... }: { packages = { }; }
      #- /den.nix
      { inputs, ... }: { imports = [ inputs.x.flakeModule ]; flake.packages = { }; den.hosts.x86_64-linux.a = { }; }
    `);
    expect(files["flake.nix"]).toContain(text);
    expect([...clan.machines.known.keys()]).toEqual(["web"]);
  });

  test("hosts written in pieces: the result goes through a function, beside the variables there are", async () => {
    const { files } = await adopted(`
      #- /flake.nix
      {
        inputs = {
          nixpkgs.url = "github:nixos/nixpkgs";
        };

        outputs =
          { self, nixpkgs }:
          let
            system = "x86_64-linux";
          in
          {
            # My hosts.
            nixosConfigurations.db = nixpkgs.lib.nixosSystem { inherit system; modules = [ ]; };
          };
      }
    `);
    expect(files["flake.nix"]).toBe(`{
  inputs = {
    nixpkgs.url = "github:nixos/nixpkgs";
    clan-core.url = "https://git.clan.lol/clan/clan-core/archive/main.tar.gz";
    clan-core.inputs.nixpkgs.follows = "nixpkgs";
  };

  outputs =
    { self, nixpkgs, clan-core }:
    let
      system = "x86_64-linux";
      clan = clan-core.lib.clan {
        inherit self;
        meta.name = "demo";
        specialArgs = { inherit self; };

        inventory.machines.web = { };
      };

      # The outputs that the flake has without the clan, with those of the clan.
      withClan =
        own:
        own
        // {
          clan = clan.config;
          inherit (clan.config) clanInternals;
          nixosConfigurations = clan.config.nixosConfigurations // own.nixosConfigurations or { };
        };
    in
    withClan {
      # My hosts.
      nixosConfigurations.db = nixpkgs.lib.nixosSystem { inherit system; modules = [ ]; };
    };
}
`);
  });

  test("a development shell with clan comes where there is none, and nothing else may bring one", async () => {
    const outputs = (body: string, formals = "{ self, nixpkgs, ... }"): string =>
      `#- /flake.nix\n{\n  ${inputs}\n  outputs = ${formals}: {\n    nixosConfigurations = { };${body}\n  };\n}\n`;
    const { files } = await adopted(outputs(""));
    expect(files["flake.nix"]).toContain(
      "      default = nixpkgs.legacyPackages.${system}.mkShell {\n        packages = [ clan-core.packages.${system}.clan-cli ];",
    );
    for (const fixture of [
      outputs(" devShells.x86_64-linux.default = 1;"),
      outputs(' ${"dev" + "Shells"} = { };'),
      outputs("", "{ self, ... }"),
    ])
      expect((await adopted(fixture)).files["flake.nix"]).not.toContain("clan-cli");
  });

  test("a set of hosts is joined where it stands; further arguments follow", async () => {
    const { files, clan } = await adopted(
      `
        #- /flake.nix
        {
          ${inputs}
          outputs = inputs@{ self, nixpkgs, ... }: {
            nixosConfigurations = { db = nixpkgs.lib.nixosSystem { modules = [ ]; }; };
          };
        }
      `,
      { target: "web.example.org", services: ["sshd", "zerotier", "wireguard", "tor"] },
    );
    expect(files["flake.nix"]).toContain("nixosConfigurations = clan.config.nixosConfigurations // { db =");
    expect(files["flake.nix"]).toContain('deploy.targetHost = "root@web.example.org";');
    expect([...clan.instances.known.keys()]).toEqual(["sshd", "tor", "wireguard", "zerotier"]);
  });

  test("the result of a framework gets a name; text in strings keeps its place", async () => {
    const note = 'note = "\nleft\n";';
    const { files } = await adopted(
      `#- /flake.nix\n{ inputs.snowfall-lib.url = "github:snowfallorg/lib"; outputs = inputs:\n  inputs.snowfall-lib.mkFlake {\n    inherit inputs;\n    src = ./.;\n${note} }; }\n`,
    );
    expect(files["flake.nix"]).toContain(note);
    expect(files["flake.nix"]).toContain(
      "nixosConfigurations = clan.config.nixosConfigurations // own.nixosConfigurations or { };",
    );
  });

  test("a machine with macOS", async () => {
    const { files, clan } = await adopted(`#- /flake.nix\n{ ${inputs} outputs = { self, ... }: { }; }\n`, {
      machine: { name: "mini", class: "darwin" },
    });
    expect(clan.machines.known.get("mini")?.class).toBe("darwin");
    expect(files["flake.nix"]).toContain(
      "inherit (clan.config) nixosConfigurations darwinConfigurations clanInternals;",
    );
    expect(files["machines/mini/configuration.nix"]).toContain('nixpkgs.hostPlatform = "aarch64-darwin";');
  });
});

test("an empty folder gets a flake", async () => {
  const { files, clan } = await adopted("#- /readme.md\nhello\n", { services: ["users"] });
  expect(Object.keys(files)).toEqual(["flake.nix", "machines/web/configuration.nix"]);
  expect([...clan.instances.known.keys()]).toEqual(["users"]);
});

describe("what is refused", () => {
  test.each([
    [
      "inputs that are computed",
      "{ inputs = import ./inputs.nix; outputs = _: { }; }",
      "not written out as a set",
    ],
    [
      "a generated flake.nix",
      '# DO-NOT-EDIT. This file was auto-generated\n{ inputs.a.url = "x"; outputs = _: { }; }',
      "is generated",
    ],
    ["a flake.nix with a mistake", '{ inputs.a.url = "x"; outputs = _: { ; }', "syntax error"],
    ["outputs that are not there", '{ inputs.a.url = "x"; }', "not understood"],
    ["outputs that fail", '{ inputs.a.url = "x"; outputs = import ./outputs.nix; }', "cannot be evaluated"],
    [
      "a machine that is a host already",
      '{ inputs.nixpkgs.url = "x"; outputs = { self, nixpkgs, ... }: { nixosConfigurations = { web = nixpkgs.lib.nixosSystem { modules = [ ./web.nix ]; }; }; }; }',
      "There is a host `web` already",
    ],
  ])("%s", async (_, flake, reason) => {
    expect(await refused(`#- /flake.nix\n${flake}\n#- /web.nix\n{ }\n`)).toContain(reason);
  });

  test("a flake that imports every file, whatever its folder is called", async () => {
    expect(
      await refused(
        `#- /flake.nix\n{ ${inputs} outputs = inputs: inputs.flake-parts.lib.mkFlake { inherit inputs; } { systems = [ ]; imports = builtins.filter (p: baseNameOf p != "flake.nix") (inputs.nixpkgs.lib.filesystem.listFilesRecursive ./.); }; }\n#- /a.nix\n{ }\n`,
      ),
    ).toContain("This flake imports every Nix file that it has");
  });

  test.each([
    "options.flake.darwinModules = lib.mkOption { type = lib.types.lazyAttrsOf lib.types.unspecified; };",
    "options.flake.darwinModules = lib.mkOption { apply = x: x; };",
    'options = { flake = { darwinConfigurations = lib.mkOption { description = "Mine"; }; }; };',
  ])("an option that clan's flake module declares, too: %s", async (option) => {
    const fixture = (declared: string): string =>
      `#- /flake.nix\n{ ${inputs} outputs = inputs: inputs.flake-parts.lib.mkFlake { inherit inputs; } { systems = [ ]; imports = [ ./a.nix ]; }; }\n#- /a.nix\n{ lib, ... }: { ${declared} }\n`;
    expect(await refused(fixture(option))).toMatch(
      /`a.nix` declares the option `flake.darwin\w+`, and so does/,
    );
    // What is defined is welcome, and other options are the flake's own.
    await adopted(fixture("config.flake.darwinModules.x = { }; options.flake.mine = lib.mkOption { };"));
    // The module system joins these with clan's.
    await adopted(
      fixture(
        "options.flake.darwinConfigurations = lib.mkOption { type = lib.types.lazyAttrsOf lib.types.raw; };",
      ),
    );
  });

  test("a service that needs what was not said", async () => {
    expect(
      await refused(`#- /flake.nix\n{ ${inputs} outputs = { self, ... }: { }; }\n`, {
        services: ["matrix-synapse"],
      }),
    ).toMatch(/would have an error: .*needs the settings `acmeEmail`/);
  });
});
