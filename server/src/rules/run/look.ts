/**
 * What rules have looked at and found nothing in. An option that is the same object as before says the same, and so do
 * all options below it; so does a thing of a clan if all that it is made of is the same. They are passed over: at each
 * key that is most of a clan.
 *
 *   look.inOptions("clan", clan.tree, checkOption)   ->   the first time all options; later those that are new
 *   look.inInstances(clan, checkInstance)            ->   likewise, by what is written, the service, and who is in the roles
 *
 * Nothing is kept of what has a finding: it is looked at again, so that no place or suggestion can be an old one.
 */
import type { Clan, Instance, RoleSettings } from "../../clan/model.ts";
import { isOfClanItself } from "../../clan/own-options.ts";
import type { OptionNode } from "../../modules/option-node.ts";
import { optionsBelow } from "../../modules/options-below.ts";
import type { Problem } from "../rule.ts";

/** The objects that all a thing says hangs on, one at least. */
type Made = readonly [object, ...object[]];

/** Kinds of trees: all rules that look at the trees of a kind look at each of them. */
export type TreeKind = "clan" | "core" | "exports" | "service" | "generators";

/** One walk through a tree, for all rules. */
interface Walk {
  readonly kind: TreeKind;
  /** Each before those below it; without the parts that are passed over. */
  readonly options: readonly OptionNode[];
  /** Those of which a rule had something to say. */
  readonly spoken: Set<OptionNode>;
}

/** Things that are not passed over, with what each is made of, and those of which a rule had something to say. */
interface Things<T> {
  readonly made: ReadonlyMap<T, Made>;
  readonly spoken: Set<T>;
}

/** Things in which nothing was found. */
class Quiet {
  private readonly things = new WeakSet<object>();
  private readonly further = new WeakMap<object, Quiet>();

  has(made: Made): boolean {
    const last = made.length - 1;
    let around: Quiet | undefined = this;
    for (let at = 0; at < last && around !== undefined; at++) around = around.further.get(made[at] as object);
    return around?.things.has(made[last] as object) === true;
  }

  add([first, second, ...rest]: Made): void {
    if (second === undefined) {
      this.things.add(first);
      return;
    }
    const further = this.further.get(first) ?? new Quiet();
    this.further.set(first, further);
    further.add([second, ...rest]);
  }
}

/**
 * By what is looked for. It outlives each state on purpose: it holds nothing alive, and what it says of an object is true
 * as long as there is that object.
 */
const quiet = new Map<string, Quiet>();

/** Who is in an instance's roles, by the option of the instance; the same object as long as that is the same. */
const memberships = new WeakMap<OptionNode, { readonly text: string }>();

/** One check of a clan. */
export class Look {
  private readonly walks = new Map<OptionNode, Walk[]>();
  private instances: Things<Instance> | undefined;
  private settings: Things<RoleSettings> | undefined;

  /** `facts`: all that rules know besides what they look at, such as which clan-core it is. */
  constructor(private readonly facts: string) {}

  /** What is found in the declared options of a tree: `check` looks at one, and not at those below it. */
  *inOptions(
    kind: TreeKind,
    root: OptionNode,
    check: (option: OptionNode) => Iterable<Problem>,
  ): Iterable<Problem> {
    const { options, spoken } = this.walk(kind, root);
    yield* inEach(options, spoken, check);
  }

  /** What is found in each instance by what is written for it, its service, and who is in its roles. */
  *inInstances(clan: Clan, check: (instance: Instance) => Iterable<Problem>): Iterable<Problem> {
    this.instances ??= this.things("instances", clan.instances.known.values(), (instance) => [
      instance.option,
      serviceOf(instance),
      membershipOf(clan, instance),
    ]);
    yield* inEach(this.instances.made.keys(), this.instances.spoken, check);
  }

  /** What is found in each settings of roles, by what is written and what is declared. */
  *inSettings(clan: Clan, check: (settings: RoleSettings) => Iterable<Problem>): Iterable<Problem> {
    this.settings ??= this.things("settings", clan.settings, ({ option, declared }) => [option, declared]);
    yield* inEach(this.settings.made.keys(), this.settings.spoken, check);
  }

