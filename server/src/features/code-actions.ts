/**
 * Code actions: the fixes of the findings in a range, and what can be done with a machine that stands there.
 *
 *   roles.pe▮r   ->   Change to `peer`
 *   machines.we▮b = { }   ->   Update `web`, Generate vars for `web`, Run a command of clan for `web`…
 */
import type { Clan } from "../clan/model.ts";
import type { Snapshot } from "../project/snapshot.ts";
import type { Finding, Fix } from "../rules/finding.ts";
import { readsWell } from "./checked-edits.ts";
import { GeneratorFiles } from "./generator-files.ts";
import type { Query, Range } from "./query.ts";
import { findSubjects } from "./subject.ts";
import { findVarsWord } from "./vars-words.ts";

/** What runs for machines as they are chosen; `run` asks what. */
export type MachineCommandName = "update" | "generateVars" | "run";

/** Running one generator, and with it all that depends on it. */
export interface GeneratorRun {
  readonly kind: "generator";
  readonly command: "generateVars" | "regenerateVars";
  readonly clan: Clan;
  readonly machines: readonly string[];
  readonly generator: string;
  /** The files that are there and are made anew, in words. */
  readonly replaces: readonly string[];
}

export type CodeAction =
  | { readonly kind: "fix"; readonly fix: Fix; readonly finding: Finding }
  | {
      readonly kind: "machine";
      readonly title: string;
      readonly command: MachineCommandName;
      readonly clan: Clan;
      readonly machine: string;
    }
  | ({ readonly title: string } & GeneratorRun);

/** Those of the file that touch the range, in their order. */
export function findingsIn(findings: readonly Finding[], path: string, range: Range): Finding[] {
  return findings.filter(
    (finding) => finding.path === path && finding.start <= range.end && range.start <= finding.end,
  );
}

/** Characters: for each finding the file is read some times, to see what a fix would leave. */
const MAX_READ = 400_000;
/** Nothing makes a file with more syntax errors whole. */
const MAX_PROBLEMS = 200;

/** Those that fixes are looked for: the first, of so many as fit into an answer. */
export function mendable(snapshot: Snapshot, findings: readonly Finding[]): readonly Finding[] {
  const source = findings[0] && snapshot.source(findings[0].path);
  if (source === undefined || source.problems.length > MAX_PROBLEMS) return [];
  return findings.slice(0, Math.max(1, Math.floor(MAX_READ / source.text.length)));
}

/** None that would leave what cannot be read. */
export function collectFixes(snapshot: Snapshot, findings: readonly Finding[]): CodeAction[] {
  return findings
    .flatMap((finding) => (finding.fixes ?? []).map((fix) => ({ kind: "fix" as const, fix, finding })))
    .filter(({ fix }) => readsWell(snapshot, fix.edits));
}

/** Commands for the machine the word at the cursor names; empty unless it is a machine of the clan. */
export function collectMachineActions(query: Query): CodeAction[] {
  const machines = (findSubjects(query)?.subjects ?? []).flatMap(({ entity }) =>
    entity?.kind === "machine" && entity.clan.machines.known.has(entity.name)
      ? [{ clan: entity.clan, machine: entity.name }]
      : [],
  );
  const unique = new Map(machines.map((each) => [`${each.clan.root}\0${each.machine}`, each]));
  return [...unique.values()].flatMap(({ clan, machine }) =>
    machineActions.map(({ command, title }) => ({
      kind: "machine" as const,
      title: title(`\`${machine}\``),
      command,
      clan,
      machine,
    })),
  );
}

const machineActions: readonly { command: MachineCommandName; title: (machine: string) => string }[] = [
  { command: "update", title: (machine) => `Update ${machine}` },
  { command: "generateVars", title: (machine) => `Generate vars for ${machine}` },
  { command: "run", title: (machine) => `Run a command of clan for ${machine}…` },
];

/** To generate what the word at the cursor reads, where some of it is not there; empty for all others. */
export function collectVarsActions(query: Query): CodeAction[] {
  const word = findVarsWord(query);
  if (word === undefined) return [];
  const { clan, generator } = word;
  const { status } = clan.vars.state(generator);
  if (status === "generated" || status === "unknown") return [];
  const { machine, name } = generator;
  const title = `Generate vars for \`${machine}\``;
  const replaces = new GeneratorFiles(clan).replaced([generator]);
  return [
    {
      kind: "generator",
      title,
      command: "generateVars",
      clan,
      machines: [machine],
      generator: name,
      replaces,
    },
  ];
}
