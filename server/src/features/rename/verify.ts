/**
 * Whether a clan is the same after a rename, up to the names: it was evaluated as it would be, and everything the
 * names lead to is compared.
 *
 *   { web in the role server }, web -> db, { web in the role server }   ->   "Machine `web` would still be there."
 */
import type { Clan } from "../../clan/model.ts";
import { type Entity, entityKey, serviceNameOf } from "../entity.ts";

/** The things that get a new name, all the same one. */
export interface Renaming {
  readonly entities: readonly Entity[];
  readonly newName: string;
}

/** The first thing that would be different, as a sentence; undefined if nothing is. */
export function findDifference(
  before: Clan,
  after: Clan | undefined,
  renaming: Renaming,
): string | undefined {
  if (after === undefined) return "The clan could no longer be read.";
  const expected = describe(before, new Names(before, renaming));
  const found = describe(after, new Names(after, { entities: [], newName: "" }));
  for (const [what, value] of expected)
    if (!isExpected(found.get(what), value, renaming))
      return found.has(what)
        ? `${what} would be ${found.get(what)}, not ${value}.`
        : `${what} would be gone, or be called otherwise.`;
  for (const what of found.keys()) if (!expected.has(what)) return `${what} would be there, too.`;
  return undefined;
}

/** An address may hang on the machine's name. */
function isExpected(found: string | undefined, expected: string, { entities, newName }: Renaming): boolean {
  if (found === expected) return true;
  return entities.some(
    ({ kind, name }) => kind === "machine" && expected.replaceAll(name, newName) === found,
  );
}

/** What things of a clan are called after the rename. */
class Names {
  private readonly keys: ReadonlySet<string>;

  constructor(
    private readonly clan: Clan,
    private readonly renaming: Renaming,
  ) {
    this.keys = new Set(renaming.entities.map(entityKey));
  }

  of(kind: "machine" | "tag" | "instance", name: string): string {
    return this.renamed({ kind, clan: this.clan, name });
  }

  renamed(entity: Entity): string {
    return this.keys.has(entityKey(entity)) ? this.renaming.newName : entity.name;
  }
}

/** Sentences' beginnings and what they are about: "Role `server` of `sshd`" -> "db, web". */
function describe(clan: Clan, names: Names): Map<string, string> {
  const facts = new Map<string, string>();
  const listed = (all: Iterable<string>): string => [...all].sort().join(", ") || "empty";
  const machines = (all: readonly string[]): string => listed(all.map((name) => names.of("machine", name)));
  for (const [name, { class: machineClass, tags, targetHost }] of clan.machines.known) {
    const what = `Machine \`${names.of("machine", name)}\``;
    facts.set(what, machineClass);
    facts.set(`${what}, its tags,`, listed(tags.map((tag) => names.of("tag", tag))));
    facts.set(`${what}, its address,`, targetHost ?? "none");
  }
  for (const [name, tag] of clan.tags.known)
    facts.set(`Tag \`${names.of("tag", name)}\``, machines(tag.machines));
  for (const [name, instance] of clan.instances.known) {
    const what = `Instance \`${names.of("instance", name)}\``;
    const service = serviceNameOf(instance);
    const renamed = names.renamed({ kind: "service", clan, ...service });
    facts.set(
      what,
      instance.module.input === undefined ? "of any service" : `of ${service.source}/${renamed}`,
    );
    for (const role of instance.roles.values()) {
      const roleName = names.renamed({ kind: "role", clan, name: role.name, service });
      facts.set(
        `Role \`${roleName}\` of \`${names.of("instance", name)}\``,
        machines(role.members.map(({ machine }) => machine)),
      );
    }
  }
  return facts;
}

/** Generators by machine: of vars, only what a rename is about is compared, since names may hang on others. */
export function findVarsDifference(
  before: Clan,
  after: Clan,
  { entities, newName }: Renaming,
): string | undefined {
  const keys = new Set(entities.map(entityKey));
  const renamed = (entity: Entity): string => (keys.has(entityKey(entity)) ? newName : entity.name);
  for (const machine of before.machines.known.keys()) {
    const found = after.vars.of(machine).generators.known;
    for (const { name, files, prompts, dependencies } of before.vars.of(machine).generators.known.values()) {
      const now = renamed({ kind: "generator", clan: before, name });
      const generator = found.get(now);
      if (generator === undefined) return `The generator \`${now}\` of \`${machine}\` would be gone.`;
      for (const [kind, known, there] of [
        ["generator-file", files.known, generator.files.known],
        ["prompt", prompts.known, generator.prompts.known],
      ] as const)
        for (const part of known.keys()) {
          const partNow = renamed({ kind, clan: before, name: part, generator: name });
          if (!there.has(partNow)) return `\`${now}/${partNow}\` of \`${machine}\` would be gone.`;
        }
      for (const dependency of dependencies.known.keys()) {
        const needed = renamed({ kind: "generator", clan: before, name: dependency });
        if (!generator.dependencies.known.has(needed))
          return `\`${now}\` would no longer depend on \`${needed}\`.`;
      }
    }
  }
  return undefined;
}