  /** To be called when all rules have looked at all, and none has ended before its time. */
  close(): void {
    for (const walks of this.walks.values()) for (const walk of walks) this.closeWalk(walk);
    if (this.instances !== undefined) this.closeThings("instances", this.instances);
    if (this.settings !== undefined) this.closeThings("settings", this.settings);
  }

  private closeWalk({ kind, options, spoken }: Walk): void {
    const known = this.quietIn(kind);
    for (const option of options.toReversed())
      if (!spoken.has(option) && !mayFail(option) && below(option).every((one) => known.has([one])))
        known.add([option]);
  }

  private closeThings<T>(what: string, { made, spoken }: Things<T>): void {
    const known = this.quietIn(what);
    for (const [thing, of] of made) if (!spoken.has(thing)) known.add(of);
  }

  private walk(kind: TreeKind, root: OptionNode): Walk {
    const walks = this.walks.get(root) ?? [];
    const before = walks.find((one) => one.kind === kind);
    if (before !== undefined) return before;
    const known = this.quietIn(kind);
    const isNew = (option: OptionNode): boolean => isLookedAt(option) && !known.has([option]);
    const options = [...optionsBelow(root, isNew)].filter(isNew);
    const walk = { kind, options, spoken: new Set<OptionNode>() };
    this.walks.set(root, [...walks, walk]);
    return walk;
  }

  private things<T>(what: string, all: Iterable<T>, madeOf: (thing: T) => Made): Things<T> {
    const known = this.quietIn(what);
    const made = new Map<T, Made>();
    for (const thing of all) {
      const of = madeOf(thing);
      if (!known.has(of)) made.set(thing, of);
    }
    return { made, spoken: new Set() };
  }

  private quietIn(what: string): Quiet {
    const key = `${what}\n${this.facts}`;
    const known = quiet.get(key) ?? new Quiet();
    quiet.set(key, known);
    return known;
  }
}

function* inEach<T>(
  things: Iterable<T>,
  spoken: Set<T>,
  check: (thing: T) => Iterable<Problem>,
): Iterable<Problem> {
  for (const thing of things)
    for (const problem of check(thing)) {
      spoken.add(thing);
      yield problem;
    }
}

function isLookedAt(option: OptionNode): boolean {
  return option.type !== undefined && !isOfClanItself(option);
}

function below(option: OptionNode): OptionNode[] {
  return [...option.children().values()].filter(isLookedAt);
}

/** Whether a failure is reported hangs on more than the option: on the file, for one, and whether that can be parsed. */
function mayFail({ definitions, problems }: OptionNode): boolean {
  return problems.length > 0 || definitions.some(({ value }) => value.type === "failure");
}

/** What is no known service has its own rules; nothing else is known of it. */
const NO_SERVICE = {};

function serviceOf({ service }: Instance): object {
  return service.kind === "known" ? service.service : NO_SERVICE;
}

function membershipOf(clan: Clan, instance: Instance): object {
  const text = describeMembers(clan, instance);
  const before = memberships.get(instance.option);
  if (before?.text === text) return before;
  const membership = { text };
  memberships.set(instance.option, membership);
  return membership;
}

/** The members of each role, with those of their tags for which something may be written there. */
function describeMembers({ machines, tags }: Clan, { roles }: Instance): string {
  let text = `${machines.open === undefined} ${tags.open === undefined}`;
  for (const { open, members, tagNames } of roles.values()) {
    text += `\n${open === undefined} `;
    for (const tag of tagNames) text += `${tags.known.get(tag)?.machines.length} `;
    for (const { machine } of members) {
      const has = machines.known.get(machine)?.tags;
      text += has === undefined ? "-" : "+";
      if (tagNames.length > 0)
        text += JSON.stringify([machine, has?.filter((tag) => tagNames.includes(tag))]);
    }
  }
  return text;
}
