/** The program `clan-ls` on Node: the command line, and with `--stdio` the language server. */
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { setFlagsFromString } from "node:v8";
import manifest from "../../package.json" with { type: "json" };
import { runCli } from "../cli/main.ts";
import type { Terminal } from "../cli/terminal.ts";
import { findDocumentation } from "./documentation.ts";
import { loadTools } from "./load-tools.ts";
import { nodeFileSystem, toPath, writeFile } from "./node-files.ts";
import { askGit } from "./node-git.ts";
import { loadParser } from "./node-parser.ts";

const documentation = findDocumentation();

/** What the system says, since the time that goes by is also that of other programs. */
function worked(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
}

const terminal: Terminal = {
  version: manifest.version,
  documentation,
  fileSystem: nodeFileSystem,
  cwd: toPath("."),
  color: process.stdout.isTTY === true && !process.env.NO_COLOR,
  loadParser,
  toPath,
  git: askGit,
  writeFile,
  readInput: () => readFileSync(0, "utf8"),
  print: (text) => void process.stdout.write(text),
  printError: (text) => void process.stderr.write(text),
  async serve() {
    // By default V8 lets the heap grow to a multiple of what is in use before it collects: half as much again costs a tenth more work and
    // takes half the memory.
    setFlagsFromString("--heap-growing-percent=50");
    // Read and compiled while the rest of the program begins; whoever asks for it is told what failed.
    const parser = loadParser();
    parser.catch(() => undefined);
    const { serveStdio } = await import("../protocol/stdio.ts");
    const { version } = manifest;
    serveStdio({
      version,
      documentation,
      fileSystem: nodeFileSystem,
      worked,
      loadTools,
      loadParser: () => parser,
    });
  },
  serveMcp(toolbox) {
    // Found at run time, beside this bundle: the editor's server need not read it at each start.
    const { serveMcpStdio } = createRequire(__filename)("./mcp.js") as typeof import("./mcp.ts");
    return serveMcpStdio(toolbox);
  },
};

runCli(process.argv.slice(2), terminal).then(
  (code) => {
    // Set, not exited with: what was printed to a pipe is still on its way.
    process.exitCode = code;
  },
  (error: unknown) => {
    console.error(error);
    process.exitCode = 2;
  },
);
