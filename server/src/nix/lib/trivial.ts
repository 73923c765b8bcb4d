/**
 * `lib.trivial`: functions about functions, booleans, numbers and messages.
 *
 *   lib.pipe 1 [ (x: x + 1) toString ]  ->  "2"        lib.toHexString 255  ->  "FF"
 */
import { divide, multiply, subtract } from "../arithmetic.ts";
import { functionArgs } from "../builtins/types.ts";
import { equalThunks } from "../equality.ts";
import { fail, Undecided } from "../errors.ts";
import { expectBool, expectClosedList, expectInt, expectString, findAttr } from "../expect.ts";
import { apply } from "../interpreter.ts";
import { attrs, bool, int, list, string, unknown } from "../make.ts";
import { concatLists, updateAttrs } from "../merge.ts";
import { lessThan } from "../order.ts";
import type { Eval } from "../step.ts";
import { Thunk } from "../thunk.ts";
import type { Value } from "../value.ts";
import { eagerly, isCallable, lazily, type Members, pick, shownOf } from "./native.ts";

const BUILTINS =
  "pathExists readFile isBool isInt isFloat add sub mul div lessThan seq deepSeq genericClosure " +
  "bitAnd bitOr bitXor ceil floor warn";

export function trivialMembers(builtins: Members): Members {
  const call = (name: string, ...args: Thunk[]): Thunk => apply(builtins[name] as Value, ...args);
  return {
    ...pick(builtins, BUILTINS),
    ...lazily({
      id: (x) => x,
      const: (x, _ignored) => x,
      flip: (f, a, b) => apply(f, b, a),
      pipe: function* (value, functions) {
        let result = value;
        for (const fn of expectClosedList(yield functions).elements) result = apply(fn, result);
        return yield result;
      },
      and: (x, y) => shortCircuit(x, y, false),
      or: (x, y) => shortCircuit(x, y, true),
      defaultTo: function* (fallback, value) {
        const given = yield value;
        return known(given).type === "null" ? yield fallback : given;
      },
      mapNullable: function* (fn, value) {
        const given = yield value;
        return known(given).type === "null" ? given : yield apply(fn, value);
      },
      min: (x, y) => smaller(x, y, x, y),
      max: (x, y) => smaller(y, x, x, y),
      compare: function* (a, b) {
        const [left, right] = [yield a, yield b];
        if (yield* lessThan(left, right)) return int(-1);
        return int((yield* lessThan(right, left)) ? 1 : 0);
      },
      splitByAndCompare: function* (pred, yes, no, a, b) {
        const [left, right] = [yield apply(pred, a), yield apply(pred, b)];
        if (expectBool(left).value !== expectBool(right).value) return int(expectBool(left).value ? -1 : 1);
        return yield apply(expectBool(left).value ? yes : no, a, b);
      },
      importJSON: (file) => call("fromJSON", call("readFile", file)),
      importTOML: (file) => call("fromTOML", call("readFile", file)),
      warnIf: (cond, message, value) => guarded(cond, true, call("warn", message, value), value),
      warnIfNot: (cond, message, value) => guarded(cond, false, call("warn", message, value), value),
      throwIf: (cond, message, value) => guarded(cond, true, call("throw", message), value),
      throwIfNot: (cond, message, value) => guarded(cond, false, call("throw", message), value),
      info: function* (message, value) {
        return yield call("trace", Thunk.of(string(`INFO: ${expectString(yield message).value}`)), value);
      },
      showWarnings: function* (messages, value) {
        for (const message of expectClosedList(yield messages).elements) yield call("warn", message, value);
        return yield value;
      },
      checkListOfEnum: checkListOfEnum,
      functionArgs: libFunctionArgs,
      isFunction: function* (value) {
        return bool(yield* isCallable(yield value));
      },
      toFunction: function* (value) {
        const given = yield value;
        return (yield* isCallable(given)) ? given : constant(value);
      },
      setFunctionArgs: (fn, args) => attrs({ __functor: constant(fn), __functionArgs: args }),
      mirrorFunctionArgs: (fn, other) =>
        attrs({ __functor: constant(other), __functionArgs: new Thunk(() => libFunctionArgs(fn)) }),
    }),
    ...eagerly({
      concat: (x, y) => concatLists(x, y),
      mergeAttrs: (x, y) => updateAttrs(x, y),
      xor: (x, y) => bool(expectBool(x).value !== expectBool(y).value),
      bitNot: (x) => subtract(int(-1), x),
      boolToString: (b) => string(String(expectBool(b).value)),
      boolToYesNo: (b) => string(expectBool(b).value ? "yes" : "no"),
      mod: (base, modulus) => subtract(base, multiply(modulus, divide(base, modulus))),
      fromHexString: (text) => fromHex(expectString(text).value),
      toHexString: (number) =>
        string(
          baseDigits(16n, expectInt(number).value)
            .map((digit) => digit.toString(16).toUpperCase())
            .join(""),
        ),
      toBaseDigits: (base, number) =>
        list(baseDigits(expectInt(base).value, expectInt(number).value).map((digit) => Thunk.of(int(digit)))),
    }),
    // True in a flake, but the same code may be evaluated impurely.
    inPureEvalMode: unknown("whether the evaluation is pure is not known"),
    inNixShell: unknown("environment variables are not read"),
  };
}

