import { expect, test } from "vitest";
import { clanLs } from "./terminal.ts";

async function inventory(fixture: string, ...args: string[]): Promise<unknown> {
  const { code, out, err } = await clanLs(["inventory", ...args], fixture);
  expect([code, err]).toEqual([0, ""]);
  return JSON.parse(out);
}

test("machines with their tags, and the members of roles", async () => {
  expect(
    await inventory(
      `
      {
        meta.name = "home";
        inventory.machines = {
          web = { tags = [ "srv" ]; deploy.targetHost = "root@web"; };
          mac.machineClass = "darwin";
        };
        inventory.instances.mesh = {
          module.name = "zerotier";
          roles.peer = { tags = [ "srv" ]; machines.mac = { }; };
        };
      }
      `,
      "--format",
      "json",
    ),
  ).toEqual({
    version: 1,
    meta: { name: "home" },
    machines: {
      mac: { class: "darwin", tags: ["all", "darwin"], targetHost: null },
      web: { class: "nixos", tags: ["all", "nixos", "srv"], targetHost: "root@web" },
    },
    instances: {
      mesh: { service: "zerotier", input: null, roles: { peer: { machines: ["mac", "web"] } } },
    },
    unknown: [],
  });
});

test("what is not known, and where", async () => {
  const { unknown } = (await inventory(`
    #- /work/flake.nix
    {
      inputs.clan-core.url = "git+https://git.clan.lol/clan/clan-core";
      inputs.other.url = "github:a/b";
      outputs = { self, clan-core, other }: {
        clan = clan-core.lib.clan {
          inherit self;
          inventory.machines = other.machines;
        };
      };
    }
  `)) as { unknown: { path: string; reason: string; file: string }[] };
  expect(unknown).toContainEqual(
    expect.objectContaining({ path: "inventory.machines", reason: expect.any(String), file: "flake.nix" }),
  );
});

test("which of several clans is a question", async () => {
  const fixture = "#- /work/a/clan.nix\n{ }\n#- /work/b/clan.nix\n{ }";
  const { code, err } = await clanLs(["inventory"], fixture);
  expect([code, err]).toEqual([2, "clan-ls: there are several clans here, which one? a, b\n"]);
});
