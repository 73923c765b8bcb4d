/** Outputs of a flake that are names of its clan's configuration. */
import { expect, test } from "vitest";
import { checkFindings, findingTexts } from "../helpers/check.ts";

const flake = (outputs: string, core = "https://git.clan.lol/clan/clan-core/archive/main.tar.gz"): string => `
    #- /flake.nix
    {
      inputs.clan-core.url = "${core}";
      outputs = { self, clan-core, ... }:
        let clan = clan-core.lib.clan { inherit self; meta.name = "x"; machines.web = { }; }; in
        {
          clan = clan.config;
          ${outputs}
        };
    }`;

test("that it does not have: only other tools ask for them", async () => {
  await checkFindings(
    flake(`inherit (clan.config) nixosConfiguration clanInternal;
    #                           ^^^^^^^^^^^^^^^^^^ warning[evaluation-error]: …Did you mean \`nixosConfigurations\`?
    #                                              ^^^^^^^^^^^^ warning[evaluation-error]: …Did you mean \`clanInternals\`?`),
  );
  await checkFindings(
    flake(`nixosModules = clan.config.nixosModule;
    #                                ^^^^^^^^^^^ warning[evaluation-error]: …Did you mean \`nixosModules\`?`),
  );
});

test.each([
  ["what it has", "inherit (clan.config) nixosConfigurations nixosModules darwinModules clanInternals;"],
  ["what only clan-core knows of", "inherit (clan.config) _somethingInside;"],
  ["what may be missing", "nixosModules = clan.config.nixosModule or { };"],
  [
    "outputs that compute something of it, which nobody may ask for",
    "checks = { x = clan.config.nixosModule; };",
  ],
  ["what fails of something else", "packages = { a = 1; }.b;"],
])("silent: %s", async (_, outputs) => {
  expect(await findingTexts(flake(outputs))).toEqual([]);
});

test("silent: another clan-core may have it", async () => {
  const found = await findingTexts(
    flake("inherit (clan.config) nixosConfiguration;", "github:someone/clan-core-fork"),
  );
  expect(found.filter((one) => one.startsWith("evaluation-error"))).toEqual([]);
});
