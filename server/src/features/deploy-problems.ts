/**
 * What speaks against deploying machines now, as far as it is known: mistakes in what they read, files that git does not
 * know, vars that are missing, and machines of which nobody says where they are.
 *
 *   collectDeployProblems(clan, [ "web" ], findings)
 *   ->  { mistakes: [ unknown-role … ], untracked: [ "/clan/machines/web/disk.nix" ], missingVars: [ web: ca ], withoutHost: [ "web" ] }
 */
import type { Clan, Service } from "../clan/model.ts";
import type { OptionNode } from "../modules/option-node.ts";
import type { Finding } from "../rules/finding.ts";

export interface DeployProblems {
  /** Findings that are errors. */
  readonly mistakes: readonly Finding[];
  /** Absolute paths, sorted: a flake does not have them. */
  readonly untracked: readonly string[];
  readonly missingVars: readonly { readonly machine: string; readonly generators: readonly string[] }[];
  /** Machines that clan cannot reach. */
  readonly withoutHost: readonly string[];
}

/** `machines` are those of the clan that are meant; `findings` are those of its workspace. */
export function collectDeployProblems(
  clan: Clan,
  machines: readonly string[],
  findings: readonly Finding[],
): DeployProblems {
  const known = machines.filter((machine) => clan.machines.known.has(machine));
  const ofAll = filesOfAll(clan);
  const judged = new Map<string, boolean>();
  const concerns = ({ path }: Finding): boolean => {
    const found = judged.get(path) ?? (known.length > 0 && (ofAll.has(path) || mayRead(clan, path, known)));
    judged.set(path, found);
    return found;
  };
  const concerned = findings.filter(
    (finding) => (finding.severity === "error" || finding.code === "untracked-file") && concerns(finding),
  );
  const untracked = concerned.flatMap(({ fixes = [] }) => fixes.flatMap(({ track = [] }) => track));
  return {
    mistakes: concerned.filter(({ severity }) => severity === "error"),
    untracked: [...new Set(untracked)].sort(),
    missingVars: known.flatMap((machine) => {
      const generators = missingGenerators(clan, machine);
      return generators.length > 0 ? [{ machine, generators }] : [];
    }),
    withoutHost: known.filter((machine) => hasNoHost(clan, machine)),
  };
}

/** Files in which something is written that is no machine's own: what is broken there is broken for all. */
function filesOfAll({ tree, entryPoints }: Clan): ReadonlySet<string> {
  const files = new Set(entryPoints.map(({ source }) => source.path));
  const collect = (option: OptionNode, levels: number): void => {
    for (const { keys } of option.definitions) for (const key of keys) files.add(key.source.path);
    if (levels > 0) for (const child of option.children().values()) collect(child, levels - 1);
  };
  // Instances and their roles, machines of the inventory and their tags.
  for (const [name, option] of tree.children()) if (name !== "machines") collect(option, 4);
  return files;
}

/** One that only other machines read is theirs. */
function mayRead(clan: Clan, path: string, machines: readonly string[]): boolean {
  const readers = [...clan.vars.machinesReading(path)].map(({ machine }) => machine);
  return readers.length === 0 || readers.some((machine) => machines.includes(machine));
}

/** Those that surely exist and of which a file surely is not there. */
export function missingGenerators(clan: Clan, machine: string): readonly string[] {
  return [...clan.vars.of(machine).generators.known.values()]
    .filter((generator) => !generator.conditional)
    .filter((generator) => ["missing", "partly"].includes(clan.vars.state(generator).status))
    .map(({ name }) => name)
    .sort();
}

/** Neither the inventory, nor the machine's configuration, nor a network that a service makes may say where it is. */
function hasNoHost(clan: Clan, name: string): boolean {
  const { root } = clan.vars.of(name);
  const written = [
    clan.tree.at("inventory", "machines", name, "deploy", "targetHost"),
    root?.at("clan", "core", "networking", "targetHost"),
    // What clan takes where neither says it, of a machine with a domain.
    root?.at("networking", "domain"),
    clan.tree.at("exports"),
  ];
  if (root === undefined || root.open !== undefined || clan.instances.open !== undefined) return false;
  if (written.some((option) => option !== undefined && mayBeSet(option))) return false;
  return [...clan.instances.known.values()].every(
    ({ service }) => service.kind === "known" && !makesNetwork(service.service),
  );
}

function mayBeSet({ definitions, open }: OptionNode): boolean {
  return open !== undefined || definitions.length > 0;
}

function makesNetwork({ exports, origin }: Service): boolean {
  return origin !== "catalogue" || exports.out.some((one) => one === "networking" || one === "peer");
}
