/**
 * Builds all that the extension and the command line run, into dist/ (git-ignored), minified:
 *
 *   dist/server/clan-ls.js            the language server and the command line, for Node; in a web worker, the server
 *   dist/server/mcp.js                the protocol of AI assistants, for the command line
 *   dist/server/*.wasm                the parser and its grammars
 *   dist/client/{node,browser}.js     the extension
 *   dist/page/topology.{js,css}       the page of the topology
 *   syntaxes/nix.tmLanguage.json      the base highlighting, from tm-grammars (git-ignored)
 *   THIRD_PARTY_NOTICES.txt           the licences of what is in all these (git-ignored)
 *
 *   node scripts/build.mjs            prints each file with its size
 *   node scripts/build.mjs --release  the same without source maps, and dist/README.md: what is packaged;
 *                                     dist/sbom.cdx.json: what it contains
 */
import { copyFileSync, mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import path from "node:path";
import esbuild from "esbuild";
import { thirdPartyNotices } from "./lib/notices.mjs";
import { packageReadme } from "./lib/package-readme.mjs";
import { root } from "./lib/paths.mjs";
import { say } from "./lib/process.mjs";
import { billOfMaterials } from "./lib/sbom.mjs";

const isRelease = process.argv.includes("--release");

const common = {
  absWorkingDir: root,
  bundle: true,
  minify: true,
  sourcemap: !isRelease,
  metafile: true,
  logLevel: "warning",
  target: "es2022",
  // The licences are in the notices.
  legalComments: "none",
  // The parser's ES module looks for its wasm beside `import.meta.url`, which a bundle does not have.
  alias: { "web-tree-sitter": path.join(root, "node_modules/web-tree-sitter/web-tree-sitter.cjs") },
};
// jsonc-parser's CommonJS build asks for its parts in a way no bundler follows; its ES module does not.
const node = { ...common, platform: "node", format: "cjs", mainFields: ["module", "main"] };
const browser = {
  ...common,
  platform: "browser",
  // What the parser asks for only where it finds itself in Node.
  external: ["fs", "fs/promises", "path", "url", "module", "node:*"],
};

const bundles = [
  { ...node, entryPoints: ["server/src/entry/mcp.ts"], outfile: "dist/server/mcp.js" },
  {
    ...node,
    // A worker has no module to export to.
    format: "iife",
    entryPoints: ["server/src/entry/main.ts"],
    outfile: "dist/server/clan-ls.js",
    // The server's library has a part for each, under a name of its own.
    conditions: ["node", "browser"],
  },
  {
    ...node,
    entryPoints: ["client/src/node.ts"],
    outfile: "dist/client/node.js",
    external: ["vscode"],
  },
  {
    ...browser,
    format: "cjs",
    entryPoints: ["client/src/browser.ts"],
    outfile: "dist/client/browser.js",
    external: ["vscode"],
  },
  { ...browser, format: "iife", entryPoints: ["client/page/main.ts"], outfile: "dist/page/topology.js" },
];

const copies = {
  "node_modules/web-tree-sitter/web-tree-sitter.wasm": "dist/server/web-tree-sitter.wasm",
  "grammar/tree-sitter-nix.wasm": "dist/server/tree-sitter-nix.wasm",
  "node_modules/tree-sitter-bash/tree-sitter-bash.wasm": "dist/server/tree-sitter-bash.wasm",
  "client/page/topology.css": "dist/page/topology.css",
  "node_modules/tm-grammars/grammars/nix.json": "syntaxes/nix.tmLanguage.json",
};
const notices = "THIRD_PARTY_NOTICES.txt";

const start = performance.now();
// Maps of an earlier build would be those of other code.
if (isRelease) rmSync(path.join(root, "dist"), { recursive: true, force: true });
const built = await Promise.all(bundles.map((bundle) => esbuild.build(bundle))).catch(() => {
  // esbuild has said what is wrong, and where.
  say("the build failed");
  process.exit(1);
});
for (const [from, to] of Object.entries(copies)) copy(from, to);
const contents = [...built.flatMap(bundledFiles), ...Object.keys(copies)];
writeFileSync(path.join(root, notices), thirdPartyNotices(contents));
if (isRelease) {
  const readme = readFileSync(path.join(root, "README.md"), "utf8");
  const manifest = JSON.parse(readFileSync(path.join(root, "package.json"), "utf8"));
  writeFileSync(path.join(root, "dist/README.md"), packageReadme(readme, manifest));
  writeFileSync(path.join(root, "dist/sbom.cdx.json"), billOfMaterials(manifest, contents));
}

const files = [...bundles.map((bundle) => bundle.outfile), ...Object.values(copies), notices];
for (const file of files) {
  const kilobytes = statSync(path.join(root, file)).size / 1000;
  say(`${file.padEnd(34)} ${kilobytes.toFixed(0).padStart(5)} kB`);
}
say(`built in ${((performance.now() - start) / 1000).toFixed(1)} s`);

/** Those of which something is in the bundle: what is shaken off needs no notice. */
function bundledFiles({ metafile }) {
  return Object.values(metafile.outputs).flatMap(({ inputs }) =>
    Object.entries(inputs)
      .filter(([, { bytesInOutput }]) => bytesInOutput > 0)
      .map(([file]) => file),
  );
}

function copy(from, to) {
  const target = path.join(root, to);
  mkdirSync(path.dirname(target), { recursive: true });
  copyFileSync(path.join(root, from), target);
}
