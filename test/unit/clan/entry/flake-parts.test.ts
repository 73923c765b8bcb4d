/** A clan in a flake made with flake-parts. */
import { describe, expect, test } from "vitest";
import { textsAt } from "../../helpers/modules.ts";
import { clanFile, entriesOf, entryOf, expectClan, inputs, machinesOf, names } from "./entries.ts";

describe("flake-parts", () => {
  test("a clan that others may override", async () => {
    const entry = await entryOf(`${clanFile}
  #- /c/flake.nix
  {
    ${inputs}
    outputs = inputs@{ flake-parts, ... }: flake-parts.lib.mkFlake { inherit inputs; } ({ lib, ... }: {
      systems = [ "x86_64-linux" ];
      imports = [ inputs.clan-core.flakeModules.default ];
      clan = lib.mkDefault { imports = [ ./clan.nix ]; };
    });
  }`);
    expectClan(entry);
  });

  test("clan = { imports = [ ./clan.nix ]; }", async () => {
    const entry = await entryOf(`${clanFile}
  #- /c/flake.nix
  {
    ${inputs}
    outputs = inputs@{ flake-parts, ... }: flake-parts.lib.mkFlake { inherit inputs; } {
      systems = [ "x86_64-linux" ];
      imports = [ inputs.clan-core.flakeModules.default ];
      clan.imports = [ ./clan.nix ];
      perSystem = { pkgs, inputs', ... }: { devShells.default = pkgs.mkShell { }; };
    };
  }`);
    expect(entry.kind).toBe("flake-parts");
    expectClan(entry);
    expect(entry.flakeFile).toBe("/c/flake.nix");
    expect([...entry.inputs.known.keys()]).toEqual(["clan-core", "flake-parts", "nixpkgs"]);
    expect(textsAt([entry.inputs.known.get("clan-core") as never])).toEqual(["clan-core"]);
    expect(entry.isClanCore("clan-core")).toBe(true);
    expect(entry.isClanCore("nixpkgs")).toBe(false);
    expect([...entry.files]).toContain("/c/clan.nix");
  });

  test("clan and flake.clan, in several flake modules", async () => {
    expectClan(
      await entryOf(`
  #- /c/a.nix
  { inputs, ... }: {
    imports = [ inputs.clan-core.flakeModules.default ];
    clan.meta.name = "home";
    clan.inventory.machines.web.tags = [ "srv" ];
  }
  #- /c/b.nix
  { lib, ... }: {
    flake.clan.inventory = lib.mkMerge [
      { machines.nas = { }; }
      { instances.sshd.roles.server.tags = [ "srv" ]; }
    ];
  }
  #- /c/flake.nix
  {
    ${inputs}
    outputs = inputs@{ flake-parts, ... }: flake-parts.lib.mkFlake { inherit inputs; } ({ ... }: {
      imports = [ ./a.nix ./b.nix inputs.nixpkgs.flakeModules.whatever ];
    });
  }`),
    );
  });

  test("one file for each instance, under import-tree", async () => {
    const entry = await entryOf(`
  #- /c/modules/clan/base.nix
  { inputs, ... }: {
    imports = [ inputs.core.flakeModules.default ];
    clan = { meta.name = "home"; inventory.machines = { web.tags = [ "srv" ]; nas = { }; }; };
  }
  #- /c/modules/clan/sshd.nix
  {
    clan.modules."@me/door" = ./_services/door.nix;
    clan.inventory.instances.sshd = { module = { name = "@me/door"; input = "self"; }; roles.server.tags = [ "srv" ]; };
  }
  #- /c/modules/clan/_services/door.nix
  { _class = "clan.service"; manifest.name = "door"; roles.server = { }; }
  #- /c/flake.nix
  {
    inputs.core.url = "git+https://git.clan.lol/clan/clan-core?ref=main";
    inputs.flake-parts.url = "github:hercules-ci/flake-parts";
    inputs.import-tree.url = "github:vic/import-tree";
    outputs = inputs: inputs.flake-parts.lib.mkFlake { inherit inputs; } (inputs.import-tree ./modules);
  }`);
    expectClan(entry);
    expect(entry.isClanCore("core")).toBe(true);
    expect(names(entry.tree.child("modules"))).toEqual(["@me/door"]);
  });

  test("with the module imported and nothing said yet", async () => {
    const entry = await entryOf(`
  #- /c/flake.nix
  {
    ${inputs}
    outputs = inputs@{ flake-parts, ... }: flake-parts.lib.mkFlake { inherit inputs; } {
      imports = [ inputs.clan-core.flakeModules.default ];
    };
  }`);
    expect(machinesOf(entry)).toEqual([]);
  });

  test("a flake without a clan has none", async () => {
    expect(
      await entriesOf(`
  #- /c/flake.nix
  {
    ${inputs}
    outputs = inputs@{ flake-parts, ... }: flake-parts.lib.mkFlake { inherit inputs; } { flake.x = 1; };
  }`),
    ).toEqual([]);
  });
});
