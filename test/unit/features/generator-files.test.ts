/** What running one generator replaces: its own files, and those of all that clan runs with it. */
import { expect, test } from "vitest";
import { generatorsOf } from "../../../server/src/features/entity.ts";
import { GeneratorFiles } from "../../../server/src/features/generator-files.ts";
import { clanOf } from "../helpers/clan.ts";

const fixture = `
  #- /clan.nix
  { inventory.machines.web = { }; inventory.machines.db = { }; }
  #- /machines/web/configuration.nix
  { imports = [ ../../vars.nix ]; }
  #- /machines/db/configuration.nix
  { imports = [ ../../vars.nix ]; }
  #- /vars.nix
  {
    clan.core.vars.generators = {
      ca = { share = true; files.cert.secret = false; };
      host = { dependencies = [ "ca" ]; files.key.secret = false; };
      leaf = { dependencies = [ "host" ]; files.key.secret = false; };
      seed.files.key.secret = false;
      twin = { dependencies = [ "seed" ]; files.key.secret = false; };
      token = { dependencies = [ "seed" ]; files.key.secret = false; };
      other.files.key.secret = false;
    };
  }
`;

const everything = ["shared/ca/cert"].concat(
  ["db", "web"].flatMap((machine) =>
    ["host/key", "leaf/key", "token/key", "other/key"].map((file) => `per-machine/${machine}/${file}`),
  ),
);

/** What running `generator` replaces, for `machines`, when these files are there. */
async function replaced(generator: string, machines: readonly string[], there: readonly string[]) {
  const files = there.map((path) => `\n  #- /vars/${path}/value\n  X`).join("");
  const clan = await clanOf(fixture + files);
  const run = generatorsOf(clan, generator).filter(({ machine }) => machines.includes(machine));
  return new GeneratorFiles(clan).replaced(run);
}

test("nothing, where nothing is there", async () => {
  expect(await replaced("ca", ["web"], [])).toEqual([]);
});

test("its own files, of its machine only", async () => {
  expect(await replaced("other", ["web"], everything)).toEqual(["other/key (web)"]);
});

test("those of all that depend on it, on every machine that shares it", async () => {
  expect((await replaced("ca", ["web"], everything)).sort()).toEqual([
    "ca/cert",
    "host/key (db)",
    "host/key (web)",
    "leaf/key (db)",
    "leaf/key (web)",
  ]);
  expect(await replaced("host", ["web"], everything)).toEqual(["host/key (web)", "leaf/key (web)"]);
});

test("those of all that depend on a dependency which lacks a file and so runs with it", async () => {
  const withSibling = everything.concat("per-machine/web/twin/key");
  expect(await replaced("token", ["web"], withSibling)).toEqual(["token/key (web)", "twin/key (web)"]);
  expect(await replaced("token", ["web"], withSibling.concat("per-machine/web/seed/key"))).toEqual([
    "token/key (web)",
  ]);
});

test("those of which nobody can see whether they are there", async () => {
  const clan = await clanOf(`
    #- /clan.nix
    { vars.settings.secretStore = "password-store"; inventory.machines.web = { }; }
    #- /machines/web/configuration.nix
    { clan.core.vars.generators.ca.files.key = { }; }
  `);
  expect(new GeneratorFiles(clan).replaced(generatorsOf(clan, "ca"))).toEqual([
    "ca/key (web), if it is there",
  ]);
});
