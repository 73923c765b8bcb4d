/**
 * The files of generators on disk: which there are, and which are made anew when a generator is named to clan.
 *
 *   leaf depends on ca, and both have a key   ->   new GeneratorFiles(clan).replaced([ca]): ["ca/key (web)", "leaf/key (web)"]
 */
import type { Clan } from "../clan/model.ts";
import type { FileState, Generator } from "../clan/vars/model.ts";

/** Reads each generator's files once, so it is to live no longer than one answer. Evaluates all machines for `replaced`. */
export class GeneratorFiles {
  private readonly states = new Map<Generator, ReadonlyMap<string, FileState>>();
  private graph: GeneratorGraph | undefined;

  constructor(private readonly clan: Clan) {}

  /** By its name in words, whether each file is there; undefined where that cannot be known. Those of a shared generator once. */
  of(generators: readonly Generator[]): ReadonlyMap<string, boolean | undefined> {
    const found = new Map<string, boolean | undefined>();
    for (const generator of generators) {
      const state = this.state(generator);
      const owner = generator.share === true ? "" : ` (${generator.machine})`;
      for (const file of generator.files.known.keys())
        found.set(`${generator.name}/${file}${owner}`, state.get(file)?.exists);
    }
    return found;
  }

  /**
   * The files that are there and that `clan vars generate --generator` replaces, in words. It runs the generators it
   * is named, with or without `--regenerate`, those of their dependencies that lack a file, and everything that
   * depends on one of these, on all machines (clan-core, `vars/generate.py` and `vars/graph.py`). Files that may be
   * there are named too: secrets can be kept where they are not seen.
   */
  replaced(generators: readonly Generator[]): string[] {
    this.graph ??= graphOf(this.clan);
    const { members, dependencies, dependents } = this.graph;
    const lacksFile = (key: string) =>
      members
        .get(key)
        ?.some((generator) => [...this.state(generator).values()].some(({ exists }) => exists === false)) ===
      true;
    const named = new Set(generators.map(keyOf));
    const needed = reach(named, (key) => [...(dependencies.get(key) ?? [])].filter(lacksFile));
    const run = reach(needed, (key) => dependents.get(key) ?? []);
    const files = this.of([...run].flatMap((key) => members.get(key) ?? []));
    return [...files].flatMap(([file, exists]) =>
      exists === false ? [] : [exists ? file : `${file}, if it is there`],
    );
  }

  private state(generator: Generator): ReadonlyMap<string, FileState> {
    const known = this.states.get(generator) ?? this.clan.vars.state(generator).files;
    this.states.set(generator, known);
    return known;
  }
}

/** By `keyOf`: a shared generator is one, with a member on each of its machines. */
interface GeneratorGraph {
  readonly members: ReadonlyMap<string, readonly Generator[]>;
  readonly dependencies: ReadonlyMap<string, ReadonlySet<string>>;
  readonly dependents: ReadonlyMap<string, ReadonlySet<string>>;
}

function graphOf(clan: Clan): GeneratorGraph {
  const members = new Map<string, Generator[]>();
  const dependencies = new Map<string, Set<string>>();
  const dependents = new Map<string, Set<string>>();
  for (const machine of clan.machines.known.keys()) {
    const { known } = clan.vars.of(machine).generators;
    for (const generator of known.values()) {
      const key = keyOf(generator);
      const ofKey = members.get(key) ?? [];
      ofKey.push(generator);
      members.set(key, ofKey);
      for (const name of generator.dependencies.known.keys()) {
        const dependency = known.get(name);
        if (dependency === undefined) continue;
        addTo(dependencies, key, keyOf(dependency));
        addTo(dependents, keyOf(dependency), key);
      }
    }
  }
  return { members, dependencies, dependents };
}

function keyOf({ name, share, machine }: Generator): string {
  return share === true ? name : `${name}\0${machine}`;
}

function addTo(map: Map<string, Set<string>>, key: string, value: string): void {
  map.set(key, (map.get(key) ?? new Set()).add(value));
}

/** These and all that can be reached from them. */
function reach(from: ReadonlySet<string>, next: (key: string) => Iterable<string>): ReadonlySet<string> {
  const found = new Set(from);
  // A set that grows while it is walked is walked to its end.
  for (const key of found) for (const one of next(key)) found.add(one);
  return found;
}
