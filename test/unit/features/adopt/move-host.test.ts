import { describe, expect, test } from "vitest";
import { adopted, refused } from "./check-adopt.ts";

const machine = { name: "new", class: "nixos" } as const;

/** A flake with one host, called db. */
function flake(host: string, more = ""): string {
  return `
    #- /flake.nix
    {
      inputs.nixpkgs.url = "github:nixos/nixpkgs";
      inputs.hardware.url = "github:nixos/nixos-hardware";
      outputs = inputs@{ self, nixpkgs, hardware, ... }: {
        nixosConfigurations = {
          ${host}
          other = nixpkgs.lib.nixosSystem { modules = [ ./other.nix ]; };
        };
      };
    }
    #- /hosts/db.nix
    { services.db.port = 1; }
    #- /other.nix
    { }
    ${more}
  `;
}

test("modules, system and special arguments go over; the entry goes, others stay", async () => {
  const { files, clan } = await adopted(
    flake(`db = nixpkgs.lib.nixosSystem {
            system = "x86_64-linux";
            specialArgs = { inherit inputs; site = "here"; };
            modules = [ ./hosts/db.nix hardware.nixosModules.pc { a = 1; } ];
          };`),
    { machine, move: [{ name: "db" }] },
  );
  const text = files["flake.nix"] ?? "";
  expect(text).not.toContain("db = nixpkgs");
  expect(text).toContain("other = nixpkgs.lib.nixosSystem");
  expect(text).toContain('specialArgs = { inherit inputs; site = "here"; };');
  expect(clan.machines.known.get("db")?.class).toBe("nixos");
  const root = clan.vars.of("db").root;
  expect(root?.at("services", "db", "port")?.data()).toBe(1);
  expect(root?.at("nixpkgs", "hostPlatform")?.string()).toBe("x86_64-linux");
  expect(root?.at("a")?.data()).toBe(1);
});

test("into another file: paths lead to the same files, inputs are those of the module's argument", async () => {
  const { files, clan } = await adopted(
    `
      #- /flake.nix
      {
        inputs.nixpkgs.url = "github:nixos/nixpkgs";
        inputs.hardware.url = "github:nixos/nixos-hardware";
        inputs.flake-parts.url = "github:hercules-ci/flake-parts";
        outputs = inputs@{ self, nixpkgs, hardware, flake-parts, ... }: flake-parts.lib.mkFlake { inherit inputs; } {
          systems = [ ];
          imports = [ ./parts/a.nix ];
          flake.nixosConfigurations.db = nixpkgs.lib.nixosSystem { modules = [ ./hosts/db.nix hardware.nixosModules.pc ]; };
          flake.nixosConfigurations.other = nixpkgs.lib.nixosSystem { modules = [ ]; };
        };
      }
      #- /parts/a.nix
      { }
      #- /hosts/db.nix
      { services.db.port = 1; }
    `,
    { machine, move: [{ name: "db" }] },
  );
  expect(files["parts/clan.nix"]).toContain("../hosts/db.nix");
  expect(files["parts/clan.nix"]).toContain("inputs.hardware.nixosModules.pc");
  expect(clan.vars.of("db").root?.at("services", "db", "port")?.data()).toBe(1);
});

test.each([
  ["is not there", "", "There is no host `db`"],
  [
    "is made by a function that is not known",
    "inherit (hardware.lib.hosts) db;",
    "the function that makes it is not known",
  ],
  [
    "has packages of its own",
    "db = nixpkgs.lib.nixosSystem { pkgs = 1; modules = [ ]; };",
    "for which clan has no place",
  ],
  [
    "has modules of variables that are no plain values",
    "inherit (builtins.mapAttrs (_: m: nixpkgs.lib.nixosSystem { modules = [ (m 1) ]; }) { db = _: { }; }) db;",
    "its modules use `m`",
  ],
  [
    "has another argument of the same name",
    "db = nixpkgs.lib.nixosSystem { specialArgs = { inputs = 1; }; modules = [ ]; };",
    "another special argument `inputs`",
  ],
])("a host that %s is refused", async (_, host, reason) => {
  expect(await refused(flake(host), { machine, move: [{ name: "db" }] })).toContain(reason);
});

