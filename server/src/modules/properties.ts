/**
 * Takes `mkIf`, `mkMerge`, `mkOverride` (`mkForce`, `mkDefault`) and `mkOrder` off definitions, as nixpkgs'
 * lib/modules.nix does, but keeps going where something is unknown.
 *
 *   x = mkMerge [ 1 (mkIf false 2) (mkIf unknown (mkForce 3)) ]
 *   ->  1 (priority 100), 3 (priority 50, conditional)
 */

import { fail, NixError } from "../nix/errors.ts";
import { showType } from "../nix/expect.ts";
import { unknown } from "../nix/make.ts";
import type { Eval } from "../nix/step.ts";
import type { Thunk } from "../nix/thunk.ts";
import type { AttrsValue, Failure, Outcome, Unknown, Value } from "../nix/value.ts";
import type { Node } from "../syntax/ast.ts";

const DEFAULT_PRIORITY = 100;
const DEFAULT_ORDER = 1000;

/** A definition of which nothing was evaluated yet. */
export interface RawDefinition {
  readonly value: Thunk;
  readonly keys: readonly Node[];
  readonly file: string | undefined;
  /** Conditions of enclosing `mkIf`s, to be evaluated when the definition is. */
  readonly conditions: readonly Thunk[];
  /** Lies below something undecidable already. */
  readonly conditional: boolean;
  /** As `Definition.isLookedAt`, where that is not what `conditional` says. */
  readonly isLookedAt?: boolean;
  readonly priority: number;
  readonly order: number;
  /** Where the list of `imports` is written that a module is an element of. */
  readonly importedAt?: Node | undefined;
}

/** A definition evaluated to its outermost constructor, its properties taken off. */
export interface EvaluatedDefinition extends RawDefinition {
  readonly outcome: Outcome;
}

/** `open`: further definitions may exist that cannot be seen. */
export interface Discharged {
  readonly definitions: readonly EvaluatedDefinition[];
  readonly open: Unknown | undefined;
}

/** A set of definitions by name, one level down; `rest` are those that are no sets. */
export interface PushedDown {
  readonly sets: readonly { readonly set: AttrsValue; readonly from: RawDefinition }[];
  readonly rest: readonly EvaluatedDefinition[];
  readonly open: Unknown | undefined;
}

/** `rawDefinition(thunk, { file: "/clan.nix" })`: a plain definition of `value`. */
export function rawDefinition(
  value: Thunk,
  parts: Partial<Omit<RawDefinition, "isLookedAt">> = {},
): RawDefinition {
  return {
    value,
    keys: parts.keys ?? [],
    file: parts.file,
    conditions: parts.conditions ?? [],
    conditional: parts.conditional ?? false,
    priority: parts.priority ?? DEFAULT_PRIORITY,
    order: parts.order ?? DEFAULT_ORDER,
  };
}

/** The value, or its failure as data. An exhausted budget is still thrown: it says nothing about the value. */
export function* attempt(thunk: Thunk): Eval<Outcome> {
  try {
    return yield thunk;
  } catch (error) {
    if (error instanceof NixError && error.failure.kind !== "budget") return error.failure;
    throw error;
  }
}

/** `discharge` where nothing is left to evaluate: the value is there, and has no properties around it. */
export function dischargeAtOnce(definition: RawDefinition): EvaluatedDefinition | undefined {
  const outcome = definition.value.value;
  if (outcome === undefined || outcome.type === "unknown" || definition.conditions.length > 0)
    return undefined;
  if (outcome.type === "attrs" && outcome.attrs.has("_type")) return undefined;
  return { ...definition, outcome };
}

/** `mkMerge` of `mkMerge`: more parts are no definition that anybody wrote. */
const MAX_PARTS = 50_000;

/** What is left of a definition to look at, the next one last. */
class Parts {
  private readonly todo: RawDefinition[];
  private taken = 0;

  constructor(definition: RawDefinition) {
    this.todo = [definition];
  }

  next(): RawDefinition | undefined {
    const next = this.todo.pop();
    if (next !== undefined && ++this.taken > MAX_PARTS)
      fail("budget", `a definition has more than the ${MAX_PARTS} parts that are evaluated`);
    return next;
  }

  add(inner: readonly RawDefinition[]): void {
    for (const part of inner.toReversed()) this.todo.push(part);
  }
}

