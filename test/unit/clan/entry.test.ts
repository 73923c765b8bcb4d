/** Every arrangement in which people write a clan is found, and means the same. */
import { describe, expect, test } from "vitest";
import { type ClanEntry, findClans } from "../../../server/src/clan/entry.ts";
import { clanOptions } from "../../../server/src/clan/schema/clan-options.ts";
import { nodeFileSystem } from "../../../server/src/entry/node-files.ts";
import type { OptionNode } from "../../../server/src/modules/option-node.ts";
import { Workspace } from "../../../server/src/project/workspace.ts";
import { textsAt } from "../helpers/modules.ts";
import { testParser } from "../helpers/parse.ts";
import { workspaceOf } from "../helpers/workspace.ts";

async function entriesOf(text: string): Promise<readonly ClanEntry[]> {
  const { workspace } = await workspaceOf(text, ["/c"]);
  return findClans(workspace.snapshot(), "/c", { clanOptions });
}

async function entryOf(text: string): Promise<ClanEntry> {
  const entries = await entriesOf(text);
  expect(entries.map(({ kind }) => kind)).toHaveLength(1);
  return entries[0] as ClanEntry;
}

const names = (node: OptionNode | undefined): string[] => [...(node?.children().keys() ?? [])].sort();
const machinesOf = ({ tree }: ClanEntry): string[] => names(tree.at("inventory", "machines"));
const instancesOf = ({ tree }: ClanEntry): string[] => names(tree.at("inventory", "instances"));
/** What is expected of all arrangements. */
function expectClan(entry: ClanEntry): void {
  expect(entry.tree.at("meta", "name")?.string()).toBe("home");
  expect(machinesOf(entry)).toEqual(["nas", "web"]);
  expect(instancesOf(entry)).toEqual(["sshd"]);
  expect(entry.tree.at("inventory", "tags", "all")?.data()).toEqual(["nas", "web"]);
  expect(entry.tree.open).toBeUndefined();
  expect(entry.tree.problems).toEqual([]);
  expect(entry.directory).toBe("/c");
}

const clanFile = `
  #- /c/clan.nix
  {
    meta.name = "home";
    inventory.machines = { web.tags = [ "srv" ]; nas = { }; };
    inventory.instances.sshd.roles.server.tags = [ "srv" ];
  }
`;
const inputs = `
    inputs.clan-core.url = "https://git.clan.lol/clan/clan-core/archive/main.tar.gz";
    inputs.flake-parts.url = "github:hercules-ci/flake-parts";
    inputs.nixpkgs.follows = "clan-core/nixpkgs";
`;

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

