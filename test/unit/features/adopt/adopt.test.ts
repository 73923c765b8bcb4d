import { describe, expect, test } from "vitest";
import { adopted, refused } from "./check-adopt.ts";

const inputs =
  'inputs.nixpkgs.url = "github:nixos/nixpkgs"; inputs.flake-parts.url = "github:hercules-ci/flake-parts";';

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

describe("outputs that are written out", () => {
  test("the hosts in one place: joined there, beside the variables there are", async () => {
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
      # What the flake had before the clan.
      own =
        let
          system = "x86_64-linux";
        in
        {
          # My hosts.
          nixosConfigurations.db = nixpkgs.lib.nixosSystem { inherit system; modules = [ ]; };
        };

      clan = clan-core.lib.clan {
        inherit self;
        meta.name = "demo";
        specialArgs = { inherit self; };

        inventory.machines.web = { };
      };
    in
    own
    // {
      clan = clan.config;
      inherit (clan.config) clanInternals;
      nixosConfigurations = clan.config.nixosConfigurations // own.nixosConfigurations or { };
    };
}
`);
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
    [
      "outputs that are no function here",
      '{ inputs.a.url = "x"; outputs = import ./outputs.nix; }',
      "not understood",
    ],
    [
      "a machine that is a host already",
      '{ inputs.nixpkgs.url = "x"; outputs = { self, nixpkgs, ... }: { nixosConfigurations = { web = nixpkgs.lib.nixosSystem { modules = [ ./web.nix ]; }; }; }; }',
      "There is a host `web` already",
    ],
  ])("%s", async (_, flake, reason) => {
    expect(await refused(`#- /flake.nix\n${flake}\n#- /web.nix\n{ }\n`)).toContain(reason);
  });

  test("a service that needs what was not said", async () => {
    expect(
      await refused(`#- /flake.nix\n{ ${inputs} outputs = { self, ... }: { }; }\n`, {
        services: ["matrix-synapse"],
      }),
    ).toMatch(/would have an error: .*needs the settings `acmeEmail`/);
  });
});
