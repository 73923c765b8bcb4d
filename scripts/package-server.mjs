/**
 * Makes the npm package `clan-language-server`, whose program is `clan-ls`: the language server for other editors and the
 * checker for CI, built and without dependencies.
 *
 *   npm run package:server                 clan-language-server-VERSION.tgz here
 *   npm run package:server -- --out DIR    there
 */
import { cpSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import { parseArgs } from "node:util";
import { outFolder, root } from "./lib/paths.mjs";
import { npm, run } from "./lib/process.mjs";

const { values } = parseArgs({ options: { out: { type: "string", default: "." } } });

/** Copied as they lie in the checkout: the program looks for its parts, and for the pages of rules, from where it is. */
const parts = [
  "server/bin/clan-ls.js",
  "dist/server/clan-ls.js",
  "dist/server/mcp.js",
  "dist/server/web-tree-sitter.wasm",
  "dist/server/tree-sitter-nix.wasm",
  "dist/server/tree-sitter-bash.wasm",
  "docs/rules",
  "LICENSE",
  "THIRD_PARTY_NOTICES.txt",
];

await run(process.execPath, ["scripts/build.mjs", "--release"], { cwd: root });

const stage = path.join(outFolder, "clan-language-server");
rmSync(stage, { recursive: true, force: true });
for (const part of parts) cpSync(path.join(root, part), path.join(stage, part), { recursive: true });
cpSync(path.join(root, "server/README.md"), path.join(stage, "README.md"));

const { version, license, repository, engines } = JSON.parse(
  readFileSync(path.join(root, "package.json"), "utf8"),
);
const manifest = {
  name: "clan-language-server",
  version,
  description: "Language server and checker for clans: NixOS and macOS machines described in Nix (clan.lol).",
  keywords: ["clan", "nix", "nixos", "language-server", "lsp"],
  license,
  repository,
  bin: { "clan-ls": "server/bin/clan-ls.js" },
  engines: { node: engines.node ?? ">=20" },
};
writeFileSync(path.join(stage, "package.json"), `${JSON.stringify(manifest, undefined, 2)}\n`);

const out = path.resolve(values.out);
mkdirSync(out, { recursive: true });
await npm(["pack", "--pack-destination", out], { cwd: stage });