test("a host that is found by its folder, with others: what is computed for it is written out", async () => {
  const { files, clan } = await adopted(
    `
      #- /flake.nix
      {
        inputs.nixpkgs.url = "github:nixos/nixpkgs";
        outputs = inputs@{ self, nixpkgs, ... }: {
          nixosConfigurations = builtins.mapAttrs (name: _: nixpkgs.lib.nixosSystem {
            system = "x86_64-linux";
            specialArgs = { site = name; } // inputs;
            modules = [
              (./hosts + "/\${name}/configuration.nix")
              { services.host = { inherit name; text = "is \${name}"; }; }
            ];
          }) (builtins.readDir ./hosts);
        };
      }
      #- /hosts/db/configuration.nix
      { services.db.port = 1; }
      #- /hosts/www/configuration.nix
      { }
    `,
    { machine, move: [{ name: "db" }] },
  );
  const text = files["flake.nix"] ?? "";
  expect(text).toContain("./hosts/db/configuration.nix\n");
  expect(text).toContain('{ services.host = { name = "db"; text = "is db"; }; }');
  expect(text).toContain('specialArgs = { inherit inputs; } // { site = "db"; } // inputs;');
  expect(text).toMatch(/\(builtins.readDir .\/hosts\)\) \[ "db" \];/);
  const root = clan.vars.of("db").root;
  expect(root?.at("services", "db", "port")?.data()).toBe(1);
  expect(root?.at("services", "host", "text")?.data()).toBe("is db");
});

test("a host that is made by the libraries of several inputs joined", async () => {
  const { clan } = await adopted(
    `
      #- /flake.nix
      {
        inputs.nixpkgs.url = "github:nixos/nixpkgs";
        inputs.home-manager.url = "github:nix-community/home-manager";
        outputs = inputs@{ self, nixpkgs, home-manager, ... }:
          let lib = nixpkgs.lib // home-manager.lib;
          in { nixosConfigurations = { db = lib.nixosSystem { modules = [ ./db.nix ]; }; }; };
      }
      #- /db.nix
      { a = 1; }
    `,
    { machine, move: [{ name: "db" }] },
  );
  expect(clan.vars.of("db").root?.at("a")?.data()).toBe(1);
});

test("a host whose system and modules are inherited variables", async () => {
  const { files, clan } = await adopted(
    `
      #- /flake.nix
      {
        inputs.nixpkgs.url = "github:nixos/nixpkgs";
        outputs = inputs@{ self, nixpkgs, ... }: {
          nixosConfigurations = builtins.listToAttrs (map (name: {
            inherit name;
            value = let system = "aarch64-linux"; modules = [ ./db.nix ]; in nixpkgs.lib.nixosSystem { inherit system; modules = [ ./db.nix ]; };
          }) [ "db" "www" ]);
        };
      }
      #- /db.nix
      { a = 1; }
    `,
    { machine, move: [{ name: "db" }] },
  );
  expect(files["flake.nix"]).toContain('{ nixpkgs.hostPlatform = "aarch64-linux"; }');
  expect(clan.vars.of("db").root?.at("a")?.data()).toBe(1);
});

test("two hosts of one function; macOS hosts stay where macOS hosts are", async () => {
  const { files, clan } = await adopted(
    `
      #- /flake.nix
      {
        inputs.nixpkgs.url = "github:nixos/nixpkgs";
        inputs.darwin.url = "github:nix-darwin/nix-darwin";
        outputs = inputs@{ self, nixpkgs, darwin, ... }: {
          darwinConfigurations = nixpkgs.lib.genAttrs [ "mini" "book" "air" ] (name: darwin.lib.darwinSystem {
            modules = [ ./mac.nix ] ++ [ { a = name; } ];
            specialArgs = { inherit inputs; };
          });
        };
      }
      #- /mac.nix
      { }
    `,
    { machine, move: [{ name: "mini" }, { name: "book" }] },
  );
  const text = files["flake.nix"] ?? "";
  expect(text).toContain("darwinConfigurations = clan.config.darwinConfigurations // removeAttrs (");
  expect(text).toContain(') [ "mini" "book" ];');
  expect(text).toContain('machines.book.imports = [ ./mac.nix ] ++ [ { a = "book"; } ];');
  expect(clan.machines.known.get("mini")?.class).toBe("darwin");
});

