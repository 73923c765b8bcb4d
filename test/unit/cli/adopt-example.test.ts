/** examples/before-clan on its way to the clan of examples/nix-config, and then two of its old hosts. */
import { cpSync, mkdtempSync, realpathSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { evaluateClans } from "../../../server/src/clan/evaluate.ts";
import type { Clan } from "../../../server/src/clan/model.ts";
import { nodeFileSystem, toPath, writeFile } from "../../../server/src/entry/node-files.ts";
import { newMachine } from "../../../server/src/features/assists/add-machine.ts";
import { withEdits } from "../../../server/src/features/rename/apply-edits.ts";
import { Workspace } from "../../../server/src/project/workspace.ts";
import { testParser } from "../helpers/parse.ts";
import { clanLsIn, clanLsOn } from "./terminal.ts";

interface Inventory {
  readonly meta: { readonly name: string };
  readonly machines: Readonly<
    Record<string, { class: string; tags: readonly string[]; targetHost?: string }>
  >;
  readonly instances: Readonly<
    Record<string, { service: string; roles: Readonly<Record<string, { machines: readonly string[] }>> }>
  >;
  readonly unknown: readonly unknown[];
}

let folder = "";

beforeAll(() => {
  folder = realpathSync(mkdtempSync(path.join(tmpdir(), "clan-example-")));
  cpSync("examples/before-clan", folder, { recursive: true });
});

afterAll(() => rmSync(folder, { recursive: true, force: true }));

const wanted = [
  "adopt",
  "--name=nix-config-remote",
  "--machine=hetzner-01",
  "--target=hetzner-01.example.net",
  ...["emergency-access", "users", "sshd", "zerotier"].map((service) => `--service=${service}`),
];

async function inventory(of = folder): Promise<Inventory> {
  return JSON.parse((await clanLsOn(nodeFileSystem, ["inventory", of])).out);
}

/** Who is in each role of the first instance of a service. */
function members({ instances }: Inventory, service: string): Record<string, readonly string[]> {
  const found = Object.values(instances).find((instance) => instance.service === service);
  return Object.fromEntries(
    Object.entries(found?.roles ?? {}).map(([role, { machines }]) => [role, machines]),
  );
}

async function openClan(): Promise<{ clan: Clan; workspace: Workspace }> {
  const parser = await testParser();
  const workspace = new Workspace({ fileSystem: nodeFileSystem, parser, roots: [folder] });
  const [clan] = evaluateClans(workspace.snapshot());
  return clan === undefined ? expect.fail("there is no clan") : { clan, workspace };
}

test("what there is", async () => {
  const { out } = await clanLsIn(folder, ["adopt", "--assess", "--format", "json"]);
  const found = JSON.parse(out);
  expect(found).toMatchObject({ layout: "nixos-unified", hasClan: false });
  expect(found.hosts.map(({ name, system }: { name: string; system: string }) => [name, system])).toEqual([
    ["blackphos", "aarch64-darwin"],
    ["stibnite", "aarch64-darwin"],
    ["crs58", null],
    ["orb-nixos", "aarch64-linux"],
  ]);
  expect(found.secrets.map(({ tool }: { tool: string }) => tool)).toEqual(["agenix", "sops-nix"]);
});

test("phase 1: the clan of nix-config, with its first machine and then the others", async () => {
  expect((await clanLsIn(folder, [...wanted, "--write"])).code).toBe(0);
  for (const [name, machineClass] of [
    ["hetzner-02", "nixos"],
    ["macmini-01", "darwin"],
  ] as const) {
    const { clan, workspace } = await openClan();
    const snapshot = workspace.snapshot();
    const proposal = newMachine(clan, name, machineClass, snapshot) ?? expect.fail("it cannot be added");
    const after = withEdits(snapshot, proposal.edits ?? []);
    for (const file of new Set((proposal.edits ?? []).map((edit) => edit.path)))
      writeFile(file, after.readFile(file) ?? "");
  }
  const [now, example] = [await inventory(), await inventory(toPath("examples/nix-config"))];
  expect([now.meta, now.unknown]).toEqual([example.meta, []]);
  expect(Object.entries(now.machines).map(([name, { class: one }]) => [name, one])).toEqual(
    Object.entries(example.machines).map(([name, { class: one }]) => [name, one]),
  );
  expect(now.machines["hetzner-01"]?.targetHost).toBe(example.machines["hetzner-01"]?.targetHost);
  for (const service of ["emergency-access", "users", "sshd"])
    expect([service, members(now, service)]).toEqual([service, members(example, service)]);
  // A moon needs an address that is always the same: nobody is asked for one.
  const { moon: _, ...others } = members(example, "zerotier");
  expect(members(now, "zerotier")).toMatchObject(others);
  expect((await clanLsIn(folder, ["check"])).code).toBe(0);
});

test("phase 2: a NixOS and a macOS host move in, the others stay", async () => {
  const { code, err } = await clanLsIn(folder, [...wanted, "--move=orb-nixos", "--move=stibnite", "--write"]);
  expect([code, err]).toEqual([0, ""]);
  const { machines } = await inventory();
  expect(Object.keys(machines)).toEqual(["hetzner-01", "hetzner-02", "macmini-01", "orb-nixos", "stibnite"]);
  expect(machines["stibnite"]?.class).toBe("darwin");
  const { clan } = await openClan();
  expect(clan.vars.of("orb-nixos").root?.at("networking", "hostName")?.string()).toBe("orb-nixos");
  expect(clan.vars.of("stibnite").root?.at("nixpkgs", "hostPlatform")?.string()).toBe("aarch64-darwin");
  expect((await clanLsIn(folder, ["check"])).code).toBe(0);
  expect((await clanLsIn(folder, [...wanted, "--move=stibnite", "--write"])).err).toContain("done already");
});
