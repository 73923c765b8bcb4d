import { expect, test } from "vitest";
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
    { machine, move: ["db"] },
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
        };
      }
      #- /parts/a.nix
      { }
      #- /hosts/db.nix
      { services.db.port = 1; }
    `,
    { machine, move: ["db"] },
  );
  expect(files["parts/clan.nix"]).toContain("../hosts/db.nix");
  expect(files["parts/clan.nix"]).toContain("inputs.hardware.nixosModules.pc");
  expect(clan.vars.of("db").root?.at("services", "db", "port")?.data()).toBe(1);
});

test.each([
  ["is not there", "", "There is no host `db`"],
  [
    "is made by a function with others",
    "inherit (builtins.mapAttrs (_: m: nixpkgs.lib.nixosSystem { modules = [ m ]; }) { db = ./hosts/db.nix; }) db;",
    "made together with others",
  ],
  [
    "has packages of its own",
    "db = nixpkgs.lib.nixosSystem { pkgs = 1; modules = [ ]; };",
    "for which clan has no place",
  ],
  [
    "has computed modules",
    "db = nixpkgs.lib.nixosSystem { modules = builtins.attrValues self.nixosModules; };",
    "not written out as a list",
  ],
  [
    "has another argument of the same name",
    "db = nixpkgs.lib.nixosSystem { specialArgs = { inputs = 1; }; modules = [ ]; };",
    "another special argument `inputs`",
  ],
])("a host that %s is refused", async (_, host, reason) => {
  expect(await refused(flake(host), { machine, move: ["db"] })).toContain(reason);
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
    { machine, move: ["db"] },
  );
  expect(text).toContain("its modules use `port`, which is not known where the clan is written");
});
