import { expect, test } from "vitest";
import { parseFlakeLock } from "../../../server/src/project/flake-lock.ts";
import {
  pathOfReference,
  repositoryOf,
  repositoryOfLocked,
} from "../../../server/src/project/input-reference.ts";

const lock = parseFlakeLock(
  JSON.stringify({
    version: 7,
    root: "root",
    nodes: {
      root: { inputs: { core: "core", pkgs: ["core", "nixpkgs"], none: [], round: ["round"] } },
      core: {
        inputs: { nixpkgs: "nixpkgs", parts: ["pkgs"] },
        locked: { type: "git", url: "https://x/a/core" },
      },
      nixpkgs: { locked: { type: "github", owner: "NixOS", repo: "nixpkgs" }, flake: true },
    },
  }),
);

test("inputs, and what follows them", () => {
  expect(lock?.input("core")?.locked?.url).toBe("https://x/a/core");
  expect(lock?.input("pkgs")).toBe(lock?.input("core", "nixpkgs"));
  expect(lock?.input("core", "parts")?.locked?.repo).toBe("nixpkgs");
  expect(lock?.input("none")).toBeUndefined();
  expect(lock?.input("missing")).toBeUndefined();
  expect(lock?.input("constructor")).toBeUndefined();
});

test("an input that follows itself leads nowhere", () => {
  expect(lock?.input("round")).toBeUndefined();
});

test.each(["", "{", "[]", '{ "version": 7 }', '{ "version": 7, "root": "root", "nodes": { "root": 1 } }'])(
  "%s is no lock",
  (text) => {
    expect(parseFlakeLock(text)).toBeUndefined();
  },
);

test.each([
  ["github:hercules-ci/flake-parts", "hercules-ci/flake-parts"],
  ["github:NixOS/nixpkgs/nixos-unstable", "nixos/nixpkgs"],
  ["gitlab:simple-nixos-mailserver/nixos-mailserver", "simple-nixos-mailserver/nixos-mailserver"],
  ["git+https://git.clan.lol/clan/clan-core?ref=main&shallow=1", "clan/clan-core"],
  ["git+ssh://git@github.com/o/r.git", "o/r"],
  ["https://git.clan.lol/clan/clan-core/archive/main.tar.gz", "clan/clan-core"],
  ["https://git.clan.lol/api/v1/repos/clan/clan-core/archive/12c5.tar.gz", "clan/clan-core"],
  ["https://nixos.org/channels/nixpkgs-unstable/nixexprs.tar.xz", "nixos/nixpkgs"],
  ["https://flakehub.com/f/NixOS/nixpkgs/0.1", "nixos/nixpkgs"],
  ["nixpkgs", "nixpkgs"],
  ["flake:nixpkgs/nixos-24.05", "nixpkgs"],
  ["path:./here", undefined],
])("the repository of %s", (url, repository) => {
  expect(repositoryOf(url)).toBe(repository);
});

test("the repository of a locked input", () => {
  expect(
    repositoryOfLocked({ type: "tarball", url: "https://git.clan.lol/api/v1/repos/a/b/archive/1.tar.gz" }),
  ).toBe("a/b");
});

test.each([
  ["path:./here", "./here"],
  ["./here?dir=x", "./here"],
  ["../up", "../up"],
  ["/abs", "/abs"],
  ["github:a/b", undefined],
  ["nixpkgs", undefined],
])("the path of %s", (url, path) => {
  expect(pathOfReference(url)).toBe(path);
});
