/** The clans in examples/, read from disk. */
import { expect, test } from "vitest";
import { nodeFileSystem, toPath } from "../../../server/src/entry/node-files.ts";
import { clanLsOn } from "./terminal.ts";

const examples = toPath("examples");

test.each(["nix-config", "homelab"])("%s has no findings", async (name) => {
  const { code, out } = await clanLsOn(nodeFileSystem, ["check", `${examples}/${name}`, "--format", "json"]);
  expect([code, JSON.parse(out).diagnostics]).toEqual([0, []]);
});

test("one misspelt role is found at its word", async () => {
  const misspelt = {
    ...nodeFileSystem,
    readFile: (path: string) => nodeFileSystem.readFile(path)?.replace("roles.controller", "roles.controler"),
  };
  const folder = `${examples}/nix-config`;
  const { code, out } = await clanLsOn(misspelt, ["check", folder, "--format", "json"]);
  const { diagnostics } = JSON.parse(out);
  const file = "modules/flake-parts/clan.nix";
  expect([code, diagnostics]).toMatchObject([1, [{ code: "unknown-role", severity: "error", file }]]);
  const [{ range }] = diagnostics;
  const line = misspelt.readFile(`${folder}/${file}`)?.split("\n")[range.start.line];
  expect(line?.slice(range.start.character, range.end.character)).toBe("controler");
});

test("the inventory of nix-config", async () => {
  const { code, out } = await clanLsOn(nodeFileSystem, ["inventory", `${examples}/nix-config`]);
  const { meta, machines, instances, unknown } = JSON.parse(out);
  expect(code).toBe(0);
  expect([meta.name, unknown]).toEqual(["nix-config-remote", []]);
  expect(Object.keys(machines)).toEqual(["hetzner-01", "hetzner-02", "macmini-01"]);
  expect(instances.sshd.roles.server.machines).toEqual(["hetzner-01", "hetzner-02"]);
});
