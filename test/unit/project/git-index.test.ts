/** Git's index as the git of this machine writes it. */
import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { nodeFileSystem } from "../../../server/src/entry/node-files.ts";
import { parseGitIndex } from "../../../server/src/project/git-index.ts";
import { findRepository, type Repository } from "../../../server/src/project/repository.ts";

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), "git-index-"));
});
afterEach(() => rmSync(folder, { recursive: true }));

const identity = ["-c", "user.name=t", "-c", "user.email=t@example.org", "-c", "protocol.file.allow=always"];

function git(...args: readonly string[]): string {
  return execFileSync("git", [...identity, "-C", folder, ...args], { encoding: "utf8", stdio: "pipe" });
}

function write(...names: readonly string[]): void {
  for (const name of names) {
    mkdirSync(path.dirname(path.join(folder, name)), { recursive: true });
    writeFileSync(path.join(folder, name), name);
  }
}

function tracked(): string[] {
  return [...(parseGitIndex(readFileSync(path.join(folder, ".git/index"))) ?? ["no index"])].sort();
}

function repositoryOf(name: string): Repository {
  return findRepository(nodeFileSystem, path.join(folder, name)) ?? expect.fail("there is no repository");
}

const names = ["a", "dir/a", "dir/ab", "dir/ä ö", "dir/deeper/and/deeper.nix", "flake.nix", "x".repeat(200)];

describe("parseGitIndex", () => {
  test.each(["2", "3", "4"])("version %s", (version) => {
    git("init", "--quiet");
    git("config", "index.version", version);
    write(...names, "new", "ignored", "untracked", ".gitignore");
    writeFileSync(path.join(folder, ".gitignore"), "ignored\n");
    git("add", ...names);
    // The flag of `git add -N` is one that version 2 does not have: git then writes version 3.
    if (version !== "2") git("add", "-N", "new");
    expect(readFileSync(path.join(folder, ".git/index"))[7]).toBe(Number(version));
    expect(tracked()).toEqual([...names, ...(version === "2" ? [] : ["new"])].sort());
  });

  test("with the extensions a commit leaves, and with SHA-256", () => {
    git("init", "--quiet", "--object-format=sha256");
    write(...names);
    git("add", ".");
    git("commit", "--quiet", "-m", "x");
    expect(tracked()).toEqual([...names].sort());
  });

  test("a split or a sparse index is none that can be read", () => {
    git("init", "--quiet");
    write(...names);
    git("add", ".");
    git("commit", "--quiet", "-m", "x");
    git("update-index", "--split-index");
    write("more");
    git("add", "more");
    expect(tracked()).toEqual(["no index"]);
    git("update-index", "--no-split-index");
    git("sparse-checkout", "set", "--cone", "--sparse-index", "other");
    expect(tracked()).toEqual(["no index"]);
  });

  test("other bytes are none", () => {
    git("init", "--quiet");
    write(...names);
    git("add", ".");
    const bytes = readFileSync(path.join(folder, ".git/index"));
    for (let length = 0; length < bytes.length; length += 7)
      expect(parseGitIndex(bytes.subarray(0, length))).toBeUndefined();
  });

  test("50,000 files", () => {
    git("init", "--quiet");
    const hash = execFileSync("git", ["-C", folder, "hash-object", "-w", "--stdin"], { input: "" });
    const lines = Array.from(
      { length: 50_000 },
      (_, i) => `100644 ${String(hash).trim()}\tdir${i % 100}/f${i}`,
    );
    execFileSync("git", ["-C", folder, "update-index", "--index-info"], { input: `${lines.join("\n")}\n` });
    expect(tracked()).toHaveLength(50_000);
  });
});

describe("findRepository", () => {
  test("from a folder below its root", () => {
    git("init", "--quiet");
    write("clan/flake.nix", "clan/machines/web/configuration.nix");
    git("add", "clan/flake.nix");
    const repository = repositoryOf("clan");
    expect(repository.root).toBe(folder);
    expect(repository.tracks(path.join(folder, "clan/flake.nix"))).toBe(true);
    expect(repository.tracks(path.join(folder, "clan/machines/web/configuration.nix"))).toBe(false);
  });

  test("before anything is added", () => {
    git("init", "--quiet");
    expect(repositoryOf(".").tracks(path.join(folder, "flake.nix"))).toBe(false);
  });

  test("of a worktree, and of a submodule, whose files are not the outer repository's affair", () => {
    mkdirSync(path.join(folder, "inner"));
    git("-C", "inner", "init", "--quiet");
    write("inner/flake.nix");
    git("-C", "inner", "add", ".");
    git("-C", "inner", "commit", "--quiet", "-m", "x");
    git("init", "--quiet", "outer");
    git("-C", "outer", "submodule", "add", "--quiet", `${folder}/inner`, "sub");
    git("-C", "outer", "commit", "--quiet", "-m", "x");
    git("-C", "inner", "worktree", "add", "--quiet", "../tree");
    for (const name of ["tree", "outer/sub"]) {
      const repository = repositoryOf(name);
      expect(repository.root).toBe(path.join(folder, name));
      expect(repository.tracks(path.join(folder, name, "flake.nix"))).toBe(true);
      expect(repository.tracks(path.join(folder, name, "other.nix"))).toBe(false);
    }
    expect(repositoryOf("outer").tracks(path.join(folder, "outer/sub/flake.nix"))).toBe(true);
  });

  test("there is none", () => {
    expect(findRepository({ ...nodeFileSystem, fileType: () => undefined }, folder)).toBeUndefined();
  });
});
