/** What a clan has without being told: machines from folders and files, tags of everyone; and what leaves it open. */
import { describe, expect, test } from "vitest";
import { textsAt } from "../../helpers/modules.ts";
import { entryOf, inputs, instancesOf, machinesOf, names } from "./entries.ts";

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
