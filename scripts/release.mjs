/**
 * Makes a release: version, changelog, commit, tag, and the files people download, with checksums. All of it is made in a
 * clone, so that nothing is changed here before everything is done. Publishing is left to a person.
 *
 *   npm run release -- 0.2.0             the commit and the tag v0.2.0 here, the files in out/release/0.2.0
 *   npm run release -- 0.2.0 --dry-run   the files only
 */
import { createHash } from "node:crypto";
import {
  cpSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { parseArgs } from "node:util";
import { releaseSection } from "./lib/changelog.mjs";
import { ensureDependencies } from "./lib/dependencies.mjs";
import { outFolder, root } from "./lib/paths.mjs";
import { npm, outputOf, run, say } from "./lib/process.mjs";

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { "dry-run": { type: "boolean", default: false } },
});
const [version, ...more] = positionals;
if (version === undefined || more.length > 0 || !/^\d+\.\d+\.\d+$/.test(version)) {
  say("write the version: npm run release -- 0.2.0 [--dry-run]");
  process.exit(2);
}
const isDryRun = values["dry-run"];
const tag = `v${version}`;

const git = (...args) => run("git", args, { cwd: root });

await ensureDependencies();
if (!isDryRun) refuse();

const clone = mkdtempSync(path.join(tmpdir(), "clan-release-"));
try {
  const out = path.join(outFolder, "release", version);
  rmSync(out, { recursive: true, force: true });
  mkdirSync(out, { recursive: true });
  await git("clone", "--quiet", root, clone);
  symlinkSync(path.join(root, "node_modules"), path.join(clone, "node_modules"), "dir");
  const notes = writeVersion();
  await npm(["run", "package", "--", "--out", out], { cwd: clone });
  await npm(["run", "package:server", "--", "--out", out], { cwd: clone });
  cpSync(path.join(clone, "dist/sbom.cdx.json"), path.join(out, "sbom.cdx.json"));
  writeFileSync(path.join(out, "notes.md"), notes);
  writeFileSync(path.join(out, "SHA256SUMS"), checksums(out));
  if (!isDryRun) await commit(out);
  for (const file of readdirSync(out)) say(path.join(path.relative(process.cwd(), out), file));
  say(isDryRun ? "a dry run: no commit, no tag" : next(out));
} finally {
  rmSync(clone, { recursive: true, force: true });
}

/** What is not committed would not be in the release; what is tagged is released already. */
function refuse() {
  if (outputOf("git", ["status", "--porcelain"], { cwd: root }) !== "")
    throw new Error("there are changes that are not committed");
  if (outputOf("git", ["tag", "--list", tag], { cwd: root }) !== "")
    throw new Error(`${tag} is released already`);
}

/** In the clone. Returns what the changelog says of the version. */
function writeVersion() {
  const file = path.join(clone, "CHANGELOG.md");
  const date = new Date().toISOString().slice(0, 10);
  const { text, notes } = releaseSection(readFileSync(file, "utf8"), version, date);
  writeFileSync(file, text);
  for (const name of ["package.json", "package-lock.json"]) {
    const manifest = JSON.parse(readFileSync(path.join(clone, name), "utf8"));
    manifest.version = version;
    if (manifest.packages !== undefined) manifest.packages[""].version = version;
    writeFileSync(path.join(clone, name), `${JSON.stringify(manifest, undefined, 2)}\n`);
  }
  return notes;
}

/** As `sha256sum --check` reads them. */
function checksums(folder) {
  return readdirSync(folder)
    .sort()
    .map((file) => {
      const hash = createHash("sha256").update(readFileSync(path.join(folder, file)));
      return `${hash.digest("hex")}  ${file}\n`;
    })
    .join("");
}

/** The commit and the tag come from the clone to the branch that is checked out here. */
async function commit(out) {
  const inClone = (...args) => run("git", args, { cwd: clone });
  await inClone("add", "CHANGELOG.md", "package.json", "package-lock.json");
  await inClone("commit", "--quiet", "--message", `Release ${version}`);
  await inClone("tag", "--annotate", tag, "--cleanup=whitespace", "--file", path.join(out, "notes.md"));
  await git("pull", "--quiet", "--ff-only", clone, "HEAD");
  await git("fetch", "--quiet", clone, "tag", tag);
}

function next(out) {
  const folder = path.relative(process.cwd(), out);
  return `next: git push --follow-tags; npx vsce publish --packagePath ${folder}/*.vsix; npx ovsx publish ${folder}/*.vsix; npm publish ${folder}/*.tgz`;
}
