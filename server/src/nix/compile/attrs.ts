/**
 * Compiles attribute sets and `let`, from their plan (attrs-plan.ts).
 *
 *   rec { a = 1; ${n} = a; }   ->   code that binds a frame [a], computes the name, and builds the set
 */
import type { AttrName, AttrSet, Expr, LetExpr, Node } from "../../syntax/ast.ts";
import type { Env } from "../env.ts";
import { derived, fail } from "../errors.ts";
import { expectAttrs, mismatch } from "../expect.ts";
import type { Interpreter } from "../interpreter.ts";
import { attr, attrsOf, unknown } from "../make.ts";
import { positionText } from "../position.ts";
import { selectAttr } from "../select.ts";
import { andThen, type Step } from "../step.ts";
import { Thunk } from "../thunk.ts";
import type { Attr, Unknown, Value } from "../value.ts";
import { type AttrsPlan, type Definition, planAttrSet, planLet } from "./attrs-plan.ts";
import { type Code, type Delay, runAll } from "./code.ts";
import { isDataPlan, sharedThunk } from "./data.ts";
import { compile, delay, lazyCode } from "./expression.ts";
import { namesScope, type Scope, variableDelay } from "./scope.ts";

/** Makes an attribute's thunk, given the thunks of the set's `inherit (from)` clauses. */
type AttrDelay = (env: Env | undefined, interpreter: Interpreter, froms: readonly Thunk[]) => Thunk;

export function attrSetCode(set: AttrSet, scope: Scope | undefined): Code {
  const code = planCode(planAttrSet(set), scope);
  if (!set.legacyLet) return code;
  return (env, interpreter) =>
    andThen(code(env, interpreter), (value) => {
      const body = value.type === "attrs" ? value.attrs.get("body") : undefined;
      return body ? interpreter.force(body.value) : fail("error", "attribute 'body' missing", set);
    });
}

export function letCode(expr: LetExpr, scope: Scope | undefined, nesting: number): Code {
  const plan = planLet(expr.bindings);
  const inner = namesScope(scope, plan.statics.keys());
  const bind = frameOf(plan, scope, inner);
  const body = lazyCode(expr.body, inner, nesting);
  return (env, interpreter) => body(bind(env, interpreter), interpreter);
}

function planCode(plan: AttrsPlan, scope: Scope | undefined): Code {
  const { recursive, origins } = plan;
  const inner = recursive ? namesScope(scope, plan.statics.keys()) : scope;
  const open = plan.broken ? unknown("the code is incomplete", origins[0]) : undefined;
  const names = [...plan.statics].map(([name, { keys }]) => ({ name, keys }));
  const build = recursive ? frameOf(plan, scope, inner as Scope) : attributesOf(plan, scope);
  const finish = plan.dynamics.length > 0 ? dynamicsOf(plan, inner) : undefined;

  return (env, interpreter) => {
    const built = build(env, interpreter);
    const thunks = Array.isArray(built) ? built : built.slots;
    const innerEnv = Array.isArray(built) ? env : built;
    const set = new Map<string, Attr>();
    for (let i = 0; i < names.length; i++) {
      const { name, keys } = names[i] as (typeof names)[number];
      set.set(name, { value: thunks[i] as Thunk, keys });
    }
    const complete = (): Step =>
      finish ? finish(set, open, innerEnv, interpreter) : attrsOf(set, origins, open);
    const overrides = recursive ? set.get("__overrides") : undefined;
    if (overrides === undefined) return complete();
    return andThen(interpreter.force(overrides.value), (value) => {
      override(value, set, inner as Scope, innerEnv as Env);
      return complete();
    });
  };
}

/** `rec { __overrides = { a = 2; }; a = 1; b = a; }`: b sees the overriding a. */
function override(overrides: Value, set: Map<string, Attr>, scope: Scope, env: Env): void {
  for (const [name, attribute] of expectAttrs(overrides).attrs) {
    set.set(name, attribute);
    const slot = scope.slots?.get(name);
    if (slot !== undefined) env.slots[slot] = attribute.value;
  }
}

/** Binds the names of a `let` or `rec`, which see each other; `inherit name` means the outer name. */
function frameOf(
  plan: AttrsPlan,
  outer: Scope | undefined,
  inner: Scope,
): (env: Env | undefined, interpreter: Interpreter) => Env {
  const froms = plan.froms.map((from) => delay(from, inner));
  // Overrides replace what names are bound to, so a variable must not be followed before they have.
  const late = plan.statics.has("__overrides");
  const delays = [...plan.statics].map(([name, { keys, definition }]) => {
    const inherited = definition.kind === "inherit";
    const make =
      late && definition.kind === "expr"
        ? lateDelay(definition.expr, inner)
        : attrDelay(name, keys[0] as Node, definition, inherited ? outer : inner);
    return { inherited, make };
  });
  return (env, interpreter) => {
    interpreter.pay(delays.length);
    const slots: Thunk[] = [];
    const frame: Env = { up: env, slots };
    const fromThunks = froms.map((from) => from(frame, interpreter));
    for (const { inherited, make } of delays)
      slots.push(make(inherited ? env : frame, interpreter, fromThunks));
    return frame;
  };
}