describe("nixos-unified", () => {
  const fixture = `
    #- /flake.nix
    {
      inputs.nixos-unified.url = "github:srid/nixos-unified";
      inputs.flake-parts.url = "github:hercules-ci/flake-parts";
      inputs.home-manager.url = "github:nix-community/home-manager";
      outputs = inputs: inputs.nixos-unified.lib.mkFlake { inherit inputs; root = ./.; };
    }
    #- /modules/flake-parts/a.nix
    { }
    #- /configurations/nixos/db.nix
    { services.db.port = 1; }
    #- /configurations/darwin/mac/default.nix
    { }
  `;

  test("the file stays, the clan's host counts; arguments and its own options come along", async () => {
    const { files, clan } = await adopted(fixture, {
      machine,
      move: [{ name: "db" }, { name: "mac" }],
    });
    expect(Object.keys(files).sort()).toEqual([
      "flake.nix",
      "machines/new/configuration.nix",
      "modules/clan/unified-darwin.nix",
      "modules/clan/unified-nixos.nix",
      "modules/flake-parts/clan.nix",
    ]);
    const text = files["modules/flake-parts/clan.nix"] ?? "";
    expect(text).toContain("{ inputs, self, config, lib, ... }:");
    expect(text).toContain("flake = { inherit self inputs config; };");
    expect(text).toContain(
      "flake.nixosConfigurations.db = lib.mkForce config.flake.clan.nixosConfigurations.db;",
    );
    expect(text).toContain("../../configurations/darwin/mac/default.nix");
    expect(text).toContain("../clan/unified-darwin.nix");
    const shared = files["modules/clan/unified-nixos.nix"];
    expect(shared).toContain("flake.inputs.home-manager.nixosModules.home-manager");
    expect(shared).toContain('"${flake.inputs.nixos-unified}/nix/modules/configurations"');
    expect(clan.vars.of("db").root?.at("services", "db", "port")?.data()).toBe(1);
    expect(clan.machines.known.get("mac")?.class).toBe("darwin");
  });
});

test("two hosts of one name, of NixOS and of macOS", async () => {
  const fixture = `
    #- /flake.nix
    {
      inputs.nixos-unified.url = "github:srid/nixos-unified";
      inputs.flake-parts.url = "github:hercules-ci/flake-parts";
      outputs = inputs: inputs.nixos-unified.lib.mkFlake { inherit inputs; root = ./.; };
    }
    #- /modules/flake/a.nix
    { }
    #- /configurations/nixos/db.nix
    { }
    #- /configurations/darwin/db.nix
    { }
  `;
  expect(await refused(fixture, { machine, move: [{ name: "db" }] })).toContain("There are two hosts `db`");
});

test("a framework that finds modules by itself keeps its hosts", async () => {
  const fixture = `
    #- /flake.nix
    { inputs.snowfall-lib.url = "github:snowfallorg/lib"; outputs = inputs: inputs.snowfall-lib.mkFlake { inherit inputs; src = ./.; }; }
    #- /systems/x86_64-linux/db/default.nix
    { }
  `;
  expect(await refused(fixture, { machine, move: [{ name: "db" }] })).toContain(
    "of modules that it finds by itself",
  );
});

test("a variable that is not known where the clan is, is said", async () => {
  const text = await refused(
    `
      #- /flake.nix
      {
        inputs.nixpkgs.url = "x";
        inputs.flake-parts.url = "github:hercules-ci/flake-parts";
        outputs = inputs@{ nixpkgs, flake-parts, ... }: let port = 1; in flake-parts.lib.mkFlake { inherit inputs; } {
          systems = [ ];
          flake.nixosConfigurations.db = nixpkgs.lib.nixosSystem { modules = [ { services.db.port = port; } ]; };
        };
      }
    `,
    { machine, move: [{ name: "db" }] },
  );
  expect(text).toContain("its modules use `port`, which is not known where the clan is written");
});