/** The definitions one definition stands for. A condition that is false leaves none. */
export function* discharge(definition: RawDefinition): Eval<Discharged> {
  const definitions: EvaluatedDefinition[] = [];
  let open: Unknown | undefined;
  const parts = new Parts(definition);
  for (let next = parts.next(); next !== undefined; next = parts.next()) {
    const holds = yield* checkConditions(next);
    if (holds === false) continue;
    const current: RawDefinition = {
      ...next,
      conditions: [],
      conditional: next.conditional || holds !== true,
      isLookedAt: isSure(next) && holds === true,
    };
    if (holds !== true && holds.failure !== undefined) {
      open ??= holds.reason;
      const isLookedAt = isSure(next);
      definitions.push({ ...next, conditions: [], isLookedAt, outcome: holds.failure });
    }
    const outcome = yield* attempt(current.value);
    const inside = yield* unwrap(current, outcome);
    if (inside === undefined) {
      // What it would have defined is not known.
      if (outcome.type === "failure") open ??= unknown(outcome.message, outcome.origins?.[0]);
      definitions.push({ ...current, outcome });
    } else if (outcome.type === "unknown" && inside.inner.length === 0) {
      // It may turn out to be a mkIf or a mkForce, so it does not surely apply.
      open ??= inside.open;
      definitions.push({ ...current, outcome, conditional: true });
    } else {
      open ??= inside.open;
      if (inside.failure !== undefined) definitions.push({ ...current, outcome: inside.failure });
      parts.add(inside.inner);
    }
  }
  return { definitions, open };
}

/**
 * The attribute sets a definition stands for, without evaluating any condition: these go down to the
 * attributes, so that a condition may depend on options defined beside it.
 */
export function* pushDown(definition: RawDefinition): Eval<PushedDown> {
  const sets: { set: AttrsValue; from: RawDefinition }[] = [];
  const rest: EvaluatedDefinition[] = [];
  let open: Unknown | undefined;
  const parts = new Parts(definition);
  for (let next = parts.next(); next !== undefined; next = parts.next()) {
    const outcome = yield* attempt(next.value);
    const inside = yield* unwrap(next, outcome);
    if (inside !== undefined) {
      open ??= inside.open;
      if (inside.failure !== undefined) rest.push({ ...next, outcome: inside.failure });
      if (outcome.type === "unknown" && inside.inner.length === 0)
        rest.push({
          ...next,
          outcome,
          conditional: true,
          isLookedAt: isSure(next) && next.conditions.length === 0,
        });
      parts.add(inside.inner);
    } else if (outcome.type === "attrs") sets.push({ set: outcome, from: next });
    else if (outcome.type === "failure") {
      open ??= unknown(outcome.message, outcome.origins?.[0]);
      rest.push({ ...next, outcome });
    } else rest.push({ ...next, outcome });
  }
  return { sets, rest, open };
}

interface Unwrapped {
  readonly inner: readonly RawDefinition[];
  readonly open?: Unknown | undefined;
  /** It is no property that Nix could take off. */
  readonly failure?: Failure | undefined;
}

function noList(outcome: Exclude<Outcome, Unknown>, { node }: Thunk): Failure {
  if (outcome.type === "failure") return outcome;
  const message = `value is ${showType(outcome)} while a list was expected`;
  return { type: "failure", kind: "error", message, origins: outcome.origins ?? (node && [node]) };
}

/** Nothing undecidable was met on the way to it. */
function isSure({ conditional, isLookedAt = !conditional }: RawDefinition): boolean {
  return isLookedAt;
}

/** One property taken off; undefined if `outcome` is none. */
function* unwrap(definition: RawDefinition, outcome: Outcome): Eval<Unwrapped | undefined> {
  if (outcome.type === "unknown") {
    const inner = (outcome.alternatives ?? []).map((value) => ({
      ...definition,
      value,
      conditional: true,
      // A branch of an `if` may be one that Nix never enters.
      isLookedAt: value.node === undefined && isSure(definition),
    }));
    return { inner, open: outcome };
  }
  if (outcome.type !== "attrs") return undefined;
  const kind = yield* propertyType(outcome);
  switch (kind) {
    case "if": {
      const condition = outcome.attrs.get("condition")?.value;
      const content = outcome.attrs.get("content")?.value;
      if (condition === undefined || content === undefined) return undefined;
      return {
        inner: [{ ...definition, value: content, conditions: [...definition.conditions, condition] }],
      };
    }
    case "merge": {
      const contents = outcome.attrs.get("contents")?.value;
      if (contents === undefined) return undefined;
      const list = yield* attempt(contents);
      if (list.type !== "list") {
        const open = asUnknown(list, "the list of mkMerge is not known");
        return { inner: [], open, failure: list.type === "unknown" ? undefined : noList(list, contents) };
      }
      return { inner: list.elements.map((value) => ({ ...definition, value })), open: list.open };
    }
    case "override":
    case "order": {
      const content = outcome.attrs.get("content")?.value;
      const priority = outcome.attrs.get("priority")?.value;
      if (content === undefined || priority === undefined) return undefined;
      const number = yield* attempt(priority);
      if (number.type !== "int") {
        const inner = [{ ...definition, value: content, conditional: true }];
        return { inner, open: asUnknown(number, "the priority of a definition is not known") };
      }
      const given = Number(number.value);
      return { inner: [{ ...definition, value: content, [kind === "order" ? "order" : "priority"]: given }] };
    }
    case "definition": {
      const value = outcome.attrs.get("value")?.value;
      if (value === undefined) return undefined;
      const file = outcome.attrs.get("file")?.value;
      const name = file === undefined ? undefined : yield* attempt(file);
      const known = name?.type === "string" || name?.type === "path" ? name.value : definition.file;
      return { inner: [{ ...definition, value, file: known }] };
    }
    default:
      return undefined;
  }
}

