/**
 * Compiles expressions to code (code.ts). Operands are compiled with their operator; whatever Nix evaluates
 * lazily (attributes, arguments, bodies) is compiled when first run, so code nobody asks for costs nothing.
 */
import type { AssertExpr, Expr, IfExpr, ListExpr, WithExpr } from "../../syntax/ast.ts";
import { fail } from "../errors.ts";
import { mismatch } from "../expect.ts";
import type { Interpreter } from "../interpreter.ts";
import { list, unknown } from "../make.ts";
import { showExpr } from "../show-expr.ts";
import { andThen, isValue, type Step } from "../step.ts";
import { Thunk } from "../thunk.ts";
import type { Value } from "../value.ts";
import { attrSetCode, letCode } from "./attrs.ts";
import type { Code, Delay } from "./code.ts";
import { isData, sharedThunk } from "./data.ts";
import { applyCode, lambdaCode } from "./function.ts";
import { literalValue } from "./literal.ts";
import { binaryCode, unaryCode } from "./operators.ts";
import { positionCode } from "./position.ts";
import { type Scope, variableCode, variableDelay, withScope } from "./scope.ts";
import { hasAttrCode, selectCode } from "./select.ts";
import { pathCode, searchPathCode, stringCode } from "./text.ts";

/** Expressions nested in one another that are run as one chain of JavaScript calls. */
const MAX_NESTING = 8;

/** Code for `expr`; `nesting` counts the expressions around it that wait for its value. */
export function compile(expr: Expr, scope: Scope | undefined, nesting = 0): Code {
  if (nesting > MAX_NESTING) return deeperCode(expr, scope);
  const value = literalValue(expr);
  if (value) return () => value;
  if (isData(expr, scope)) {
    const thunk = dataThunk(expr);
    let own: Code | undefined;
    return (env, interpreter) => {
      if (interpreter.world.sharesData) return interpreter.force(thunk);
      own ??= codeOf(expr, scope, nesting);
      return own(env, interpreter);
    };
  }
  return codeOf(expr, scope, nesting);
}

function codeOf(expr: Expr, scope: Scope | undefined, nesting: number): Code {
  switch (expr.kind) {
    case "int":
    case "float":
    case "uri":
      return () =>
        fail("error", `invalid ${expr.kind === "float" ? "float" : "integer"} '${expr.text}'`, expr);
    case "string":
      return stringCode(expr, scope, nesting + 1);
    case "path":
      return pathCode(expr, scope, nesting + 1);
    case "search-path":
      return searchPathCode(expr, scope);
    case "identifier":
      return expr.name === "__curPos" ? positionCode(expr) : variableCode(expr.name, expr, scope);
    case "attrset":
      return attrSetCode(expr, scope);
    case "list":
      return listCode(expr, scope);
    case "let":
      return letCode(expr, scope, nesting + 1);
    case "with":
      return withCode(expr, scope, nesting + 1);
    case "assert":
      return assertCode(expr, scope, nesting + 1);
    case "if":
      return ifCode(expr, scope, nesting + 1);
    case "lambda":
      return lambdaCode(expr, scope);
    case "apply":
      return applyCode(expr, scope, nesting + 1);
    case "select":
      return selectCode(expr, scope, nesting + 1);
    case "has-attr":
      return hasAttrCode(expr, scope, nesting + 1);
    case "unary":
      return unaryCode(expr, scope, nesting + 1);
    case "binary":
      return binaryCode(expr, scope, nesting + 1);
    case "error": {
      const alternatives = expr.children.map((child) => delay(child, scope));
      return (env, interpreter) =>
        unknown(
          expr.reason ?? "the code could not be read",
          expr,
          alternatives.length > 0
            ? alternatives.map((alternative) => alternative(env, interpreter))
            : undefined,
        );
    }
  }
}

