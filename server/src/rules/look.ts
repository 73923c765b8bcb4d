/**
 * What rules have looked at and found nothing in. An option that is the same object as before says the same, and so do
 * all options below it; so does a thing of a clan if all that it is made of is the same. They are passed over: at each
 * key that is most of a clan.
 *
 *   look.inOptions("clan", clan.tree, checkOption)   ->   the first time all options; later those that are new
 *
 * Nothing is kept of what has a finding: it is looked at again, so that no place or suggestion can be an old one.
 */
import type { Clan, Instance } from "../clan/model.ts";
import type { OptionNode } from "../modules/option-node.ts";
import { optionsBelow } from "../modules/options-below.ts";
import type { Problem } from "./rule.ts";

/** The objects that all a thing says hangs on, one at least. */
export type Made = readonly [object, ...object[]];

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

/** Things in which nothing was found. */
class Quiet {
  private readonly things = new WeakSet<object>();
  private readonly further = new WeakMap<object, Quiet>();

  has([first, second, ...rest]: Made): boolean {
    if (second === undefined) return this.things.has(first);
    return this.further.get(first)?.has([second, ...rest]) === true;
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

  /** `facts`: all that rules know besides what they look at, such as which clan-core it is. */
  constructor(private readonly facts: string) {}

  /** What is found in the declared options of a tree: `check` looks at one, and not at those below it. */
  *inOptions(
    kind: TreeKind,
    root: OptionNode,
    check: (option: OptionNode) => Iterable<Problem>,
  ): Iterable<Problem> {
    const { options, spoken } = this.walk(kind, root);
    for (const option of options)
      for (const problem of check(option)) {
        spoken.add(option);
        yield problem;
      }
  }

  /** What is found in a thing; `what` names the rule, and the part of it if it looks for several. */
  *inThing(what: string, made: Made, check: () => Iterable<Problem>): Iterable<Problem> {
    const known = this.quietIn(what);
    if (known.has(made)) return;
    let isQuiet = true;
    for (const problem of check()) {
      isQuiet = false;
      yield problem;
    }
    if (isQuiet) known.add(made);
  }

  /** What is found in an instance by what is written for it, its service, and who is in its roles. */
  inInstance(
    what: string,
    clan: Clan,
    instance: Instance,
    check: () => Iterable<Problem>,
  ): Iterable<Problem> {
    const { option, service } = instance;
    if (service.kind !== "known") return check();
    return this.inThing(what, [option, service.service, membershipOf(clan, instance)], check);
  }

  /** To be called when all rules have looked at all, and none has ended before its time. */
  close(): void {
    for (const walks of this.walks.values()) for (const walk of walks) this.closeWalk(walk);
  }

  private closeWalk({ kind, options, spoken }: Walk): void {
    const known = this.quietIn(kind);
    for (const option of options.toReversed())
      if (!spoken.has(option) && !mayFail(option) && below(option).every((one) => known.has([one])))
        known.add([option]);
  }

  private walk(kind: TreeKind, root: OptionNode): Walk {
    const walks = this.walks.get(root) ?? [];
    const before = walks.find((one) => one.kind === kind);
    if (before !== undefined) return before;
    const known = this.quietIn(kind);
    const isNew = (option: OptionNode): boolean => isDeclared(option) && !known.has([option]);
    const options = [...optionsBelow(root, isNew)].filter(isNew);
    const walk = { kind, options, spoken: new Set<OptionNode>() };
    this.walks.set(root, [...walks, walk]);
    return walk;
  }

  private quietIn(what: string): Quiet {
    const key = `${what}\n${this.facts}`;
    const known = quiet.get(key) ?? new Quiet();
    quiet.set(key, known);
    return known;
  }
}

function isDeclared({ type }: OptionNode): boolean {
  return type !== undefined;
}

function below(option: OptionNode): OptionNode[] {
  return [...option.children().values()].filter(isDeclared);
}

/** Whether a failure is reported hangs on more than the option: on the file, for one, and whether that can be parsed. */
function mayFail({ definitions, problems }: OptionNode): boolean {
  return problems.length > 0 || definitions.some(({ value }) => value.type === "failure");
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
  const parts = [machines.open === undefined, tags.open === undefined];
  const described = [...roles.values()].map(({ open, members, tagNames }) => [
    open === undefined,
    tagNames.map((tag) => tags.known.get(tag)?.machines.length),
    members.map(({ machine }) => {
      const has = machines.known.get(machine)?.tags;
      return tagNames.length === 0
        ? has !== undefined
        : [machine, has?.filter((tag) => tagNames.includes(tag))];
    }),
  ]);
  return JSON.stringify([parts, described]);
}
