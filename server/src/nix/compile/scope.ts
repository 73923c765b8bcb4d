/**
 * Names, resolved when code is compiled. A scope mirrors the frames (env.ts) the code will run in: a name
 * becomes "so many frames up, that slot". As in Nix, a lexical name beats a global one, and a global one
 * beats every `with`; among these the innermost wins.
 *
 *   let a = 1; in with s; a + b      a: 1 frame up, slot 0;   b: looked up in s when run
 */
import type { Node } from "../../syntax/ast.ts";
import type { Env } from "../env.ts";
import { derived, fail } from "../errors.ts";
import { mayHave, mismatch } from "../expect.ts";
import type { Interpreter } from "../interpreter.ts";
import { bool, nullValue } from "../make.ts";
import { andThen, isValue, type Step } from "../step.ts";
import { Thunk } from "../thunk.ts";
import type { Value } from "../value.ts";
import type { Code, Delay } from "./code.ts";

export interface Scope {
  readonly up: Scope | undefined;
  /** Name -> slot; undefined for the frame of a `with`. */
  readonly slots: ReadonlyMap<string, number> | undefined;
  /** How many scopes it lies in. */
  readonly depth: number;
  /** The innermost that binds names, and the innermost `with`: itself or one around it. */
  readonly binds: Scope | undefined;
  readonly with: Scope | undefined;
}

interface Place {
  readonly level: number;
  readonly slot: number;
}

export function namesScope(up: Scope | undefined, names: Iterable<string>): Scope {
  const slots = new Map<string, number>();
  for (const name of names) if (!slots.has(name)) slots.set(name, slots.size);
  const scope: Made = { up, slots, depth: depthIn(up), binds: undefined, with: up?.with };
  scope.binds = scope;
  return scope;
}

export function withScope(up: Scope | undefined): Scope {
  const scope: Made = { up, slots: undefined, depth: depthIn(up), binds: up?.binds, with: undefined };
  scope.with = scope;
  return scope;
}

type Made = { -readonly [K in keyof Scope]: Scope[K] };

function depthIn(up: Scope | undefined): number {
  return up === undefined ? 0 : up.depth + 1;
}

/** `node` is where it is used. */
export function variableCode(name: string, node: Node, scope: Scope | undefined): Code {
  const place = findPlace(scope, name);
  if (place === undefined) return freeVariableCode(name, node, scope);
  const { level, slot } = place;
  if (level === 0) return (env, interpreter) => interpreter.force((env as Env).slots[slot] as Thunk);
  return (env, interpreter) => interpreter.force(frame(env, level).slots[slot] as Thunk);
}

/** The very thunk the variable is bound to, except in a `let` that has not bound it yet. */
export function variableDelay(name: string, node: Node, scope: Scope | undefined): Delay {
  const code = variableCode(name, node, scope);
  const place = findPlace(scope, name);
  if (place === undefined) {
    const constant = constantValue(name, node);
    if (constant !== undefined) {
      const thunk = Thunk.of(constant);
      return () => thunk;
    }
    return (env, interpreter) => interpreter.world.globals.get(name) ?? new Thunk(code, node, env);
  }
  const { level, slot } = place;
  return (env) => frame(env, level).slots[slot] ?? new Thunk(code, node, env);
}

/** Whether a `let`, a set or an argument gives the name a meaning, even if it is `true`. */
export function isBound(name: string, scope: Scope | undefined): boolean {
  return findPlace(scope, name) !== undefined;
}

function findPlace(scope: Scope | undefined, name: string): Place | undefined {
  for (let current = scope?.binds; current !== undefined; current = current.up?.binds) {
    const slot = current.slots?.get(name);
    if (slot !== undefined) return { level: (scope as Scope).depth - current.depth, slot };
  }
  return undefined;
}

function frame(env: Env | undefined, level: number): Env {
  for (; level > 0; level--) env = env?.up;
  return env as Env;
}

function freeVariableCode(name: string, node: Node, scope: Scope | undefined): Code {
  const constant = constantValue(name, node);
  if (constant !== undefined) return () => constant;
  return (env, interpreter) => {
    const global = interpreter.world.globals.get(name);
    return global ? interpreter.force(global) : lookUpWith(name, node, scope, env, interpreter);
  };
}

/** Like a literal, it has a place: `tags = null` is written at `null`, as `tags = 1` is at `1`. */
function constantValue(name: string, node: Node): Value | undefined {
  if (name === "null") return nullValue([node]);
  return isConstant(name) ? bool(name === "true", [node]) : undefined;
}

/** Names that mean a value by themselves, unless something binds them. */
export function isConstant(name: string): boolean {
  return name === "true" || name === "false" || name === "null";
}

/** The innermost `with` that has the name. The levels are not kept: below 10,000 `with`s each name would keep as many. */
function lookUpWith(
  name: string,
  node: Node,
  scope: Scope | undefined,
  env: Env | undefined,
  interpreter: Interpreter,
): Step {
  const inner = scope?.with;
  if (inner === undefined) return fail("error", `undefined variable '${name}'`, node);
  const found = frame(env, (scope as Scope).depth - inner.depth);
  const set = interpreter.force(found.slots[0] as Thunk);
  const lookUp: Parameters<typeof andThen>[1] = (value) => {
    if (value.type === "unknown") return derived(value);
    if (value.type !== "attrs") return mismatch(value, "a set", node);
    const attribute = value.attrs.get(name);
    if (attribute) return interpreter.force(attribute.value);
    const doubt = mayHave(value, name);
    if (doubt) return derived(doubt);
    return lookUpWith(name, node, inner.up, found.up, interpreter);
  };
  return isValue(set) ? lookUp(set) : andThen(set, lookUp);
}
