/**
 * Compiles the unary and binary operators. Logic needs only one known side if that decides:
 *
 *   unknown && false   ->   false          true || throw "x"   ->   true
 */
import type { Binary, Unary } from "../../syntax/ast.ts";
import { add, divide, multiply, negate, subtract } from "../arithmetic.ts";
import type { Env } from "../env.ts";
import { equalScalars, equalValues } from "../equality.ts";
import { derived, NixError } from "../errors.ts";
import { expectBool } from "../expect.ts";
import type { Interpreter } from "../interpreter.ts";
import { bool } from "../make.ts";
import { concatLists, updateAttrs } from "../merge.ts";
import { lessThan } from "../order.ts";
import { andThen, type Eval, isValue, type Step } from "../step.ts";
import type { Unknown, Value } from "../value.ts";
import type { Code } from "./code.ts";
import { compile, delay } from "./expression.ts";
import { callCode } from "./function.ts";
import type { Scope } from "./scope.ts";

type Origins = readonly [Binary];
/** What an operator makes of its two operands, both evaluated. */
type Operation = (left: Value, right: Value, origins: Origins) => Step;

const OPERATIONS: { readonly [op in Binary["op"]]?: Operation } = {
  "+": (left, right, origins) => add(left, right, origins, origins[0].left, origins[0].right),
  "-": subtract,
  "*": multiply,
  "/": divide,
  "++": (left, right, [expr]) => concatLists(left, right, expr),
  "//": (left, right, [expr]) => updateAttrs(left, right, expr),
  "==": (left, right, origins) => equal(left, right, origins, true),
  "!=": (left, right, origins) => equal(left, right, origins, false),
  "<": (left, right, origins) => less(left, right, origins, true),
  ">=": (left, right, origins) => less(left, right, origins, false),
  ">": (left, right, origins) => less(right, left, origins, true),
  "<=": (left, right, origins) => less(right, left, origins, false),
};

export function unaryCode(expr: Unary, scope: Scope | undefined, nesting: number): Code {
  const operand = compile(expr.operand, scope, nesting);
  const origins = [expr];
  const operation =
    expr.op === "-"
      ? (value: Value) => negate(value, origins)
      : (value: Value) =>
          value.type === "unknown" ? derived(value) : bool(!expectBool(value, expr).value, origins);
  return (env, interpreter) => {
    const step = operand(env, interpreter);
    return isValue(step) ? operation(step) : andThen(step, operation);
  };
}

export function binaryCode(expr: Binary, scope: Scope | undefined, nesting: number): Code {
  switch (expr.op) {
    case "|>":
      return callCode(compile(expr.right, scope, nesting), [{ call: expr, arg: delay(expr.left, scope) }]);
    case "<|":
      return callCode(compile(expr.left, scope, nesting), [{ call: expr, arg: delay(expr.right, scope) }]);
    case "&&":
    case "||":
    case "->":
      return logicCode(expr, scope, nesting);
  }
  const left = compile(expr.left, scope, nesting);
  const right = compile(expr.right, scope, nesting);
  const operation = OPERATIONS[expr.op] as Operation;
  const origins: Origins = [expr];
  return (env, interpreter) => {
    const a = left(env, interpreter);
    if (!isValue(a)) return bothLater(a, undefined);
    const b = right(env, interpreter);
    return isValue(b) ? interpreter.paid(operation(a, b, origins), [], longest(a, b)) : bothLater(a, b);

    function* bothLater(first: Step, second: Step | undefined): Eval<Value> {
      const x = isValue(first) ? first : yield first;
      second ??= right(env, interpreter);
      const y = isValue(second) ? second : yield second;
      const result = interpreter.paid(operation(x, y, origins), [], longest(x, y));
      return isValue(result) ? result : yield result;
    }
  };
}

/** Of two texts: it need not be copied when they are joined. */
function longest(a: Value, b: Value): number {
  return a.type === "string" && b.type === "string" ? Math.max(a.value.length, b.value.length) : 0;
}

function equal(left: Value, right: Value, origins: Origins, wanted: boolean): Step {
  const scalar = equalScalars(left, right);
  return scalar === undefined
    ? compare(equalValues(left, right), origins, wanted)
    : bool(scalar === wanted, origins);
}

function less(left: Value, right: Value, origins: Origins, wanted: boolean): Step {
  if (left.type === "int" && right.type === "int") return bool(left.value < right.value === wanted, origins);
  return compare(lessThan(left, right, origins[0]), origins, wanted);
}

function* compare(question: Eval<boolean>, origins: Origins, wanted: boolean): Eval<Value> {
  return bool((yield* question) === wanted, origins);
}

/** Each operator is decided by one value of its left and by one of its right side; else it is the right side. */
const DECISIVE = {
  "&&": { left: false, right: false, result: false },
  "||": { left: true, right: true, result: true },
  "->": { left: false, right: true, result: true },
};

function logicCode(expr: Binary & { op: string }, scope: Scope | undefined, nesting: number): Code {
  const left = compile(expr.left, scope, nesting);
  const right = compile(expr.right, scope, nesting);
  const decisive = DECISIVE[expr.op as keyof typeof DECISIVE];
  const origins = [expr];
  const finish = (value: Value): Step =>
    value.type === "unknown" ? derived(value) : bool(expectBool(value, expr).value, origins);
  const go = (value: Value, env: Env | undefined, interpreter: Interpreter): Step => {
    if (value.type === "unknown") return undecided(value, env, interpreter);
    if (expectBool(value, expr).value === decisive.left) return bool(decisive.result, origins);
    const step = right(env, interpreter);
    return isValue(step) ? finish(step) : andThen(step, finish);
  };
  /** The right side may still decide; if it fails, the left side may have kept Nix from coming to it. */
  function* undecided(value: Unknown, env: Env | undefined, interpreter: Interpreter): Eval<Value> {
    try {
      const step = right(env, interpreter);
      const other = isValue(step) ? step : yield step;
      if (other.type === "bool" && other.value === decisive.right) return bool(decisive.result, origins);
    } catch (error) {
      if (!(error instanceof NixError) || error.failure.kind === "budget") throw error;
    }
    return derived(value);
  }
  return (env, interpreter) => {
    const step = left(env, interpreter);
    return isValue(step) ? go(step, env, interpreter) : andThen(step, (value) => go(value, env, interpreter));
  };
}
