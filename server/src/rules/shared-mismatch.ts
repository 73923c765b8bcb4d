/**
 * Machines that share a generator define it in different ways, which clan refuses.
 *
 *   machines.a: db = { share = true; files.key = { }; };
 *   machines.b: db = { share = true; files.key = { }; files.pub = { }; };   ->   error at `db` of a and at `pub`
 */
import type { Clan } from "../clan/model.ts";
import type { Generator } from "../clan/vars/model.ts";
import type { OptionNode } from "../modules/option-node.ts";
import type { Node } from "../syntax/ast.ts";
import { varsOfMachines } from "./fix/vars-fix.ts";
import { at, place } from "./parts/place.ts";
import { namePlaces, sureDefinitions } from "./parts/written.ts";
import type { Problem, Rule } from "./rule.ts";

export const sharedMismatch: Rule = {
  code: "shared-mismatch",
  severity: "error",
  summary: "Machines define a generator that they share in different ways.",
  *checkClan(clan: Clan): Iterable<Problem> {
    const first = new Map<string, Generator>();
    for (const vars of varsOfMachines(clan))
      for (const generator of vars.generators.known.values()) {
        if (!isComparable(generator)) continue;
        const other = first.get(generator.name);
        if (other === undefined) first.set(generator.name, generator);
        else yield* compare(other, generator);
      }
  },
};

/** Facts about a service do not say all of a generator. */
function isComparable({ share, conditional, origin, option }: Generator): boolean {
  return (
    share === true &&
    !conditional &&
    origin.kind !== "catalogue" &&
    option !== undefined &&
    option.open === undefined
  );
}

/** What clan compares: files without owner, group and mode, prompts, dependencies and the hash of `validation`. */
function* compare(a: Generator, b: Generator): Iterable<Problem> {
  const difference =
    differentFile(a, b) ?? differentPrompt(a, b) ?? differentDependency(a, b) ?? differentValidation(a, b);
  if (difference === undefined) return;
  const message = `The machines \`${a.machine}\` and \`${b.machine}\` share the generator \`${a.name}\`, but ${difference.what}. clan wants the same files, prompts, dependencies and \`validation\` on all machines that share it.`;
  const placesOf = (generator: Generator, part: OptionNode | undefined): Node[] =>
    namePlaces(part ?? (generator.option as OptionNode)).slice(0, 1);
  const places = [...new Set([...placesOf(a, difference.a), ...placesOf(b, difference.b)])];
  for (const node of places) {
    const others = places.filter((other) => other !== node);
    yield at(node, message, {
      related: others.map((other) => ({ ...place(other), message: "The other definition." })),
    });
  }
}

interface Difference {
  readonly what: string;
  /** The part of each that is different; undefined where one lacks it. */
  readonly a: OptionNode | undefined;
  readonly b: OptionNode | undefined;
}

function differentFile(a: Generator, b: Generator): Difference | undefined {
  if (a.files.open !== undefined || b.files.open !== undefined) return undefined;
  for (const name of namesOf(a.files.known, b.files.known)) {
    const [one, other] = [a.files.known.get(name), b.files.known.get(name)];
    if (isUnsure(one?.option) || isUnsure(other?.option)) continue;
    const parts = { a: one?.option, b: other?.option };
    if (one === undefined || other === undefined)
      return { what: `the file \`${name}\` is only on \`${(one === undefined ? b : a).machine}\``, ...parts };
    for (const key of ["secret", "deploy"] as const)
      if (one[key] !== undefined && other[key] !== undefined && one[key] !== other[key])
        return { what: `\`${key}\` of the file \`${name}\` is not the same`, ...partsAt(parts, key) };
    if (differs(one.option, other.option, "neededFor", "services"))
      return {
        what: `\`neededFor\` of the file \`${name}\` is not the same`,
        ...partsAt(parts, "neededFor"),
      };
  }
  return undefined;
}

type Parts = Pick<Difference, "a" | "b">;

/** An attribute of both, or what it is missing in. */
function partsAt({ a, b }: Parts, name: string): Parts {
  return { a: a?.child(name) ?? a, b: b?.child(name) ?? b };
}

function differentPrompt(a: Generator, b: Generator): Difference | undefined {
  if (a.prompts.open !== undefined || b.prompts.open !== undefined) return undefined;
  for (const name of namesOf(a.prompts.known, b.prompts.known)) {
    const [one, other] = [a.prompts.known.get(name), b.prompts.known.get(name)];
    if (isUnsure(one?.option) || isUnsure(other?.option)) continue;
    const parts = { a: one?.option, b: other?.option };
    if (one === undefined || other === undefined)
      return {
        what: `the prompt \`${name}\` is only on \`${(one === undefined ? b : a).machine}\``,
        ...parts,
      };
    const fallbacks = { type: "line", description: name, persist: false };
    for (const [key, fallback] of Object.entries(fallbacks))
      if (differs(one.option, other.option, key, fallback))
        return { what: `\`${key}\` of the prompt \`${name}\` is not the same`, ...partsAt(parts, key) };
  }
  return undefined;
}

function differentDependency(a: Generator, b: Generator): Difference | undefined {
  const [one, other] = [a.option?.child("dependencies"), b.option?.child("dependencies")];
  if (a.dependencies.open !== undefined || b.dependencies.open !== undefined) return undefined;
  if (hasUnsure(one) || hasUnsure(other)) return undefined;
  for (const name of namesOf(a.dependencies.known, b.dependencies.known))
    if (!a.dependencies.known.has(name) || !b.dependencies.known.has(name)) {
      const machine = (a.dependencies.known.has(name) ? a : b).machine;
      return { what: `it depends on \`${name}\` only on \`${machine}\``, a: one, b: other };
    }
  return undefined;
}

function differentValidation(a: Generator, b: Generator): Difference | undefined {
  const [one, other] = [a.option?.child("validation"), b.option?.child("validation")];
  const isDifferent = differs(a.option, b.option, "validation", null);
  return isDifferent ? { what: "`validation` is not the same", a: one, b: other } : undefined;
}

/** Whether both values are known, and not the same. */
function differs(
  a: OptionNode | undefined,
  b: OptionNode | undefined,
  name: string,
  fallback: string | boolean | null,
): boolean {
  const dataOf = (parent: OptionNode | undefined): unknown => {
    const option = parent?.child(name);
    if (option === undefined) return parent?.open === undefined ? fallback : undefined;
    return hasUnsure(option) ? undefined : option.data();
  };
  const [one, other] = [dataOf(a), dataOf(b)];
  return one !== undefined && other !== undefined && inOrder(one) !== inOrder(other);
}

function inOrder(data: unknown): string {
  return JSON.stringify(data, (_, value: unknown) =>
    typeof value === "object" && value !== null && !Array.isArray(value)
      ? Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)))
      : value,
  );
}

/** It is there, but perhaps not always. */
function isUnsure(option: OptionNode | undefined): boolean {
  return option !== undefined && sureDefinitions(option).length === 0;
}

/** Some of what defines it may not apply. */
function hasUnsure(option: OptionNode | undefined): boolean {
  return (
    option !== undefined &&
    (option.open !== undefined || option.definitions.some(({ conditional }) => conditional))
  );
}

function namesOf(a: ReadonlyMap<string, unknown>, b: ReadonlyMap<string, unknown>): string[] {
  return [...new Set([...a.keys(), ...b.keys()])].sort();
}
