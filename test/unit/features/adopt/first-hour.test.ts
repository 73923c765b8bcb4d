/** The first hour of a clan, as the files on disk say. */
import { expect, test } from "vitest";
import { evaluateClans } from "../../../../server/src/clan/evaluate.ts";
import { firstHour } from "../../../../server/src/features/adopt/first-hour.ts";
import { snapshotOf } from "../../helpers/clan.ts";
import { parseFixture } from "../../helpers/fixture.ts";

const flake = (machines: string): string => `
  #- /flake.nix
  {
    inputs.clan-core.url = "https://git.clan.lol/clan/clan-core/archive/main.tar.gz";
    outputs = { self, clan-core, ... }: {
      clan = (clan-core.lib.clan { inherit self; meta.name = "home"; inventory.machines = { ${machines} }; }).config;
    };
  }
`;

async function stepsOf(
  fixture: string,
): Promise<readonly (readonly [string, boolean | undefined, string?])[]> {
  const snapshot = await snapshotOf(parseFixture(fixture).files);
  const [clan] = evaluateClans(snapshot);
  if (clan === undefined) return expect.fail("there is no clan");
  return firstHour(snapshot, clan).map(({ command, done, left }) =>
    left === undefined ? [command, done] : [command, done, left],
  );
}

test("nothing is done yet", async () => {
  expect(await stepsOf(flake(""))).toEqual([
    ["clan secrets key generate", false],
    ["clan secrets users add NAME --age-key AGE-KEY", false],
    ["clan secrets groups add-user admins NAME", false],
    ["clan machines create MACHINE", false],
    ["clan machines init-hardware-config MACHINE", false],
    ["clan vars generate MACHINE", false],
    ["clan machines install MACHINE --target-host root@ADDRESS", undefined],
    ["clan machines update MACHINE", undefined],
  ]);
});

const generator = `
  #- /machines/web/configuration.nix
  { clan.core.vars.generators.token = { files.token = { }; script = "echo > $out/token"; }; }
`;

test("what is left is said by its machine", async () => {
  const steps = await stepsOf(`${flake('web = { }; mac.machineClass = "darwin";')}${generator}
  #- /sops/users/ann/key.json
  []
  `);
  expect(steps.slice(0, 6)).toEqual([
    ["clan secrets key generate", true],
    ["clan secrets users add NAME --age-key AGE-KEY", true],
    ["clan secrets groups add-user admins NAME", false],
    ["clan machines create MACHINE", true],
    ["clan machines init-hardware-config web", false, "web"],
    ["clan vars generate web", false, "web"],
  ]);
});

test("all that files can say is done", async () => {
  const steps = await stepsOf(`${flake("web = { };")}${generator}
  #- /machines/web/facter.json
  {}
  #- /sops/users/ann/key.json
  []
  #- /sops/groups/admins/users/ann
  x
  #- /vars/per-machine/web/token/token/secret
  x
  #- /vars/per-machine/web/state-version/version/value
  25.11
  `);
  expect(steps.map(([, done, left]) => left ?? done)).toEqual([
    true,
    true,
    true,
    true,
    true,
    true,
    undefined,
    undefined,
  ]);
});
