/**
 * `lib.asserts` and `lib.debug`: checks with messages, tracing, tests.
 *
 *   lib.assertMsg (1 == 2) "no"  ->  throws "no"        lib.traceVal 1  ->  1
 */
import { equalThunks } from "../equality.ts";
import { fail, Undecided } from "../errors.ts";
import {
  expectAttrs,
  expectBool,
  expectClosedAttrs,
  expectClosedList,
  expectString,
  findAttr,
} from "../expect.ts";
import { apply } from "../interpreter.ts";
import { attrs, bool, list, string } from "../make.ts";
import { sortedAttrs } from "../order.ts";
import type { Eval } from "../step.ts";
import { Thunk } from "../thunk.ts";
import type { Value } from "../value.ts";
import { lazily, type Members, pick, textOf } from "./native.ts";
import { toPretty } from "./to-pretty.ts";

const NO_OPTIONS = Thunk.of(attrs({}));

export function assertMembers(): Members {
  return lazily({
    assertMsg: function* (pred, message) {
      return yield* ensured(yield pred, () => textOf(message));
    },
    assertOneOf: function* (name, value, allowed) {
      const found = yield* isAmong(value, allowed);
      return yield* ensured(bool(found), function* () {
        const text = `${(yield* textOf(name)).value} must be one of ${yield* prettyText(allowed)}`;
        return string(`${text}, but is: ${yield* prettyText(value)}`);
      });
    },
    assertEachOneOf: function* (name, values, allowed) {
      let found = true;
      for (const value of expectClosedList(yield values).elements) found &&= yield* isAmong(value, allowed);
      return yield* ensured(bool(found), function* () {
        const text = `each element in ${(yield* textOf(name)).value} must be one of ${yield* prettyText(allowed)}`;
        return string(`${text}, but is: ${yield* prettyText(values)}`);
      });
    },
    checkAssertWarn: function* (assertions, _warnings, value) {
      const failed: string[] = [];
      for (const element of expectClosedList(yield assertions).elements) {
        const entry = expectAttrs(yield element);
        const holds = findAttr(entry, "assertion") ?? fail("error", "attribute 'assertion' missing");
        const message = findAttr(entry, "message") ?? fail("error", "attribute 'message' missing");
        if (!expectBool(yield holds).value) failed.push(`- ${(yield* textOf(message)).value}`);
      }
      return failed.length > 0 ? fail("throw", `\nFailed assertions:\n${failed.join("\n")}`) : yield value;
    },
  });
}

function* ensured(pred: Value, message: () => Eval<Value>): Eval<Value> {
  if (pred.type === "unknown") throw new Undecided(pred);
  return expectBool(pred).value ? pred : fail("throw", expectString(yield message()).value);
}

function* prettyText(value: Thunk): Eval<string> {
  return expectString(yield toPretty(NO_OPTIONS, value)).value;
}

function* isAmong(value: Thunk, allowed: Thunk): Eval<boolean> {
  for (const other of expectClosedList(yield allowed).elements)
    if (yield* equalThunks(value, other)) return true;
  return false;
}

export function debugMembers(builtins: Members): Members {
  const trace = (message: Thunk, value: Thunk): Thunk => apply(builtins.trace as Value, message, value);
  const deepSeq = (first: Thunk, second: Thunk): Thunk => apply(builtins.deepSeq as Value, first, second);
  return {
    ...pick(builtins, "trace addErrorContext unsafeGetAttrPos"),
    ...lazily({
      traceIf: function* (pred, message, value) {
        const decided = yield pred;
        const traced = decided.type !== "unknown" && expectBool(decided).value;
        return yield traced ? trace(message, value) : value;
      },
      traceVal: (value) => trace(value, value),
      traceValFn: (fn, value) => trace(apply(fn, value), value),
      traceSeq: (message, value) => trace(deepSeq(message, message), value),
      traceValSeq: (value) => trace(deepSeq(value, value), value),
      traceValSeqFn: (fn, value) => trace(apply(fn, deepSeq(value, value)), value),
      traceSeqN: (_depth, message, value) => trace(message, value),
      traceValSeqN: (_depth, value) => trace(value, value),
      traceValSeqNFn: (fn, _depth, value) => trace(apply(fn, value), value),
      traceFnSeqN: (_depth, name, fn, value) => trace(name, apply(fn, value)),
      testAllTrue: function* (results) {
        const { elements } = expectClosedList(yield results);
        const expected = list(elements.map(() => Thunk.of(bool(true))));
        return attrs({ expr: results, expected });
      },
      runTests: runTests,
    }),
  };
}

/** The tests (`{ testX = { expr; expected; }; }`) whose expression is not what is expected. */
function* runTests(tests: Thunk): Eval<Value> {
  const all = expectClosedAttrs(yield tests);
  const chosen = all.attrs.get("tests");
  const names = new Set<string>();
  if (chosen)
    for (const name of expectClosedList(yield chosen.value).elements)
      names.add(expectString(yield name).value);
  const failed: Thunk[] = [];
  for (const [name, { value }] of sortedAttrs(all)) {
    if (names.size > 0 ? !names.has(name) : !name.startsWith("test") || name === "tests") continue;
    const test = expectAttrs(yield value);
    const result = findAttr(test, "expr") ?? fail("error", "attribute 'expr' missing");
    const expected = findAttr(test, "expected") ?? fail("error", "attribute 'expected' missing");
    if (yield* equalThunks(result, expected)) continue;
    failed.push(Thunk.of(attrs({ name: string(name), expected, result })));
  }
  return list(failed);
}
