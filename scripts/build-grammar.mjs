#!/usr/bin/env node
// Generates the parser from grammar/grammar.js and compiles it to grammar/tree-sitter-nix.wasm.
//
//   npm run build:grammar
//
// Needs the tree-sitter CLI and Debian's clang, lld and wasi-libc. The result is committed, with its
// SHA-256 beside it, so nobody needs these tools to build the extension.
import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { copyFileSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { homedir } from "node:os";
import { join } from "node:path";

const root = new URL("..", import.meta.url).pathname;
const work = join(root, "out", "grammar");
const packaged = join(root, "node_modules", "tree-sitter-nix");
const wasm = join(root, "grammar", "tree-sitter-nix.wasm");

/** The first of the names that runs, or an end with the command that would get it. */
function tool(names, hint) {
  for (const name of names) {
    try {
      execFileSync(name, ["--version"], { stdio: "ignore" });
      return name;
    } catch {
      // Try the next place.
    }
  }
  console.error(`${names[0]} is missing. Get it with: ${hint}`);
  process.exit(1);
}

function run(program, args) {
  console.log(`$ ${program} ${args.join(" ")}`);
  execFileSync(program, args, { cwd: work, stdio: "inherit" });
}

const treeSitter = tool(
  ["tree-sitter", join(homedir(), ".cargo", "bin", "tree-sitter")],
  "cargo install tree-sitter-cli --locked --version 0.27.1",
);
const clang = tool(["clang"], "apt-get install -y clang lld wasi-libc");
const linker = tool(["wasm-ld", "wasm-ld-14"], "apt-get install -y lld");
if (!existsSync("/usr/include/wasm32-wasi")) {
  console.error("The headers of wasi-libc are missing. Get them with: apt-get install -y wasi-libc");
  process.exit(1);
}

rmSync(work, { recursive: true, force: true });
mkdirSync(join(work, "src"), { recursive: true });
copyFileSync(join(root, "grammar", "grammar.js"), join(work, "grammar.js"));
copyFileSync(join(packaged, "src", "scanner.c"), join(work, "src", "scanner.c"));
// The generator resolves `require` from the grammar's folder, out/grammar, up to our node_modules.
run(treeSitter, ["generate", "--abi", "15", "grammar.js"]);
run(clang, [
  ..."--target=wasm32-unknown-emscripten -isystem /usr/include/wasm32-wasi -D__wasi__ -fPIC -Os -c -fvisibility=hidden -Isrc".split(
    " ",
  ),
  "src/parser.c",
  "src/scanner.c",
]);
run(linker, [
  ..."-shared --experimental-pic --export=tree_sitter_nix --allow-undefined --no-entry --strip-debug".split(
    " ",
  ),
  "parser.o",
  "scanner.o",
  "-o",
  "tree-sitter-nix.wasm",
]);

copyFileSync(join(work, "tree-sitter-nix.wasm"), wasm);
const hash = createHash("sha256").update(readFileSync(wasm)).digest("hex");
writeFileSync(`${wasm}.sha256`, `${hash}  tree-sitter-nix.wasm\n`);
console.log(`grammar/tree-sitter-nix.wasm ${hash}`);
