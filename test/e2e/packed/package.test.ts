/** The package that CLAN_VSIX names: what is in it, and that its server needs nothing else. */
import { spawnSync } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { listFiles, PackageManager } from "@vscode/vsce";
import { afterAll, beforeAll, expect, it } from "vitest";
import { installedFolder, installPackage } from "../../../scripts/host/extension.mjs";
import { exampleFolder, root } from "../../../scripts/lib/paths.mjs";

const vsix = process.env.CLAN_VSIX ?? "";
/** Outside of the checkout, so that nothing of it is found by chance. */
let outside: string;
let extension: string;

beforeAll(async () => {
  outside = mkdtempSync(path.join(tmpdir(), "clan-package-"));
  mkdirSync(path.join(outside, "vscode"));
  await installPackage(path.join(outside, "vscode"), vsix);
  extension = path.join(outside, "extension");
  cpSync(installedFolder(path.join(outside, "vscode")), extension, { recursive: true });
});
afterAll(() => rmSync(outside, { recursive: true, force: true }));

const code = [
  "dist/client/browser.js",
  "dist/client/node.js",
  "dist/page/topology.css",
  "dist/page/topology.js",
  "dist/server/clan-ls.js",
  "dist/server/tree-sitter-bash.wasm",
  "dist/server/tree-sitter-nix.wasm",
  "dist/server/web-tree-sitter.wasm",
];
const data = [
  // The pages that the codes of findings lead to.
  ...readdirSync(path.join(root, "docs/rules")).map((page) => `docs/rules/${page}`),
  // What the walkthrough shows beside its steps.
  ...readdirSync(path.join(root, "docs/walkthrough")).map((page) => `docs/walkthrough/${page}`),
  "images/clan.svg",
  "images/icon.png",
  "syntaxes/generator-heredocs.tmLanguage.json",
  "syntaxes/generator-script.tmLanguage.json",
  "syntaxes/generator-variables.tmLanguage.json",
  "syntaxes/nix.language-configuration.json",
  "syntaxes/nix.tmLanguage.json",
];

it("holds what runs and what a person reads, and nothing else", () => {
  const pages = ["LICENSE.txt", "THIRD_PARTY_NOTICES.txt", "changelog.md", "package.json", "readme.md"];
  // VS Code writes a file of its own there.
  const files = readdirSync(extension, { recursive: true, encoding: "utf8" })
    .filter((file) => statSync(path.join(extension, file)).isFile() && file !== ".vsixmanifest")
    .sort();
  expect(files).toEqual([...pages, ...code, ...data].sort());
});

it("is what `vsce ls` tells", async () => {
  const listed = await listFiles({ cwd: root, packageManager: PackageManager.None });
  const pages = ["CHANGELOG.md", "LICENSE", "README.md", "THIRD_PARTY_NOTICES.txt", "package.json"];
  expect(listed.sort()).toEqual([...pages, ...code, ...data].sort());
});

it("is smaller than 1.2 MB", () => {
  expect(statSync(vsix).size).toBeLessThan(1_200_000);
});

it("has no code but minified code, and nothing that leads to sources", () => {
  for (const file of code.filter((name) => name.endsWith(".js"))) {
    const text = readFileSync(path.join(extension, file), "utf8");
    expect(text).not.toContain("sourceMappingURL");
    expect(text).not.toContain("node_modules/");
    expect(text.length / text.split("\n").length).toBeGreaterThan(200);
  }
});

it("names the licences of what others wrote", () => {
  const notices = readFileSync(path.join(extension, "THIRD_PARTY_NOTICES.txt"), "utf8");
  for (const part of ["zod", "vscode-languageclient", "vscode-languageserver", "web-tree-sitter", "semver"])
    expect(notices).toMatch(new RegExp(`^${part} \\d+\\.\\d+\\.\\d+ \\(`, "m"));
  for (const part of ["tree-sitter-bash", "tree-sitter-nix", "nix.json of tm-grammars", "clan-core:"])
    expect(notices).toContain(part);
  expect(notices).not.toContain(root);
});

it("has a README whose links lead somewhere", () => {
  const readme = readFileSync(path.join(extension, "readme.md"), "utf8");
  const links = [...readme.matchAll(/\]\(([^)]*)\)/g)].map(([, link]) => link);
  expect(links).toContain("https://clan.lol");
  expect(links.filter((link) => !/^https:/.test(link ?? ""))).toEqual([]);
});

it("has a server that runs from the package alone", () => {
  const server = path.join(extension, "dist/server/clan-ls.js");
  const clan = path.join(outside, "clan");
  cpSync(exampleFolder, clan, { recursive: true });
  const run = (...args: string[]) =>
    spawnSync(process.execPath, [server, ...args], { cwd: outside, encoding: "utf8", env: { PATH: "" } });
  const { machines } = JSON.parse(run("inventory", clan, "--format", "json").stdout);
  expect(Object.keys(machines)).toEqual(["hetzner-01", "hetzner-02", "macmini-01"]);
  const checked = run("check", clan);
  expect(checked.stderr).toBe("");
  expect(checked.status).toBe(0);
});
