/**
 * How the members of `lib` are written: tables of JavaScript functions, one argument for each of Nix's.
 *
 *   lazily({ flip: (f, a, b) => apply(f, b, a) })       arguments as they are, unevaluated
 *   eagerly({ boolToString: (b) => … })                 arguments evaluated, from left to right
 *   onStrings({ hasPrefix: (prefix, text) => … })       arguments turned into strings, as in "${x}"
 */
import { eager, lazy } from "../builtins/define.ts";
import { shownOf, textOf } from "../builtins/text-of.ts";
import { Undecided } from "../errors.ts";
import { expectBool, expectList, findAttr } from "../expect.ts";
import { apply } from "../interpreter.ts";
import { joinTexts } from "../limits.ts";
import { attr, attrsOf, string } from "../make.ts";
import type { Eval, Step } from "../step.ts";
import { Thunk } from "../thunk.ts";
import type { Attr, AttrsValue, ListValue, StringValue, Value } from "../value.ts";

export { shownOf, textOf };

/** Name -> value. */
export type Members = Readonly<Record<string, Value | Thunk>>;

export function eagerly(table: Readonly<Record<string, (...values: Value[]) => Step>>): Members {
  return mapTable(table, eager);
}

export function lazily(table: Readonly<Record<string, (...args: Thunk[]) => Step>>): Members {
  return mapTable(table, lazy);
}

export function onStrings(table: Readonly<Record<string, (...texts: StringValue[]) => Step>>): Members {
  return mapTable(table, (name, call) => ({
    ...lazy(name, (...args) => stringCall(call, args)),
    arity: call.length,
  }));
}

function* stringCall(call: (...texts: StringValue[]) => Step, args: readonly Thunk[]): Eval<Value> {
  const texts: StringValue[] = [];
  for (const arg of args) texts.push(yield* textOf(arg));
  const step = call(...texts);
  return "type" in step ? step : yield step;
}

function mapTable<F>(table: Readonly<Record<string, F>>, make: (name: string, call: F) => Value): Members {
  return Object.fromEntries(Object.entries(table).map(([name, call]) => [name, make(name, call)]));
}

/** The members `names` of a table, for a set that repeats some of another one's. */
export function pick(members: Members, names: string): Members {
  return Object.fromEntries(
    names
      .split(/\s+/)
      .filter((name) => members[name] !== undefined)
      .map((name) => [name, members[name] as Value | Thunk]),
  );
}

export function* listOf(arg: Thunk): Eval<ListValue> {
  return expectList(yield arg);
}

/** `x.name or fallback`, of a set. */
export function* attrOr(set: AttrsValue, name: string, fallback: Value): Eval<Value> {
  const found = findAttr(set, name);
  return found ? yield found : fallback;
}

/** Whether the predicate holds; throws Undecided if that is unknown. */
export function* holds(pred: Thunk, ...args: readonly Thunk[]): Eval<boolean> {
  return expectBool(yield apply(pred, ...args)).value;
}

/** Strings joined; the result has the context of all. */
export function joined(texts: readonly StringValue[], separator = ""): StringValue {
  const context = new Set<string>();
  for (const text of texts) for (const reference of text.context ?? []) context.add(reference);
  return string(
    joinTexts(
      texts.map((text) => text.value),
      separator,
    ),
    context,
  );
}

/** Another text with the context of `model`. */
export function like(model: StringValue, text: string): StringValue {
  return string(text, model.context);
}

/** Whether it can be applied, `__functor` included. */
export function* isCallable(value: Value): Eval<boolean> {
  if (value.type === "lambda" || value.type === "builtin") return true;
  if (value.type === "unknown") throw new Undecided(value);
  if (value.type !== "attrs") return false;
  const functor = findAttr(value, "__functor");
  if (functor === undefined) return false;
  const method = yield apply(functor, Thunk.of(value));
  return yield* isCallable(method);
}

/** A set with other attributes; its provenance and openness stay. */
export function withAttrs(set: AttrsValue, added: Readonly<Record<string, Value | Thunk>>): AttrsValue {
  const all = new Map<string, Attr>(set.attrs);
  for (const [name, value] of Object.entries(added))
    all.set(name, attr(value instanceof Thunk ? value : Thunk.of(value)));
  return attrsOf(all, set.origins, set.open);
}

/** Whether `"${value}"` works. Throws Undecided. */
export function isStringLike(value: Value): boolean {
  if (value.type === "unknown") throw new Undecided(value);
  if (value.type !== "attrs") return value.type === "string" || value.type === "path";
  return findAttr(value, "outPath") !== undefined || findAttr(value, "__toString") !== undefined;
}
