import { execFileSync, spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { describe, expect, test } from "vitest";
import { storePathOf } from "../../../server/src/project/store-path.ts";

test("a path that Nix computed", () => {
  // nix-store --add source, where source/flake.nix is "{ }\n" and source/sub/a is "x".
  expect(storePathOf("sha256-Y5sN5wkaBtQOudrNk07652+PSEPcQLoxVRYcoayq/uc=")).toBe(
    "/nix/store/mmxisn32d8cmq3461ybw6n808cw69nnj-source",
  );
});

test("other hashes and no hashes", () => {
  expect(storePathOf("sha512-AAAA")).toBeUndefined();
  expect(storePathOf("nonsense")).toBeUndefined();
});

const hasNix = spawnSync("nix-store", ["--version"]).status === 0;

describe.skipIf(!hasNix)("as Nix computes it", () => {
  test.each(["", "some text\n", "é\u0000binary"])("of a folder with %j", (text) => {
    const folder = mkdtempSync(`${tmpdir()}/store-path-`);
    try {
      const source = `${folder}/source`;
      mkdirSync(`${source}/below`, { recursive: true });
      writeFileSync(`${source}/below/file`, text);
      const hash = execFileSync("nix-hash", ["--type", "sha256", "--base32", source], {
        encoding: "utf8",
      }).trim();
      const sri = execFileSync(
        "nix",
        ["--extra-experimental-features", "nix-command", "hash", "to-sri", "--type", "sha256", hash],
        { encoding: "utf8" },
      ).trim();
      const path = execFileSync("nix-store", ["--add", source], { encoding: "utf8" }).trim();
      expect(storePathOf(sri)).toBe(path);
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
});
