/**
 * Compiles functions and their calls.
 *
 *   { a, b ? a, ... }@all: …     binds a frame [all a b]; b's default sees it
 */
import type { Apply, Expr, Formal, Lambda, Node } from "../../syntax/ast.ts";
import type { Env } from "../env.ts";
import { fail } from "../errors.ts";
import { mismatch } from "../expect.ts";
import type { Interpreter } from "../interpreter.ts";
import { compareText } from "../order.ts";
import { positionText } from "../position.ts";
import { selectFrom } from "../select.ts";
import { similarNames } from "../similar-names.ts";
import { andThen, isValue, type Step } from "../step.ts";
import { Thunk } from "../thunk.ts";
import type { AttrsValue, LambdaValue, Unknown, Value } from "../value.ts";
import type { Code, Delay } from "./code.ts";
import { compile, delay, lazyCode } from "./expression.ts";
import { namesScope, type Scope } from "./scope.ts";

/** `name` is what the function is bound to, for messages. */
export function lambdaCode(expr: Lambda, scope: Scope | undefined, name?: string): Code {
  const enter = expr.param.formals ? enterWithFormals(expr, scope, name) : enterWithName(expr, scope);
  const origins = [expr];
  return (env): LambdaValue => ({ type: "lambda", node: expr, name, env, enter, origins });
}

function enterWithName(expr: Lambda, scope: Scope | undefined): LambdaValue["enter"] {
  const names = expr.param.name ? [expr.param.name.name] : [];
  const body = lazyCode(expr.body, namesScope(scope, names));
  return (env, arg, interpreter) => body({ up: env, slots: [arg] }, interpreter);
}

interface FormalSlot {
  readonly name: string;
  readonly formal: Formal;
  readonly fallback: Delay | undefined;
}

function enterWithFormals(
  expr: Lambda,
  scope: Scope | undefined,
  name: string | undefined,
): LambdaValue["enter"] {
  const { param } = expr;
  const formals = param.formals ?? [];
  const whole = param.name?.name;
  const names = formals.map((formal) => formal.name.name);
  const inner = namesScope(scope, whole === undefined ? names : [whole, ...names]);
  const slots: FormalSlot[] = formals.map((formal) => ({
    name: formal.name.name,
    formal,
    fallback: formal.fallback && delay(formal.fallback, inner),
  }));
  const body = lazyCode(expr.body, inner);

  const called = (how: string): string =>
    `${name === undefined ? "anonymous function" : `'${name}'`} at ${positionText(expr)} called ${how}`;

  const bind = (
    arg: Thunk,
    value: Value,
    up: Env | undefined,
    interpreter: Interpreter,
    call: Node | undefined,
  ): Env => {
    const frame: Env = { up, slots: whole === undefined ? [] : [arg] };
    if (value.type === "unknown") {
      for (const slot of slots) frame.slots.push(unknownFormal(value, slot, frame));
      return frame;
    }
    if (value.type !== "attrs") return mismatch(value, "a set", call ?? expr);
    let matched = 0;
    for (const slot of slots) {
      const found = value.attrs.get(slot.name);
      if (found) {
        matched++;
        frame.slots.push(found.value);
      } else if (value.open) {
        frame.slots.push(unknownFormal(value.open, slot, frame));
      } else if (slot.fallback) {
        // Not evaluated through the frame's slots: those of later formals are not there yet.
        frame.slots.push(slot.fallback(frame, interpreter));
      } else {
        return fail("error", called(`without required argument '${slot.name}'`), call ?? expr);
      }
    }
    if (!param.ellipsis && matched < value.attrs.size) {
      const unexpected = unexpectedName(value, names);
      const how = `with unexpected argument '${unexpected}'`;
      return fail("error", called(how), call ?? expr, similarNames(unexpected, names));
    }
    return frame;
  };

  return (env, arg, interpreter, call) => {
    const step = interpreter.force(arg);
    return isValue(step)
      ? body(bind(arg, step, env, interpreter, call), interpreter)
      : andThen(step, (value) => body(bind(arg, value, env, interpreter, call), interpreter));
  };
}

/** An argument nobody knows: only what uses it becomes unknown. */
function unknownFormal(whole: Unknown, { name, formal, fallback }: FormalSlot, frame: Env): Thunk {
  return new Thunk((_, interpreter) => selectFrom(whole, name, formal, interpreter, fallback, frame), formal);
}

function unexpectedName(value: AttrsValue, expected: readonly string[]): string {
  const unexpected = [...value.attrs.keys()].filter((name) => !expected.includes(name));
  return unexpected.sort(compareText)[0] ?? "";
}

/** A call with all its arguments, so that a builtin gets them at once: `f a b` is one call of two. */
export function applyCode(expr: Apply, scope: Scope | undefined, nesting: number): Code {
  const calls: Apply[] = [];
  let target: Expr = expr;
  while (target.kind === "apply" && calls.length < 8) {
    calls.unshift(target);
    target = target.fn;
  }
  return callCode(
    compile(target, scope, nesting),
    calls.map((call) => ({ call, arg: delay(call.arg, scope) })),
  );
}

interface CallSite {
  readonly call: Expr;
  readonly arg: Delay;
}

/** Code that calls what `fn` gives with each argument in turn. */
export function callCode(fn: Code, sites: readonly CallSite[]): Code {
  const [first] = sites;
  if (sites.length === 1 && first) {
    const { call, arg } = first;
    return (env, interpreter) => {
      const step = fn(env, interpreter);
      return isValue(step)
        ? interpreter.apply(step, arg(env, interpreter), call)
        : andThen(step, (value) => interpreter.apply(value, arg(env, interpreter), call));
    };
  }
  const last = sites[sites.length - 1]?.call;
  const callFrom = (value: Value, index: number, env: Env | undefined, interpreter: Interpreter): Step => {
    for (; ; index++) {
      const site = sites[index];
      if (site === undefined) return value;
      const step = interpreter.apply(value, site.arg(env, interpreter), site.call);
      if (!isValue(step)) {
        if (index === sites.length - 1) return step;
        return andThen(step, (next) => callFrom(next, index + 1, env, interpreter));
      }
      value = step;
    }
  };
  const start = (value: Value, env: Env | undefined, interpreter: Interpreter): Step => {
    if (value.type === "builtin" && value.args.length + sites.length === value.arity) {
      const args = [...value.args, ...sites.map((site) => site.arg(env, interpreter))];
      return interpreter.callBuiltin(value, args, last);
    }
    return callFrom(value, 0, env, interpreter);
  };
  return (env, interpreter) => {
    const step = fn(env, interpreter);
    return isValue(step)
      ? start(step, env, interpreter)
      : andThen(step, (value) => start(value, env, interpreter));
  };
}