describe("lib.clan", () => {
  const plain = (call: string, rest = ""): string => `${clanFile}${rest}
  #- /c/flake.nix
  {
    ${inputs}
    outputs = { self, clan-core, nixpkgs, ... }@inputs:
      let
        clan = ${call};
      in
      {
        inherit (clan.config) nixosConfigurations nixosModules clanInternals;
        clan = clan.config;
        devShells = nixpkgs.lib.genAttrs [ "x86_64-linux" ] (system: { default = clan-core.packages.\${system}.clan-cli; });
      };
  }`;

  test.each([
    "clan-core.lib.clan { inherit self; imports = [ ./clan.nix ]; specialArgs = { inherit inputs; }; }",
    "clan-core.clanLib.clan { inherit self; imports = [ ./clan.nix ]; }",
    "clan-core.lib.clan ({ inherit self; } // import ./clan.nix)",
    "{ config = clan-core.lib.buildClan { inherit self; imports = [ ./clan.nix ]; }; }",
    "inputs.clan-core.lib.clan { self = inputs.self; directory = self; imports = [ ./clan.nix ]; }",
    'clan-core.lib.clan { inherit self; directory = ./.; imports = [ "${self}/clan.nix" ]; }',
  ])("%s", async (call) => {
    const entry = await entryOf(plain(call));
    expect(entry.kind).toBe("lib.clan");
    expectClan(entry);
  });

  test("in a file that is a function of self, outside of a framework's mkFlake", async () => {
    expectClan(
      await entryOf(`
  #- /c/machines/inventory.nix
  self:
  let
    inherit (self.inputs) clan-core nixpkgs;
  in
  clan-core.lib.clan {
    inherit self;
    pkgsForSystem = system: nixpkgs.legacyPackages.\${system};
    meta.name = "home";
    inventory = {
      tags = { config, ... }: { backup = builtins.filter (name: name != "web") config.nixos; };
      machines = { web.tags = [ "srv" ]; nas = { }; };
      instances.sshd.roles.server.tags.srv = { };
    };
  }
  #- /c/flake.nix
  {
    ${inputs}
    inputs.adios-flake.url = "github:Mic92/adios-flake";
    outputs = inputs@{ adios-flake, self, ... }: adios-flake.lib.mkFlake {
      inherit inputs self;
      systems = [ "x86_64-linux" ];
      modules = [ ./other.nix ];
      flake = let clan = import ./machines/inventory.nix self; in {
        inherit (clan.config) nixosConfigurations;
        clan = clan.config;
      };
    };
  }`),
    );
  });

  test("inventory = import ./inventory.nix { … }", async () => {
    expectClan(
      await entryOf(
        plain(
          'clan-core.lib.clan { inherit self; meta.name = "home"; inventory = import ./inventory.nix { inherit self; inherit (nixpkgs) lib; }; }',
          `
  #- /c/inventory.nix
  { self, lib }: {
    machines = lib.genAttrs [ "web" "nas" ] (name: { tags = lib.optional (name == "web") "srv"; });
    instances.sshd.roles.server.tags = [ "srv" ];
  }`,
        ),
      ),
    );
  });

  test("fragments merged by readDir, foldl' and recursiveUpdate", async () => {
    const entry = await entryOf(
      plain(
        `clan-core.lib.clan {
          inherit self;
          meta.name = "home";
          inventory = import ./inventory { inherit (nixpkgs) lib; };
        }`,
        `
  #- /c/inventory/default.nix
  { lib }:
  let
    files = lib.filterAttrs (name: type: type == "regular" && lib.hasSuffix ".nix" name && name != "default.nix" && !lib.hasPrefix "_" name) (builtins.readDir ./.);
    load = name: let value = import (./. + "/\${name}"); in if lib.isFunction value then value { inherit lib; } else value;
  in
  builtins.foldl' lib.recursiveUpdate { } (map load (builtins.attrNames files))
  #- /c/inventory/machines.nix
  { machines = { web.tags = [ "srv" ]; nas = { }; }; }
  #- /c/inventory/sshd.nix
  { lib }: { instances.sshd.roles.server.tags = [ "srv" ]; }
  #- /c/inventory/_off.nix
  { instances.off = { }; }`,
      ),
    );
    expectClan(entry);
    const tags = entry.tree.at("inventory", "instances", "sshd", "roles", "server", "tags");
    expect(
      tags?.definitions.map(({ origins }) => [origins[0]?.source.path, ...textsAt(origins.slice(0, 1))]),
    ).toEqual([["/c/inventory/sshd.nix", '[ "srv" ]']]);
  });

  test("two calls are two clans", async () => {
    const entries = await entriesOf(`
  #- /c/flake.nix
  {
    ${inputs}
    outputs = { self, clan-core, ... }: {
      a = (clan-core.lib.clan { inherit self; meta.name = "a"; }).config;
      b = (clan-core.lib.clan { inherit self; meta.name = "b"; }).config;
    };
  }`);
    expect(entries.map(({ tree }) => tree.at("meta", "name")?.string())).toEqual(["a", "b"]);
  });

  test("its result is a set to go on with", async () => {
    const entry = await entryOf(
      plain(
        `clan-core.lib.clan {
          inherit self;
          imports = [ ./clan.nix ({ config, lib, ... }: {
            meta.description = lib.concatStringsSep " " (builtins.attrNames config.nixosConfigurations);
          }) ];
          meta.icon = toString (builtins.length (builtins.attrNames self.clan.inventory.machines));
        }`,
      ),
    );
    expect(entry.tree.at("meta", "description")?.string()).toBe("nas web");
    expect(entry.tree.at("meta", "icon")?.string()).toBe("2");
  });
});

