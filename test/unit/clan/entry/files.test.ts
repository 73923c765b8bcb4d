/** Files that are a clan by their name, without a flake that leads to them. */
import { describe, expect, test } from "vitest";
import { clanFile, entriesOf, entryOf, expectClan, instancesOf, machinesOf } from "./entries.ts";

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

  test("clan.nix that is a function of something else is none", async () => {
    expect(await entriesOf("#- /c/clan.nix\n{ sources }: import sources.thing { }")).toEqual([]);
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