/** The text of `_type`, as `lib.mkIf` and its like mark their results. */
export function* propertyType(set: AttrsValue): Eval<string | undefined> {
  const mark = set.attrs.get("_type")?.value;
  if (mark === undefined) return undefined;
  const value = yield* attempt(mark);
  return value.type === "string" ? value.value : undefined;
}

interface Undecidable {
  readonly reason: Unknown;
  /** A condition fails, and all others before it hold: so does the option. */
  readonly failure: Failure | undefined;
}

/** Whether all conditions hold: surely, surely not, or undecidably (because one is unknown, or fails). */
function* checkConditions(definition: RawDefinition): Eval<boolean | Undecidable> {
  let undecided: Undecidable | undefined;
  for (const condition of definition.conditions) {
    const outcome = yield* attempt(condition);
    if (outcome.type === "bool") {
      if (!outcome.value) return false;
    } else
      undecided ??= {
        reason: asUnknown(outcome, "a condition is not a Boolean"),
        failure: outcome.type === "unknown" ? undefined : asFailure(outcome, condition),
      };
  }
  return undecided ?? true;
}

function asFailure(outcome: Exclude<Outcome, Unknown>, { node }: Thunk): Failure {
  if (outcome.type === "failure") return outcome;
  const message = "‘mkIf’ called with a non-Boolean condition";
  return { type: "failure", kind: "error", message, origins: outcome.origins ?? (node && [node]) };
}

/** `outcome` as the reason why something is not known; `otherwise` if it is a known value of a wrong type. */
export function asUnknown(outcome: Outcome, otherwise: string): Unknown {
  if (outcome.type === "unknown") return outcome;
  return unknown(outcome.type === "failure" ? outcome.message : otherwise, outcome.origins?.[0]);
}

/**
 * The definitions that win by priority: those of the best one that surely applies, and what may beat it. What may be
 * beaten is conditional, too.
 */
export function strongest<T extends Pick<RawDefinition, "priority" | "conditional">>(
  definitions: readonly T[],
): readonly T[] {
  // Nearly every option is defined once: nothing is made anew of that.
  if (definitions.length === 1) return definitions;
  const sure = definitions.filter((definition) => !definition.conditional);
  const best = Math.min(...sure.map((definition) => definition.priority));
  const winning = definitions.filter((definition) => definition.priority <= best);
  let strongest = Number.POSITIVE_INFINITY;
  for (const { conditional, priority } of winning) if (conditional) strongest = Math.min(strongest, priority);
  const mayBeBeaten = ({ conditional, priority }: T): boolean => !conditional && strongest < priority;
  return winning.map((one) => (mayBeBeaten(one) ? { ...one, conditional: true } : one));
}

/** In the order `mkBefore`, `mkAfter` and `mkOrder` ask for; otherwise as they were. */
export function inOrder<T extends Pick<RawDefinition, "order">>(definitions: readonly T[]): readonly T[] {
  return definitions.length === 1 ? definitions : definitions.toSorted((a, b) => a.order - b.order);
}

/** Where a definition's value was written, best first: its literal, the expression, its name. */
export function originsOf(value: Value | Outcome, thunk: Thunk, keys: readonly Node[]): readonly Node[] {
  const found = new Set<Node>(value.type === "failure" ? [] : value.origins);
  if (thunk.node !== undefined) found.add(thunk.node);
  return found.size > 0 ? [...found] : keys;
}