/** A thunk maker for `expr`; `name` is what a function is bound to, for messages. */
export function delay(expr: Expr, scope: Scope | undefined, name?: string): Delay {
  const value = literalValue(expr);
  if (value) {
    // As in Nix, a literal's thunk is done from the start, and a variable's is the one it is bound to.
    const thunk = Thunk.of(value, expr);
    return () => thunk;
  }
  if (isData(expr, scope)) {
    const thunk = dataThunk(expr);
    const own = lazyCode(expr, scope);
    return (env, interpreter) => (interpreter.world.sharesData ? thunk : new Thunk(own, expr, env));
  }
  if (expr.kind === "identifier" && expr.name !== "__curPos") return variableDelay(expr.name, expr, scope);
  const code = expr.kind === "lambda" ? lambdaCode(expr, scope, name) : lazyCode(expr, scope);
  return (env) => new Thunk(code, expr, env);
}

function dataThunk(expr: Expr): Thunk {
  return sharedThunk((env, interpreter) => codeOf(expr, undefined, 0)(env, interpreter), expr, [expr]);
}

/** Code that is compiled when it first runs. */
export function lazyCode(expr: Expr, scope: Scope | undefined, nesting = 0): Code {
  let code: Code | undefined;
  return (env, interpreter) => {
    code ??= compile(expr, scope, nesting);
    return code(env, interpreter);
  };
}

/** Lets the interpreter decide whether there is room on the JavaScript stack to go on. */
function deeperCode(expr: Expr, scope: Scope | undefined): Code {
  const code = lazyCode(expr, scope);
  return (env, interpreter) => interpreter.deeper(code, expr, env);
}

function listCode(expr: ListExpr, scope: Scope | undefined): Code {
  const elements = expr.elements.map((element) => delay(element, scope));
  const open = expr.broken ? unknown("the code is incomplete", expr) : undefined;
  const origins = [expr];
  return (env, interpreter) => {
    interpreter.pay(elements.length);
    return list(
      elements.map((element) => element(env, interpreter)),
      origins,
      open,
    );
  };
}

function withCode(expr: WithExpr, scope: Scope | undefined, nesting: number): Code {
  const attributes = delay(expr.scope, scope);
  const body = lazyCode(expr.body, withScope(scope), nesting);
  return (env, interpreter) => body({ up: env, slots: [attributes(env, interpreter)] }, interpreter);
}

/** If the condition is unknown, so is which branch it is; both remain as alternatives. */
function ifCode(expr: IfExpr, scope: Scope | undefined, nesting: number): Code {
  const condition = compile(expr.condition, scope, nesting);
  const consequence = lazyCode(expr.consequence, scope, nesting);
  const alternative = lazyCode(expr.alternative, scope, nesting);
  const choose = (value: Value, env: Parameters<Code>[0], interpreter: Interpreter): Step => {
    if (value.type === "bool")
      return value.value ? consequence(env, interpreter) : alternative(env, interpreter);
    if (value.type !== "unknown") return mismatch(value, "a Boolean", expr);
    return unknown(value.reason, expr, [
      new Thunk(consequence, expr.consequence, env),
      new Thunk(alternative, expr.alternative, env),
    ]);
  };
  return (env, interpreter) => {
    const step = condition(env, interpreter);
    return isValue(step)
      ? choose(step, env, interpreter)
      : andThen(step, (value) => choose(value, env, interpreter));
  };
}

/** An unknown condition is taken to hold: where it does not, there is no value to be wrong about. */
function assertCode(expr: AssertExpr, scope: Scope | undefined, nesting: number): Code {
  const condition = compile(expr.condition, scope, nesting);
  const body = lazyCode(expr.body, scope, nesting);
  return (env, interpreter) =>
    andThen(condition(env, interpreter), (value) => {
      if (value.type !== "unknown") {
        if (value.type !== "bool") return mismatch(value, "a Boolean", expr);
        if (!value.value) return fail("assert", `assertion '${showExpr(expr.condition)}' failed`, expr);
      }
      return body(env, interpreter);
    });
}
