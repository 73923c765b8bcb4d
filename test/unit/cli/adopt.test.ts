/** `clan-ls adopt` on files on disk, with the real git for its patch. */
import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { clanLsIn, type Ran } from "./terminal.ts";

const flake = `{
  inputs.nixpkgs.url = "github:nixos/nixpkgs";

  outputs =
    { self, nixpkgs, ... }:
    {
      nixosConfigurations = {
        db = nixpkgs.lib.nixosSystem { modules = [ ./db.nix ]; };
      };
    };
}
`;

let folder = "";

beforeEach(() => {
  folder = realpathSync(mkdtempSync(path.join(tmpdir(), "clan-adopt-")));
  writeFileSync(path.join(folder, "flake.nix"), flake);
  writeFileSync(path.join(folder, "db.nix"), "{ }");
});

afterEach(() => rmSync(folder, { recursive: true, force: true }));

function clanLs(...args: string[]): Promise<Ran> {
  return clanLsIn(folder, args);
}

const wanted = [
  "adopt",
  "--name",
  "infra",
  "--machine",
  "web",
  "--target",
  "web.example.org",
  "--service",
  "sshd",
];

test("writes the clan, which is then found; a second run changes nothing", async () => {
  expect(await clanLs(...wanted, "--write")).toMatchObject({
    code: 0,
    out: "wrote flake.nix\nwrote machines/web/configuration.nix\nNix sees new files when git knows them: git add machines/web/configuration.nix\n",
  });
  const written = readFileSync(path.join(folder, "flake.nix"), "utf8");
  expect((await clanLs("check")).code).toBe(0);
  const { machines } = JSON.parse((await clanLs("inventory")).out);
  expect(machines).toEqual({
    web: { class: "nixos", tags: ["all", "nixos"], targetHost: "root@web.example.org" },
  });
  expect(await clanLs(...wanted, "--write")).toMatchObject({ code: 0, out: "" });
  expect(readFileSync(path.join(folder, "flake.nix"), "utf8")).toBe(written);
});

test("prints a patch that git applies, and writes nothing", async () => {
  const { code, out } = await clanLs(...wanted, "--move", "db", "--patch");
  expect(code).toBe(0);
  expect(readFileSync(path.join(folder, "flake.nix"), "utf8")).toBe(flake);
  execFileSync("git", ["apply", "-"], { cwd: folder, input: out });
  expect(Object.keys(JSON.parse((await clanLs("inventory")).out).machines)).toEqual(["db", "web"]);
});

test("refusals go to stderr with exit code 1, wrong usage has 2", async () => {
  writeFileSync(path.join(folder, "flake.nix"), "{ outputs = import ./x.nix; }");
  expect(await clanLs(...wanted, "--write")).toMatchObject({ code: 1, out: "" });
  for (const args of [
    ["adopt"],
    ["adopt", "--name", "a", "--machine", "b"],
    ["adopt", "--name", "a b", "--machine", "b", "--patch"],
    ["adopt", "--name", "a", "--machine", "b:solaris", "--patch"],
    ["adopt", "--name", "a", "--machine", "b", "--service", "nonsense", "--patch"],
    ["adopt", "--name", "a", "--machine", "b", "--target", 'x"; y', "--patch"],
    ["adopt", "/nowhere", "--assess"],
  ])
    expect((await clanLs(...args)).code).toBe(2);
});

test("assesses as JSON and in words", async () => {
  expect(JSON.parse((await clanLs("adopt", "--assess", "--format", "json")).out)).toEqual({
    version: 1,
    layout: "lib",
    hosts: [{ name: "db", class: "nixos", system: null, file: "db.nix" }],
    secrets: [],
    deployment: [],
    collisions: [],
    hasClan: false,
  });
  const { out } = await clanLs("adopt", "--assess");
  expect(out).toContain("  db  nixos  db.nix\n");
  expect(out).toContain("would take from you\n  nixpkgs\n");
  expect(out).not.toContain("The first hour");
  await clanLs(...wanted, "--write");
  expect((await clanLs("adopt", "--assess")).out).toContain(
    "  [x] A first machine: clan machines create MACHINE\n",
  );
});
