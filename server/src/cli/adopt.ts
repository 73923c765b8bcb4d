/**
 * `clan-ls adopt [DIR]`: what it takes to have a clan in a flake that has none, and the edit that does it.
 *
 *   clan-ls adopt --assess --format json            ->   { "version": 1, "layout": "flake-parts", "hosts": [ … ], … }
 *   clan-ls adopt --name infra --machine web --patch   ->   a patch for `git apply`
 */
import { createTwoFilesPatch } from "diff";
import { catalogue } from "../clan/catalogue/services.ts";
import { evaluateClans } from "../clan/evaluate.ts";
import { type Adoption, adopt } from "../features/adopt/adopt.ts";
import { assess, sharedInputs } from "../features/adopt/assess.ts";
import { firstHour } from "../features/adopt/first-hour.ts";
import { findClan } from "../features/adopt/plan.ts";
import { reportAssessment, reportSteps } from "../features/adopt/report.ts";
import type { AdoptRequest } from "../features/adopt/request.ts";
import { relativePath } from "../nix/path.ts";
import type { Snapshot } from "../project/snapshot.ts";
import { Workspace } from "../project/workspace.ts";
import { chooseFormat, parseOptions } from "./options.ts";
import { type Terminal, UsageError } from "./terminal.ts";

const options = {
  assess: { type: "boolean" },
  format: { type: "string" },
  name: { type: "string" },
  machine: { type: "string" },
  target: { type: "string" },
  service: { type: "string", multiple: true },
  move: { type: "string", multiple: true },
  patch: { type: "boolean" },
  write: { type: "boolean" },
} as const;

export async function runAdopt(args: readonly string[], terminal: Terminal): Promise<number> {
  const { values, positionals } = parseOptions(args, options, 1);
  const format = chooseFormat(values.format, ["text", "json"]);
  const shown = positionals[0] ?? ".";
  const root = terminal.toPath(shown);
  if (terminal.fileSystem.readDir(root) === undefined) throw new UsageError(`there is no folder ${shown}`);
  const parser = await terminal.loadParser();
  const snapshot = new Workspace({ fileSystem: terminal.fileSystem, parser, roots: [root] }).snapshot();
  if (values.assess === true) {
    const found = assess(snapshot, root, evaluateClans(snapshot));
    const json = (): string => `${JSON.stringify({ version: 1, ...found }, undefined, 2)}\n`;
    const clan = findClan(snapshot, root);
    const steps = (): string => (clan === undefined ? "" : reportSteps(firstHour(snapshot, clan)));
    terminal.print(
      format === "json" ? json() : reportAssessment(found, sharedInputs(snapshot, root)) + steps(),
    );
    return 0;
  }
  const { name, machine, target, service = [], move = [], patch = false, write = false } = values;
  if (name === undefined || machine === undefined || patch === write)
    throw new UsageError(
      "adopt needs --assess, or --name, --machine and one of --patch and --write; see clan-ls --help",
    );
  const begin = readRequest(name, machine, target, service);
  return run(snapshot, root, { begin, move: move.map((host) => ({ name: host })) }, write, terminal);
}

/** Throws UsageError for names that clan does not take. */
function readRequest(
  name: string,
  machine: string,
  target: string | undefined,
  services: readonly string[],
): Omit<AdoptRequest, "move"> {
  const [machineName = "", machineClass = "nixos", ...rest] = machine.split(":");
  if (!/^[a-zA-Z0-9_-]+$/.test(name))
    throw new UsageError(`${name} is no name for a clan: letters, digits, - and _`);
  if (!/^[a-zA-Z0-9]([a-zA-Z0-9-]{0,61}[a-zA-Z0-9])?$/.test(machineName))
    throw new UsageError(`${machineName} is no name for a machine: a host name of letters, digits and -`);
  if (rest.length > 0 || (machineClass !== "nixos" && machineClass !== "darwin"))
    throw new UsageError(`${machine}: write MACHINE, or MACHINE:darwin`);
  const unknown = services.find((one) => !catalogue.has(one));
  if (unknown !== undefined)
    throw new UsageError(`clan has no service ${unknown}; it has: ${[...catalogue.keys()].join(", ")}`);
  if (target !== undefined && !/^[\w.@:[\]%-]+$/.test(target))
    throw new UsageError(`${target} is no host to deploy to: write root@HOST`);
  return {
    name,
    machine: { name: machineName, class: machineClass },
    target,
    services: [...new Set(services)],
  };
}

function run(
  snapshot: Snapshot,
  root: string,
  request: Adoption,
  write: boolean,
  terminal: Terminal,
): number {
  const refuse = (reasons: readonly string[]): number => {
    for (const reason of reasons) terminal.printError(`clan-ls: ${reason}\n`);
    return 1;
  };
  const plan = adopt(snapshot, root, request);
  if ("reasons" in plan) return refuse(plan.reasons);
  if (plan.files.size === 0) {
    terminal.printError("clan-ls: this is done already: nothing is changed.\n");
    return 0;
  }
  const files = [...plan.files].sort(([a], [b]) => (a < b ? -1 : 1));
  if (!write)
    for (const [path, text] of files)
      terminal.print(patchOf(snapshot.readFile(path), text, relativePath(path, root)));
  else {
    for (const [path, text] of files) {
      terminal.writeFile(path, text);
      terminal.print(`wrote ${relativePath(path, root)}\n`);
    }
    const added = files.filter(([path]) => snapshot.fileType(path) === undefined);
    const names = added.map(([path]) => relativePath(path, root)).join(" ");
    if (added.length > 0) terminal.print(`Nix sees new files when git knows them: git add ${names}\n`);
  }
  for (const note of plan.notes) terminal.printError(`clan-ls: ${note}\n`);
  return 0;
}

/** As `git apply` takes it, from the flake's folder. */
function patchOf(before: string | undefined, after: string, path: string): string {
  const [from, to] = [before === undefined ? "/dev/null" : `a/${path}`, `b/${path}`];
  const body = createTwoFilesPatch(from, to, before ?? "", after, undefined, undefined, { context: 3 });
  const header = `diff --git a/${path} b/${path}\n${before === undefined ? "new file mode 100644\n" : ""}`;
  return header + body.replace(/^=+\n/, "");
}
