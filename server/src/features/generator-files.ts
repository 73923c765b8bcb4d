/**
 * The files of generators on disk: which there are, and which are made anew when a generator is named to clan.
 *
 *   leaf depends on ca, and both have a key   ->   filesReplaced(clan, [ca]): ["ca/key (web)", "leaf/key (web)"]
 */
import type { Clan } from "../clan/model.ts";
import type { Generator } from "../clan/vars/model.ts";

/** Whether each file is there, where that is known, by its name in words; those of a shared generator once. */
export function filesOf(clan: Clan, generators: readonly Generator[]): ReadonlyMap<string, boolean> {
  const found = new Map<string, boolean>();
  for (const generator of generators)
    for (const [file, { exists }] of clan.vars.state(generator).files) {
      const owner = generator.share === true ? "" : ` (${generator.machine})`;
      if (exists !== undefined) found.set(`${generator.name}/${file}${owner}`, exists);
    }
  return found;
}

/**
 * The files that are there and that `clan vars generate --generator` replaces, in words. It runs the generators it
 * is named, with or without `--regenerate`, those of their dependencies that lack a file, and everything that depends
 * on one of these, on all machines (clan-core, `vars/generate.py` and `vars/graph.py`).
 */
export function filesReplaced(clan: Clan, generators: readonly Generator[]): string[] {
  const all = [...clan.machines.known.keys()].flatMap((machine) => [
    ...clan.vars.of(machine).generators.known.values(),
  ]);
  const run = new Set(generators.map(keyOf));
  const grow = (joins: (generator: Generator) => readonly Generator[]) => {
    for (let before = -1; before !== run.size; ) {
      before = run.size;
      for (const generator of all) for (const joined of joins(generator)) run.add(keyOf(joined));
    }
  };
  grow((generator) =>
    run.has(keyOf(generator)) ? dependenciesOf(clan, generator).filter((one) => lacksFile(clan, one)) : [],
  );
  grow((generator) =>
    dependenciesOf(clan, generator).some((one) => run.has(keyOf(one))) ? [generator] : [],
  );
  const replaced = filesOf(
    clan,
    all.filter((generator) => run.has(keyOf(generator))),
  );
  return [...replaced].flatMap(([file, exists]) => (exists ? [file] : []));
}

/** A shared generator is one, whichever machine has it. */
function keyOf({ name, share, machine }: Generator): string {
  return share === true ? name : `${name}\0${machine}`;
}

function dependenciesOf(clan: Clan, { machine, dependencies }: Generator): Generator[] {
  const { known } = clan.vars.of(machine).generators;
  return [...dependencies.known.keys()].flatMap((name) => known.get(name) ?? []);
}

function lacksFile(clan: Clan, generator: Generator): boolean {
  return [...clan.vars.state(generator).files.values()].some(({ exists }) => exists === false);
}
