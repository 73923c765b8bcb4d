/** What is objected to in a flake that was given a clan, and what is not. */
import { expect, test } from "vitest";
import { findObjections } from "../../../../server/src/features/adopt/verify.ts";
import { fixtureRoot, snapshotOf } from "../../helpers/clan.ts";
import { parseFixture } from "../../helpers/fixture.ts";

const clan = `clan = (clan-core.lib.clan { inherit self; meta.name = "demo"; inventory.machines.web = { }; }).config;`;
const host = (name: string, modules: string): string =>
  `nixosConfigurations.${name} = nixpkgs.lib.nixosSystem { modules = [ ${modules} ]; };`;
const home = `homeConfigurations.web = home-manager.lib.homeManagerConfiguration { modules = [ ./a.nix ]; };`;

const misspelt = clan.replace("{ };", "{ tgas = [ ]; };");

/** A flake with these outputs. */
const flake = (outputs: string): string => `
    #- /flake.nix
    {
      inputs.nixpkgs.url = "github:NixOS/nixpkgs";
      inputs.home-manager.url = "github:nix-community/home-manager";
      inputs.clan-core.url = "https://git.clan.lol/clan/clan-core/archive/main.tar.gz";
      outputs = { self, nixpkgs, clan-core, home-manager, ... }: {
        ${outputs}
      };
    }
    #- /a.nix
    { }
    #- /b.nix
    { }`;

async function objections(before: string, after: string, move: readonly string[] = []): Promise<string> {
  const [old, now] = [
    await snapshotOf(parseFixture(flake(before)).files),
    await snapshotOf(parseFixture(flake(after)).files),
  ];
  return findObjections(old, now, fixtureRoot, { machine: "web", move }).join("\n");
}

test.each([
  ["no clan", "", "", "The clan would not be found in the flake afterwards."],
  ["no machine", "", clan.replace("web", "db"), "The clan would not have the machine `web`."],
  [
    "a host that is gone",
    host("db", "./a.nix"),
    clan,
    "`nixosConfigurations.db` would no longer be found in the flake.",
  ],
  [
    "a host that is made otherwise",
    host("db", "./a.nix"),
    clan + host("db", "./b.nix"),
    "`nixosConfigurations.db` would be made of other files.",
  ],
  [
    "a host of the machine's name",
    host("web", "./a.nix"),
    clan + host("web", "./a.nix"),
    "There is a host `web` already: call the machine otherwise, or move the host.",
  ],
  ["a home that is gone", home, clan, "`homeConfigurations.web` would no longer be found in the flake."],
  ["an error", "", misspelt, "flake.nix would have an error: "],
])("refused: %s", async (_, before, after, reason) => {
  expect(await objections(before, after)).toContain(reason);
});

test("refused: a host that is moved to nowhere", async () => {
  expect(await objections(host("db", "./a.nix"), clan, ["db"])).toContain(
    "`nixosConfigurations.db` would be lost.",
  );
});

test.each([
  ["a host that stays", host("db", "./a.nix"), clan + host("db", "./a.nix"), []],
  [
    "a host that is moved",
    host("db", "./a.nix"),
    `${clan.replace("web = { };", "web = { }; inventory.machines.db = { };")} nixosConfigurations = self.clan.nixosConfigurations;`,
    ["db"],
  ],
  ["a home of the machine's name", home, clan + home, []],
  ["an error that was there", misspelt, `${misspelt} packages = { };`, []],
])("not refused: %s", async (_, before, after, move) => {
  expect(await objections(before, after, move)).toBe("");
});
