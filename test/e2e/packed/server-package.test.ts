/** The npm package that CLAN_SERVER_PACKAGE names, installed in an empty folder: its program does all it does in the checkout. */
import { spawnSync } from "node:child_process";
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { pathToFileURL } from "node:url";
import { afterAll, beforeAll, expect, it } from "vitest";
import { exampleFolder } from "../../../scripts/lib/paths.mjs";
import { ServerProcess } from "../../stdio/server-process.ts";

const archive = process.env.CLAN_SERVER_PACKAGE ?? "";
let outside: string;
let installed: string;
let clan: string;

beforeAll(() => {
  outside = mkdtempSync(path.join(tmpdir(), "clan-server-package-"));
  writeFileSync(path.join(outside, "package.json"), "{}");
  // It has no dependencies: nothing is fetched.
  const { status, stderr } = spawnSync("npm", ["install", "--offline", "--no-audit", archive], {
    cwd: outside,
    encoding: "utf8",
  });
  if (status !== 0) throw new Error(stderr);
  installed = path.join(outside, "node_modules/clan-language-server");
  clan = path.join(outside, "clan");
  cpSync(exampleFolder, clan, { recursive: true });
});
afterAll(() => rmSync(outside, { recursive: true, force: true }));

function clanLs(...args: string[]) {
  const program = path.join(outside, "node_modules/.bin/clan-ls");
  return spawnSync(program, args, { cwd: clan, encoding: "utf8", input: "" });
}

it("holds the program and what it reads, and nothing else", () => {
  const files = readdirSync(installed, { recursive: true, encoding: "utf8" })
    .filter((file) => statSync(path.join(installed, file)).isFile() && !file.startsWith("docs/rules/"))
    .sort();
  expect(files).toEqual([
    "LICENSE",
    "README.md",
    "THIRD_PARTY_NOTICES.txt",
    "dist/server/clan-ls.js",
    "dist/server/mcp.js",
    "dist/server/tree-sitter-bash.wasm",
    "dist/server/tree-sitter-nix.wasm",
    "dist/server/web-tree-sitter.wasm",
    "package.json",
    "server/bin/clan-ls.js",
  ]);
  expect(statSync(archive).size).toBeLessThan(1_200_000);
});

it("checks a clan, and tells its inventory", () => {
  const checked = clanLs("check");
  expect(checked).toMatchObject({ status: 0, stderr: "" });
  const { machines } = JSON.parse(clanLs("inventory", "--format", "json").stdout);
  expect(Object.keys(machines)).toEqual(["hetzner-01", "hetzner-02", "macmini-01"]);
});

it("reports a mistake with the page about its rule, which is in the package", () => {
  const file = path.join(clan, "modules/flake-parts/clan.nix");
  const text = readFileSync(file, "utf8");
  writeFileSync(file, text.replace("roles.controller", "roles.controler"));
  const { status, stdout } = clanLs("check", "--format", "sarif");
  writeFileSync(file, text);
  expect(status).toBe(1);
  const [run] = JSON.parse(stdout).runs;
  const rule = run.tool.driver.rules.find(({ id }: { id: string }) => id === "unknown-role");
  expect(rule.helpUri).toBe(pathToFileURL(path.join(installed, "docs/rules/unknown-role.md")).href);
});

it("says which version it is, and has tools for assistants", () => {
  const { version } = JSON.parse(readFileSync(path.join(installed, "package.json"), "utf8"));
  expect(clanLs("--version").stdout.trim()).toContain(version);
  expect(clanLs("mcp")).toMatchObject({ status: 0, stderr: "" });
});

it("is a language server", async () => {
  const server = await ServerProcess.start(installed, [clan], {});
  const uri = pathToFileURL(path.join(clan, "modules/flake-parts/clan.nix")).href;
  const text = readFileSync(path.join(clan, "modules/flake-parts/clan.nix"), "utf8");
  await server.notify("textDocument/didOpen", {
    textDocument: { uri, languageId: "nix", version: 1, text },
  });
  const lines = text.slice(0, text.indexOf("roles.controller") + "roles.".length).split("\n");
  const completed = await server.ask<{ items: { label: string }[] }>("textDocument/completion", {
    textDocument: { uri },
    position: { line: lines.length - 1, character: lines.at(-1)?.length ?? 0 },
  });
  expect(completed?.items.map(({ label }) => label)).toEqual(expect.arrayContaining(["controller", "peer"]));
  expect([...server.failed, ...server.said]).toEqual([]);
  await server.close();
});
