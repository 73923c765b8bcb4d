#!/usr/bin/env node
// Generates the parser from grammar/grammar.js and compiles it to grammar/tree-sitter-nix.wasm.
//
//   npm run build:grammar
//
// Needs the tree-sitter CLI and Debian's clang, lld and wasi-libc. The result is committed, with its
// SHA-256 beside it, so nobody needs these tools to build the extension. The versions are pinned: the same
// sources give the same bytes.
import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { copyFileSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { homedir } from "node:os";
import { join } from "node:path";

const TREE_SITTER = "0.27.1";
const CLANG = "14";

const root = new URL("..", import.meta.url).pathname;
const work = join(root, "out", "grammar");
const wasm = join(root, "grammar", "tree-sitter-nix.wasm");

/** The first of the names that runs in the wanted version, or an end with the command that would get it. */
function tool(names, version, hint) {
  const found = [];
  for (const name of names) {
    try {
      const printed = execFileSync(name, ["--version"], { encoding: "utf8" }).split("\n")[0];
      if (printed.includes(` ${version}`)) return name;
      found.push(printed);
    } catch {
      // Try the next place.
    }
  }
  const instead = found.length === 0 ? "missing" : `not version ${version} but ${found.join(" and ")}`;
  console.error(`${names[0]} is ${instead}. Get it with: ${hint}`);
  process.exit(1);
}

function run(program, args) {
  console.log(`$ ${program} ${args.join(" ")}`);
  execFileSync(program, args, { cwd: work, stdio: "inherit" });
}

const treeSitter = tool(
  ["tree-sitter", join(homedir(), ".cargo", "bin", "tree-sitter")],
  TREE_SITTER,
  `cargo install tree-sitter-cli --locked --version ${TREE_SITTER}`,
);
const packages = `apt-get install -y clang-${CLANG} lld-${CLANG} wasi-libc`;
const clang = tool([`clang-${CLANG}`, "clang"], CLANG, packages);
const linker = tool([`wasm-ld-${CLANG}`, "wasm-ld"], CLANG, packages);
if (!existsSync("/usr/include/wasm32-wasi")) {
  console.error(`The headers of wasi-libc are missing. Get them with: ${packages}`);
  process.exit(1);
}

rmSync(work, { recursive: true, force: true });
mkdirSync(join(work, "src"), { recursive: true });
copyFileSync(join(root, "grammar", "grammar.js"), join(work, "grammar.js"));
copyFileSync(join(root, "grammar", "scanner.c"), join(work, "src", "scanner.c"));
// The generator resolves `require` from the grammar's folder, out/grammar, up to our node_modules.
run(treeSitter, ["generate", "--abi", "15", "grammar.js"]);
run(clang, [
  "--target=wasm32-unknown-emscripten",
  ...["-isystem", "/usr/include/wasm32-wasi", "-D__wasi__", "-Isrc"],
  ...["-fPIC", "-Os", "-c", "-fvisibility=hidden"],
  "src/parser.c",
  "src/scanner.c",
]);
run(linker, [
  ...["-shared", "--experimental-pic", "--export=tree_sitter_nix"],
  ...["--allow-undefined", "--no-entry", "--strip-debug"],
  "parser.o",
  "scanner.o",
  "-o",
  "tree-sitter-nix.wasm",
]);

const bytes = readFileSync(join(work, "tree-sitter-nix.wasm"));
const hash = createHash("sha256").update(bytes).digest("hex");
// Written rather than copied: the linker marks its output as executable.
writeFileSync(wasm, bytes);
writeFileSync(`${wasm}.sha256`, `${hash}  tree-sitter-nix.wasm\n`);
console.log(`grammar/tree-sitter-nix.wasm ${hash}`);