describe("what clan adds", () => {
  const plain = (clan: string, rest: string): string => `
  ${rest}
  #- /c/flake.nix
  {
    ${inputs}
    outputs = { self, clan-core, ... }@inputs: { clan = (clan-core.lib.clan { inherit self; meta.name = "home"; ${clan} }).config; };
  }`;

  test("machines from folders, from clan.machines and from inventory.json", async () => {
    const entry = await entryOf(
      plain(
        'machines.laptop = { }; inventory.machines.web.tags = [ "srv" ];',
        `#- /c/inventory.json
  { "machines": { "pi": { "tags": ["arm"] } }, "instances": { "kde": { "roles": { "default": {} } } } }
  #- /c/machines/nas/configuration.nix
  { }
  #- /c/machines/.hidden/x
  -
  #- /c/machines/README.md
  -`,
      ),
    );
    expect(machinesOf(entry)).toEqual([".hidden", "laptop", "nas", "pi", "web"]);
    expect(instancesOf(entry)).toEqual(["kde"]);
    const place = (name: string) =>
      entry.tree
        .at("inventory", "machines", name)
        ?.definitions.map(({ file, keys }) => [file, ...textsAt(keys)]);
    expect(place("pi")).toEqual([["/c/inventory.json", '"pi"']]);
    expect(place("nas")).toEqual([["/c/machines/nas"]]);
    expect(place("web")).toEqual([["/c/flake.nix", "web"]]);
    const tag = entry.tree.at("inventory", "machines", "pi", "tags", "0")?.definitions[0];
    expect(textsAt(tag?.origins ?? [])).toContain('"arm"');
  });

  test("in a directory below the flake", async () => {
    const entry = await entryOf(
      plain("directory = ./sub;", "#- /c/sub/machines/a/x.nix\n  { }\n  #- /c/machines/b/x.nix\n  { }"),
    );
    expect(entry.directory).toBe("/c/sub");
    expect(machinesOf(entry)).toEqual(["a"]);
  });

  test("a directory that is not known leaves the inventory open", async () => {
    const entry = await entryOf(plain('directory = inputs.nixpkgs + "/x";', "#- /c/machines/b/x.nix\n  { }"));
    expect(entry.directory).toBeUndefined();
    expect(entry.tree.at("inventory", "machines")?.open).toBeDefined();
  });

  test("a broken inventory.json opens the inventory and nothing else", async () => {
    const entry = await entryOf(
      plain("inventory.machines.a = { };", '#- /c/inventory.json\n  { "machines": '),
    );
    expect(machinesOf(entry)).toEqual(["a"]);
    expect(entry.tree.at("meta", "name")?.string()).toBe("home");
  });

  test("tags of everyone, by class; tags may be computed from them", async () => {
    const entry = await entryOf(
      plain(
        `inventory.machines = { a = { }; m.machineClass = "darwin"; };
         inventory.tags = { machines, config, ... }: { n = map (name: name) (builtins.attrNames machines); linux = config.nixos; };`,
        "",
      ),
    );
    const tags = entry.tree.at("inventory", "tags");
    expect(Object.fromEntries(names(tags).map((name) => [name, tags?.child(name)?.data()]))).toEqual({
      all: ["a", "m"],
      darwin: ["m"],
      linux: ["a"],
      n: ["a", "m"],
      nixos: ["a"],
    });
  });

  test("machines computed from another flake's outputs: open", async () => {
    const entry = await entryOf(
      plain(
        "inventory.machines = builtins.mapAttrs (name: _: { }) inputs.nixpkgs.nixosConfigurations // { own = { }; };",
        "",
      ),
    );
    expect(machinesOf(entry)).toEqual(["own"]);
    expect(entry.tree.at("inventory", "machines")?.open?.reason).toContain("nixpkgs");
    expect(entry.tree.at("inventory", "instances")?.open).toBeUndefined();
  });

  test("an unknown module inside the clan opens it; a failing one, too", async () => {
    const unknown = await entryOf(
      plain("imports = [ inputs.nixpkgs.clanModules.x ]; inventory.machines.a = { };", ""),
    );
    expect(unknown.tree.open).toBeDefined();
    expect(machinesOf(unknown)).toEqual(["a"]);
    const failing = await entryOf(
      plain("imports = [ ./broken.nix ]; inventory.machines.a = { };", '#- /c/broken.nix\n  throw "broken"'),
    );
    expect(failing.tree.open?.reason).toBe("broken");
    expect(failing.tree.problems.map(({ message }) => message)).toEqual(["broken"]);
    expect(machinesOf(failing)).toEqual(["a"]);
  });
});

