import { expect, test } from "vitest";
import { clanLs } from "./terminal.ts";

const fixture = `
  #- /work/flake.nix
  {
    inputs.clan-core.url = "https://git.clan.lol/clan/clan-core/archive/main.tar.gz";
    inputs.far.url = "github:someone/far";
    outputs = { self, clan-core, far }: {
      clan = clan-core.lib.clan {
        inherit self;
        meta.name = "x";
        inventory.machines.a = { };
        inventory.instances.door = { module.input = "far"; roles.lok.machines.a = { }; };
      };
    };
  }
  #- /work/far/flake.nix
  { outputs = { self }: { clan.modules.door = { roles.lock = { }; }; }; }
`;

test("--override-input: the services of an input are read from a folder", async () => {
  expect((await clanLs(["check"], fixture)).code).toBe(0);
  const { code, out } = await clanLs(["check", "--override-input", "far", "./far"], fixture);
  expect(code).toBe(1);
  expect(out).toContain("error[unknown-role]");
  const inventory = await clanLs(["inventory", "--override-input", "far", "/work/far", "."], fixture);
  expect(JSON.parse(inventory.out).unknown).toEqual([]);
});

test("--override-input needs two values", async () => {
  const { code, err } = await clanLs(["check", "--override-input", "far"], fixture);
  expect(code).toBe(2);
  expect(err).toContain("--override-input needs a NAME and a PATH");
});

test("an override that matches no input is said, and one that leads nowhere is refused", async () => {
  const unused = await clanLs(["check", "--override-input", "fra", "./far"], fixture);
  expect(unused.code).toBe(0);
  expect(unused.err).toContain(
    "The flake has no input `fra`, so what is given for it is not used. Inputs: `clan-core`, `far`.",
  );
  const lost = await clanLs(["check", "--override-input", "far", "./fra"], fixture);
  expect(lost.code).toBe(2);
  expect(lost.err).toContain("The source that is given for the input `far`, ./fra, is not there.");
  expect((await clanLs(["check", "--override-input", "far", "./far"], fixture)).err).toBe("");
});
