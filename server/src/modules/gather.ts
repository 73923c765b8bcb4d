/**
 * Definitions of a set, regrouped by attribute: what every module says about each name.
 *
 *   [ { a = 1; b = 2; } { a = 3; } ]   ->   a: [1, 3], b: [2]
 */

import type { Eval } from "../nix/step.ts";
import type { Unknown } from "../nix/value.ts";
import type { EvaluatedDefinition, PushedDown, RawDefinition } from "./properties.ts";
import { pushDown, rawDefinition } from "./properties.ts";

export interface Gathered {
  /** In the order the names are first met. */
  readonly byName: ReadonlyMap<string, readonly RawDefinition[]>;
  /** Any name may have further definitions. */
  readonly open: Unknown | undefined;
  /** Definitions that are sets of which not all names are known. */
  readonly openSets: readonly { readonly names: ReadonlySet<string>; readonly reason: Unknown }[];
}

/** Why `name` may have definitions that are not seen. */
export function opennessOf(gathered: Gathered, name: string): Unknown | undefined {
  return gathered.open ?? gathered.openSets.find(({ names }) => !names.has(name))?.reason;
}

/** Why there may be more names. */
export function namesOpen(gathered: Gathered): Unknown | undefined {
  return gathered.open ?? gathered.openSets[0]?.reason;
}

/** Of sets that are the value of one option: each attribute starts afresh, with the default priority. */
export function gatherValues(
  definitions: readonly EvaluatedDefinition[],
  open: Unknown | undefined,
): Gathered {
  const gatherer = new Gatherer(open);
  for (const { outcome, file, conditional } of definitions) {
    if (outcome.type !== "attrs") continue;
    if (outcome.open) gatherer.openSets.push({ names: new Set(outcome.attrs.keys()), reason: outcome.open });
    for (const [name, { value, keys }] of outcome.attrs)
      gatherer.add(name, rawDefinition(value, { keys, file, conditional }));
  }
  return gatherer;
}

/** Of one level of the option tree: `mkIf` and `mkForce` around the sets count for each attribute. */
export function* gatherLevel(
  definitions: readonly RawDefinition[],
  open: Unknown | undefined,
): Eval<Gathered & { readonly rest: readonly EvaluatedDefinition[] }> {
  const gatherer = new Gatherer(open);
  const rest: EvaluatedDefinition[] = [];
  for (const definition of definitions) {
    const pushed: PushedDown = yield* pushDown(definition);
    gatherer.open ??= pushed.open;
    rest.push(...pushed.rest);
    for (const { set, from } of pushed.sets) {
      if (set.open) gatherer.openSets.push({ names: new Set(set.attrs.keys()), reason: set.open });
      for (const [name, { value, keys }] of set.attrs) gatherer.add(name, { ...from, value, keys });
    }
  }
  return Object.assign(gatherer, { rest });
}

class Gatherer implements Gathered {
  readonly byName = new Map<string, RawDefinition[]>();
  readonly openSets: { names: ReadonlySet<string>; reason: Unknown }[] = [];

  constructor(public open: Unknown | undefined) {}

  add(name: string, definition: RawDefinition): void {
    const found = this.byName.get(name);
    if (found === undefined) this.byName.set(name, [definition]);
    else found.push(definition);
  }
}
