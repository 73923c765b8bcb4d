/**
 * Modules that are functions: what they are called with, and what comes of it.
 *
 *   { lib, pkgs, ... }: { … }   ->   called with lib, config, options, … and pkgs
 */
import { apply } from "../nix/interpreter.ts";
import { attr, attrsOf, unknown } from "../nix/make.ts";
import type { Eval } from "../nix/step.ts";
import { Thunk } from "../nix/thunk.ts";
import type { Attr, Outcome, Value } from "../nix/value.ts";
import { attempt } from "./properties.ts";

/** What modules that are functions are called with. */
export interface ModuleArguments {
  /** Arguments every function gets: `config`, `options`, `lib` and the special ones. */
  readonly always: ReadonlyMap<string, Thunk>;
  /** Any other argument a function names. */
  other(name: string): Thunk;
}

/** The result. An argument is given where the function names it, or where all are given. */
export function* callModule(fn: Value, { always, other }: ModuleArguments): Eval<Outcome> {
  const given = new Map<string, Attr>();
  for (const [name, value] of always) given.set(name, attr(value));
  for (const name of yield* formalsOf(fn)) if (!given.has(name)) given.set(name, attr(other(name)));
  return inBody(fn, yield* attempt(apply(fn, Thunk.of(attrsOf(given)))));
}

/** Functions that say how a definition counts. With an argument less they are functions, as modules may be. */
const MARKS =
  /^mk(If|Merge|Override|Order|Force|Default|Before|After|VMOverride|ImageMediaOverride|OptionDefault)$/;

/** `lib.mkIf { … }` took the module's arguments for what it lacks; undefined for a function that is a module. */
export function lackingArgument(fn: Value, outcome: Outcome): string | undefined {
  if (fn.type !== "builtin" || !MARKS.test(fn.name) || outcome.type !== "attrs") return undefined;
  const advice = fn.name === "mkIf" ? ": write `lib.mkIf condition { … }`" : "";
  return `\`${fn.name}\` lacks an argument${advice}.`;
}

/** The failure of a module that has no place of its own. */
function inBody(fn: Value, outcome: Outcome): Outcome {
  if (outcome.type !== "failure" || outcome.origins !== undefined || fn.type !== "lambda") return outcome;
  return { ...outcome, origins: [fn.node.body] };
}

/** The names a function asks for; none if it takes its argument whole. */
function* formalsOf(fn: Value): Eval<readonly string[]> {
  if (fn.type === "lambda") return fn.node.param.formals?.map((formal) => formal.name.name) ?? [];
  if (fn.type === "builtin") return [...(fn.formals?.keys() ?? [])];
  if (fn.type !== "attrs") return [];
  const declared = fn.attrs.get("__functionArgs")?.value;
  if (declared !== undefined) {
    const names = yield* attempt(declared);
    if (names.type === "attrs") return [...names.attrs.keys()];
  }
  const functor = fn.attrs.get("__functor")?.value;
  if (functor === undefined) return [];
  const bound = yield* attempt(apply(functor, Thunk.of(fn)));
  return bound.type === "lambda" || bound.type === "builtin" ? yield* formalsOf(bound) : [];
}

/** Why a module argument has no value here. */
export function unknownArgument(name: string): Thunk {
  return Thunk.of(unknown(`the module argument ‘${name}’ is not known`));
}