function attributesOf(
  plan: AttrsPlan,
  scope: Scope | undefined,
): (env: Env | undefined, interpreter: Interpreter) => Thunk[] {
  const froms = plan.froms.map((from) => delay(from, scope));
  const delays = [...plan.statics].map(([name, { keys, definition }]) =>
    attrDelay(name, keys[0] as Node, definition, scope),
  );
  return (env, interpreter) => {
    interpreter.pay(delays.length);
    const fromThunks = froms.map((from) => from(env, interpreter));
    return delays.map((make) => make(env, interpreter, fromThunks));
  };
}

/** Adds the attributes with computed names: null skips one, an unknown name leaves the set open. */
function dynamicsOf(
  plan: AttrsPlan,
  scope: Scope | undefined,
): (
  set: Map<string, Attr>,
  open: Unknown | undefined,
  env: Env | undefined,
  interpreter: Interpreter,
) => Step {
  const dynamics = plan.dynamics.map(({ key, name, definition }) => ({
    key,
    name: compile(name, scope),
    make: attrDelay(undefined, key, definition, scope),
  }));
  const nameCodes = dynamics.map(({ name }) => name);
  return (set, open, env, interpreter) =>
    runAll(nameCodes, env, interpreter, (names) => {
      for (const [index, { key, make }] of dynamics.entries()) {
        const name = names[index] as Value;
        if (name.type === "null") continue;
        if (name.type === "unknown") open ??= derived(name);
        else addDynamic(set, attrNameText(name, key), key, make(env, interpreter, []));
      }
      return attrsOf(set, plan.origins, open);
    });
}

function addDynamic(set: Map<string, Attr>, name: string, key: AttrName, value: Thunk): void {
  const existing = set.get(name);
  if (existing) alreadyDefined("dynamic attribute", name, existing.keys[0], key);
  set.set(name, attr(value, [key]));
}

function alreadyDefined(what: string, name: string, first: Node | undefined, second: Node): never {
  const place = first ? ` at ${positionText(first)}` : "";
  return fail("error", `${what} '${name}' already defined${place}`, second);
}

/** The text of an attribute name computed at `node`; it must be a string that refers to no store path. */
export function attrNameText(name: Value, node: Node): string {
  if (name.type !== "string") return mismatch(name, "a string", node);
  if (name.context === undefined) return name.value;
  const [reference = ""] = name.context;
  return fail(
    "error",
    `the string '${name.value}' is not allowed to refer to a store path (such as '${reference}')`,
    node,
  );
}

/** `key`: where the name is first written. */
function attrDelay(
  name: string | undefined,
  key: Node,
  definition: Definition,
  scope: Scope | undefined,
): AttrDelay {
  switch (definition.kind) {
    case "expr":
      return delay(definition.expr, scope, name);
    case "set":
      return planDelay(definition.plan, key, scope);
    case "inherit": {
      const { key } = definition;
      return variableDelay(name ?? "", key, scope);
    }
    case "inherit-from": {
      const { key, from } = definition;
      return (_env, _interpreter, froms) =>
        new Thunk((_env, interpreter) => selectAttr(froms[from] as Thunk, name ?? "", key, interpreter), key);
    }
    case "duplicate": {
      const { first, second } = definition;
      return () => new Thunk(() => alreadyDefined("attribute", name ?? "", first, second), second);
    }
  }
}

function lateDelay(expr: Expr, scope: Scope): Delay {
  const code = lazyCode(expr, scope);
  return (env) => new Thunk(code, expr, env);
}

function planDelay(plan: AttrsPlan, key: Node, scope: Scope | undefined): Delay {
  if (isDataPlan(plan, scope)) {
    const thunk = sharedThunk(
      (env, interpreter) => planCode(plan, undefined)(env, interpreter),
      key,
      plan.origins,
    );
    const own = latePlanCode(plan, scope);
    return (env, interpreter) =>
      interpreter.world.sharesData ? thunk : new Thunk(own, plan.origins[0], env);
  }
  const code = latePlanCode(plan, scope);
  return (env) => new Thunk(code, plan.origins[0], env);
}

/** Code that is compiled when it first runs. */
function latePlanCode(plan: AttrsPlan, scope: Scope | undefined): Code {
  let code: Code | undefined;
  const run: Code = (env, interpreter) => {
    code ??= planCode(plan, scope);
    return code(env, interpreter);
  };
  return run;
}
