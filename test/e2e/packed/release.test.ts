/** A release, made in a clone of this checkout. */
import { execFileSync, spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import { root } from "../../../scripts/lib/paths.mjs";

let checkout: string;

beforeAll(() => {
  checkout = mkdtempSync(path.join(tmpdir(), "clan-release-test-"));
  execFileSync("git", ["clone", "--quiet", root, checkout]);
  symlinkSync(path.join(root, "node_modules"), path.join(checkout, "node_modules"), "dir");
  // A link is no folder to the line in .gitignore.
  writeFileSync(path.join(checkout, ".git/info/exclude"), "node_modules\n");
  for (const [name, value] of Object.entries({
    "user.name": "Somebody",
    "user.email": "somebody@example.org",
  }))
    execFileSync("git", ["config", name, value], { cwd: checkout });
});
afterAll(() => rmSync(checkout, { recursive: true, force: true }));

const git = (...args: string[]) => execFileSync("git", args, { cwd: checkout, encoding: "utf8" }).trimEnd();
const release = (...args: string[]) =>
  spawnSync(process.execPath, ["scripts/release.mjs", ...args], {
    cwd: checkout,
    encoding: "utf8",
    // As on a machine of which git does not know who works there: the commit is made in a clone of this one.
    env: {
      ...process.env,
      GIT_AUTHOR_NAME: "Somebody",
      GIT_AUTHOR_EMAIL: "somebody@example.org",
      GIT_COMMITTER_NAME: "Somebody",
      GIT_COMMITTER_EMAIL: "somebody@example.org",
    },
  });
/** Of the section that is not released yet. */
const [, version = ""] =
  /^## (\S+) \(unreleased\)$/m.exec(readFileSync(path.join(root, "CHANGELOG.md"), "utf8")) ?? [];

it("is refused without a version, and for one of which the changelog says nothing", () => {
  expect(release()).toMatchObject({ status: 2 });
  expect(release("next")).toMatchObject({ status: 2 });
  const unknown = release("99.0.0", "--dry-run");
  expect(unknown.status).toBe(1);
  expect(unknown.stderr).toContain("CHANGELOG.md has no section `## 99.0.0 (unreleased)`");
});

it("tried, it makes the files and changes nothing", () => {
  const before = git("rev-parse", "HEAD");
  expect(release(version, "--dry-run")).toMatchObject({ status: 0 });
  expect([git("rev-parse", "HEAD"), git("tag"), git("status", "--porcelain")]).toEqual([before, "", ""]);
  const folder = path.join(checkout, "out/release", version);
  expect(readdirSync(folder).sort()).toEqual([
    "SHA256SUMS",
    `clan-language-server-${version}.tgz`,
    "notes.md",
    "sbom.cdx.json",
    `vscode-clan-${version}.vsix`,
  ]);
  const lines = readFileSync(path.join(folder, "SHA256SUMS"), "utf8").trimEnd().split("\n");
  for (const [hash, file = ""] of lines.map((line) => line.split("  ")))
    expect([
      file,
      createHash("sha256")
        .update(readFileSync(path.join(folder, file)))
        .digest("hex"),
    ]).toEqual([file, hash]);
  expect(lines).toHaveLength(4);
  const bom = JSON.parse(readFileSync(path.join(folder, "sbom.cdx.json"), "utf8"));
  expect(bom).toMatchObject({ bomFormat: "CycloneDX", metadata: { component: { version } } });
  expect(bom.components.map(({ name }: { name: string }) => name)).toContain("web-tree-sitter");
});

it("made, it is a commit and a tag with what the changelog says, once", () => {
  expect(release(version)).toMatchObject({ status: 0 });
  expect(git("log", "-1", "--format=%s")).toBe(`Release ${version}`);
  expect(git("rev-parse", `v${version}^{commit}`)).toBe(git("rev-parse", "HEAD"));
  const notes = readFileSync(path.join(checkout, "out/release", version, "notes.md"), "utf8");
  expect(git("tag", "--list", "--format=%(contents)").trimEnd()).toBe(notes.trimEnd());
  expect(git("show", "HEAD:CHANGELOG.md")).toMatch(
    new RegExp(`^## ${version} \\(\\d{4}-\\d\\d-\\d\\d\\)$`, "m"),
  );
  expect(git("status", "--porcelain")).toBe("");
  const again = release(version);
  expect(again.status).toBe(1);
  expect(again.stderr).toContain(`v${version} is released already`);
});
