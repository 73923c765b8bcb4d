/**
 * The command line `clan-ls`.
 *
 *   runCli(["check", "examples/homelab", "--format", "json"], terminal)  ->  0, 1 or 2
 */

import { messageOf } from "../nix/thrown.ts";
import type { Toolbox } from "./mcp/server.ts";
import { parseOptions } from "./options.ts";
import { type Terminal, UsageError } from "./terminal.ts";

const help = `Checks and reads clans (clan.lol) without running Nix.

  clan-ls check [DIR | FILE...] [--format text|json|sarif|github]
      All rules over the clans at DIR (default: the working directory), or over the clan
      the FILEs are in: then only what is wrong in them is reported.
      Exit code 0: no error; 1: errors; 2: bad usage, or nothing to check.

  clan-ls rules [--format text|json]
      What check looks for: the code, the severity and the reason of each rule.

  clan-ls inventory [DIR] [--format json]
      Machines, instances and who is in which role.

  clan-ls vars [DIR] [--format text|json]
      The generators of each machine in the order clan runs them: files, dependencies, what
      is on disk of them, and folders of vars that no generator defines.

  clan-ls diff [REV [DIR]] [--format text|json]
      The machines that what has changed since a revision of git (default: HEAD) concerns, and
      why: what an update would bring to them. A comment concerns none.

  clan-ls graph [DIR] [--format mermaid|dot|svg]
      A picture of the clan: instances with their roles, tags, machines.

      All five take --override-input NAME PATH: the source of a flake input, in place of what
      flake.lock says. Services of an input whose source is not at hand are not checked.

  clan-ls adopt [DIR] --assess [--format text|json]
      What there is in a flake without a clan: how it is made, its hosts, what would collide.
  clan-ls adopt [DIR] --name NAME --machine MACHINE[:darwin] [--target HOST]
          [--service SERVICE]... [--move HOST]... (--patch | --write)
      A clan beside what there is, as a patch or in the files. Exit code 1: refused, with the reasons.

  clan-ls eval FILE [--attr a.b] [--strict] [--json | --format nix|json]
      The value of a Nix file, as \`nix-instantiate --eval\` prints it; what cannot be
      known without Nix prints as «unknown: reason». Exit code 1: an evaluation error.
      FILE - is standard input, in the working directory.

  clan-ls mcp [DIR]
      Tools for AI assistants, over the Model Context Protocol on stdin and stdout. They only read.

  clan-ls --stdio
      The language server, for an editor.

  clan-ls --version | --help
`;

type Command = (args: readonly string[], terminal: Terminal) => number | Promise<number>;

/** Each with what it needs: none of that is looked at before it is asked for, least of all by an editor's server. */
const commands: Readonly<Record<string, () => Promise<Command>>> = {
  adopt: async () => (await import("./adopt.ts")).runAdopt,
  check: async () => (await import("./check.ts")).runCheck,
  rules: async () => (await import("./rules.ts")).runRules,
  inventory: async () => (await import("./inventory.ts")).runInventory,
  vars: async () => (await import("./vars.ts")).runVars,
  diff: async () => (await import("./diff.ts")).runDiff,
  graph: async () => (await import("./graph.ts")).runGraph,
  mcp: async () => runMcp,
  eval: async () => (await import("./eval.ts")).runEval,
};

async function runMcp(args: readonly string[], terminal: Terminal): Promise<number> {
  const { answer, tools } = await import("./mcp/tools.ts");
  const { positionals } = parseOptions(args, {}, 1);
  const ask: Toolbox["ask"] = (tool, input) => answer(tool, input, positionals[0], terminal);
  await terminal.serveMcp({ version: terminal.version, tools, ask });
  return 0;
}

/** Resolves with the exit code. With `--stdio` that is when the server listens, which then goes on. */
export async function runCli(argv: readonly string[], terminal: Terminal): Promise<number> {
  try {
    return await run(argv, terminal);
  } catch (error) {
    const isDefect = !(error instanceof UsageError);
    terminal.printError(`clan-ls: ${isDefect ? "a defect of clan-ls: " : ""}${messageOf(error)}\n`);
    return 2;
  }
}

async function run([first, ...rest]: readonly string[], terminal: Terminal): Promise<number> {
  if (first !== undefined && !first.startsWith("-")) {
    const command = Object.entries(commands).find(([name]) => name === first)?.[1];
    if (command === undefined) throw new UsageError(`there is no command ${first}; see clan-ls --help`);
    if (rest.includes("--help")) return show(help, terminal);
    return (await command())(rest, terminal);
  }
  const { values } = parseOptions(first === undefined ? [] : [first, ...rest], {
    stdio: { type: "boolean" },
    version: { type: "boolean" },
    help: { type: "boolean", short: "h" },
    // Editors that fork a server name themselves; it ends with its stdin anyway.
    clientProcessId: { type: "string" },
  });
  if (values.version === true) return show(`clan-ls ${terminal.version}\n`, terminal);
  if (values.help === true) return show(help, terminal);
  if (values.stdio !== true) throw new UsageError("which command? see clan-ls --help");
  await terminal.serve();
  return 0;
}

function show(text: string, terminal: Terminal): number {
  terminal.print(text);
  return 0;
}
