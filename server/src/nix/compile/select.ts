/** Compiles `e.a.${n} or d` and `e ? a.b`. */
import type { AttrName, HasAttr, Select } from "../../syntax/ast.ts";
import type { Env } from "../env.ts";
import { derived } from "../errors.ts";
import { mayHave } from "../expect.ts";
import type { Interpreter } from "../interpreter.ts";
import { bool } from "../make.ts";
import { selectFrom } from "../select.ts";
import { andThen, isValue, type Step } from "../step.ts";
import type { Value } from "../value.ts";
import { attrNameText } from "./attrs.ts";
import { staticName } from "./attrs-plan.ts";
import type { Code } from "./code.ts";
import { compile, delay } from "./expression.ts";
import type { Scope } from "./scope.ts";

/** One segment of a path: a fixed name, or code that computes it. */
interface Segment {
  readonly node: AttrName;
  readonly name: string | undefined;
  readonly code: Code | undefined;
}

/** Goes on from `value`, what the segments before `index` led to. */
type Walk = (value: Value, index: number, env: Env | undefined, interpreter: Interpreter) => Step;
/** What one segment does, its name known; it goes on by itself. */
type Visit = (
  value: Value,
  name: string,
  index: number,
  env: Env | undefined,
  interpreter: Interpreter,
) => Step;

export function selectCode(expr: Select, scope: Scope | undefined, nesting: number): Code {
  const segments = segmentsOf(expr.path, scope, nesting);
  const last = segments.length - 1;
  const fallback = expr.fallback && delay(expr.fallback, scope);
  const target = compile(expr.target, scope, nesting);
  if (segments.length === 1 && segments[0]?.name !== undefined) {
    // By far the most frequent form.
    const { node, name } = segments[0];
    return (env, interpreter) => {
      const step = target(env, interpreter);
      return isValue(step)
        ? selectFrom(step, name, node, interpreter, fallback, env, expr)
        : andThen(step, (value) => selectFrom(value, name, node, interpreter, fallback, env, expr));
    };
  }
  const visit: Visit = (value, name, index, env, interpreter) => {
    const { node } = segments[index] as Segment;
    // Only the last step may answer with the fallback, for the others would select from it.
    if (index === last) return selectFrom(value, name, node, interpreter, fallback, env, expr);
    if (fallback && surelyLacks(value, name)) return interpreter.force(fallback(env, interpreter));
    return next(
      selectFrom(value, name, node, interpreter, undefined, env, expr),
      index + 1,
      env,
      interpreter,
    );
  };
  const walk: Walk = (value, index, env, interpreter) => {
    // Not a set, but there is a fallback: the names left are not even evaluated.
    if (fallback && value.type !== "attrs" && value.type !== "unknown")
      return interpreter.force(fallback(env, interpreter));
    return visitSegment(segments[index] as Segment, visit, value, index, env, interpreter);
  };
  const next = stepper(walk);
  return (env, interpreter) => next(target(env, interpreter), 0, env, interpreter);
}

export function hasAttrCode(expr: HasAttr, scope: Scope | undefined, nesting: number): Code {
  const segments = segmentsOf(expr.path, scope, nesting);
  const last = segments.length - 1;
  const yes = bool(true, [expr]);
  const no = bool(false, [expr]);
  const visit: Visit = (value, name, index, env, interpreter) => {
    if (value.type !== "attrs") return no;
    const found = value.attrs.get(name);
    if (found === undefined) {
      const doubt = mayHave(value, name);
      return doubt ? derived(doubt) : no;
    }
    return index === last ? yes : next(interpreter.force(found.value), index + 1, env, interpreter);
  };
  const walk: Walk = (value, index, env, interpreter) => {
    if (value.type === "unknown") return derived(value);
    if (value.type !== "attrs") return no;
    return visitSegment(segments[index] as Segment, visit, value, index, env, interpreter);
  };
  const next = stepper(walk);
  const target = compile(expr.target, scope, nesting);
  return (env, interpreter) => next(target(env, interpreter), 0, env, interpreter);
}

function stepper(
  walk: Walk,
): (step: Step, index: number, env: Env | undefined, interpreter: Interpreter) => Step {
  return (step, index, env, interpreter) =>
    isValue(step)
      ? walk(step, index, env, interpreter)
      : andThen(step, (value) => walk(value, index, env, interpreter));
}

/** If the name must be computed and is unknown, so is the result. */
function visitSegment(
  segment: Segment,
  visit: Visit,
  value: Value,
  index: number,
  env: Env | undefined,
  interpreter: Interpreter,
): Step {
  if (segment.code === undefined) return visit(value, segment.name ?? "", index, env, interpreter);
  return andThen(segment.code(env, interpreter), (name) =>
    name.type === "unknown"
      ? derived(name)
      : visit(value, attrNameText(name, segment.node), index, env, interpreter),
  );
}

function surelyLacks(value: Value, name: string): boolean {
  if (value.type === "attrs") return !mayHave(value, name) && !value.attrs.has(name);
  return value.type !== "unknown";
}

function segmentsOf(
  path: readonly AttrName[],
  scope: Scope | undefined,
  nesting: number,
): readonly Segment[] {
  return path.map((node) => {
    const name = staticName(node);
    const code = name === undefined && node.expr ? compile(node.expr, scope, nesting) : undefined;
    return { node, name, code };
  });
}