/** Throws Undecided for an Unknown. */
function known(value: Value): Value {
  if (value.type === "unknown") throw new Undecided(value);
  return value;
}

/** `_: value` */
function constant(value: Thunk): Value {
  return lazily({ constant: (_argument) => value }).constant as Value;
}

/** `&&` (decisive false) and `||` (true). */
function* shortCircuit(x: Thunk, y: Thunk, decisive: boolean): Eval<Value> {
  const left = yield x;
  if (left.type !== "unknown" && expectBool(left).value === decisive) return left;
  const right = yield y;
  if (right.type === "unknown" || expectBool(right).value === decisive) return right;
  return left;
}

function* smaller(a: Thunk, b: Thunk, ifLess: Thunk, otherwise: Thunk): Eval<Value> {
  return yield (yield* lessThan(yield a, yield b)) ? ifLess : otherwise;
}

/** An unknown condition is taken not to hold, as that of an `assert`. */
function* guarded(condition: Thunk, bad: boolean, ifBad: Thunk, value: Thunk): Eval<Value> {
  const decided = yield condition;
  if (decided.type === "unknown" || expectBool(decided).value !== bad) return yield value;
  return yield ifBad;
}

function* checkListOfEnum(message: Thunk, valid: Thunk, given: Thunk, value: Thunk): Eval<Value> {
  const allowed = expectClosedList(yield valid).elements;
  const wrong: string[] = [];
  for (const element of expectClosedList(yield given).elements) {
    let found = false;
    for (const other of allowed) found ||= yield* equalThunks(element, other);
    if (!found) wrong.push((yield* shownOf(element)).value);
  }
  if (wrong.length === 0) return yield value;
  const names: string[] = [];
  for (const other of allowed) names.push((yield* shownOf(other)).value);
  const what = `${wrong.join(", ")} unexpected; valid ones: ${names.join(", ")}`;
  return fail("throw", `${expectString(yield message).value}: ${what}`);
}

/** As the builtin, but for a set with `__functor` what its `__functionArgs` says. */
export function* libFunctionArgs(fn: Thunk): Eval<Value> {
  const value = yield fn;
  const functor = value.type === "attrs" ? findAttr(value, "__functor") : undefined;
  if (value.type !== "attrs" || functor === undefined) return functionArgs(value);
  const declared = findAttr(value, "__functionArgs");
  return declared ? yield declared : functionArgs(yield apply(functor, fn));
}

function fromHex(text: string): Value {
  const digits = /^(?:0x)?([0-9a-f]+)$/i.exec(text)?.[1];
  const number = digits === undefined ? undefined : BigInt(`0x${digits}`);
  if (number === undefined || number >= 2n ** 63n) fail("error", `'${text}' is no hexadecimal number`);
  return int(number ?? 0n);
}

/** Most significant digit first. */
function baseDigits(base: bigint, number: bigint): bigint[] {
  if (base < 2n || number < 0n)
    fail("assert", "toBaseDigits: the base must be at least 2, the number positive");
  const digits: bigint[] = [];
  do {
    digits.unshift(number % base);
    number /= base;
  } while (number > 0n);
  return digits;
}