describe("a file that no flake leads to", () => {
  test("clan.nix without a flake", async () => {
    const entry = await entryOf(clanFile);
    expect(entry.kind).toBe("file");
    expectClan(entry);
    expect(entry.flakeFile).toBeUndefined();
    expect(entry.inputs.open?.reason).toBe("there is no flake.nix");
    expect(entry.isClanCore("clan-core")).toBe(true);
  });

  test("clan.nix that is a function", async () => {
    expectClan(await entryOf(clanFile.replace("  {\n", "  { lib, inputs, ... }: {\n")));
  });

  test("clan.nix that is a flake module", async () => {
    expectClan(
      await entryOf(`
  #- /c/clan.nix
  { inputs, ... }: {
    imports = [ inputs.clan-core.flakeModules.default ];
    clan = {
      meta.name = "home";
      inventory.machines = { web.tags = [ "srv" ]; nas = { }; };
      inventory.instances.sshd.roles.server.tags = [ "srv" ];
    };
  }`),
    );
  });

  test("inventory.nix, inventory.json", async () => {
    const nix = await entryOf("#- /c/inventory.nix\n{ machines.web = { }; instances.sshd = { }; }");
    expect([machinesOf(nix), instancesOf(nix)]).toEqual([["web"], ["sshd"]]);
    const json = await entryOf('#- /c/inventory.json\n{ "machines": { "web": {} } }');
    expect(machinesOf(json)).toEqual(["web"]);
  });

  test("beside a flake that cannot be evaluated", async () => {
    const entry = await entryOf(`${clanFile}
  #- /c/flake.nix
  { outputs = { self, mystery, ... }: mystery.make ./.; }`);
    expect(entry.kind).toBe("file");
    expect(machinesOf(entry)).toEqual(["nas", "web"]);
  });

  test("beside a flake.nix that is being written", async () => {
    const entry = await entryOf(`${clanFile}
  #- /c/flake.nix
  { outputs = { self, clan-core, ... }: let clan = clan-core.lib. in { inherit (cla`);
    expect(machinesOf(entry)).toEqual(["nas", "web"]);
  });

  test("nothing that looks like a clan", async () => {
    expect(await entriesOf("#- /c/default.nix\n{ }")).toEqual([]);
  });
});

test.each([
  ["examples/nix-config", "flake-parts", 3, 5],
  ["examples/homelab", "lib.clan", 6, 8],
])("%s", async (folder, kind, machines, instances) => {
  const root = new URL(`../../../${folder}`, import.meta.url).pathname;
  const workspace = new Workspace({ fileSystem: nodeFileSystem, parser: await testParser(), roots: [root] });
  const [entry, ...others] = findClans(workspace.snapshot(), root, { clanOptions });
  expect(others).toEqual([]);
  expect(entry?.kind).toBe(kind);
  expect(entry && [machinesOf(entry).length, instancesOf(entry).length]).toEqual([machines, instances]);
  expect(entry?.tree.open).toBeUndefined();
});
