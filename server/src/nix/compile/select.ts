/** Compiles `e.a.${n} or d` and `e ? a.b`. */
import type { AttrName, HasAttr, Select } from "../../syntax/ast.ts";
import type { Env } from "../env.ts";
import { derived } from "../errors.ts";
import { andThen, isValue, type Machine, type Step } from "../machine.ts";
import { bool } from "../make.ts";
import { selectFrom } from "../select.ts";
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

export function selectCode(expr: Select, scope: Scope | undefined, nesting: number): Code {
  const target = compile(expr.target, scope, nesting);
  const segments = segmentsOf(expr.path, scope, nesting);
  const fallback = expr.fallback && delay(expr.fallback, scope);
  if (segments.length === 1 && fallback === undefined) {
    const [{ node, name }] = segments as [Segment];
    if (name !== undefined) {
      return (env, machine) => {
        const step = target(env, machine);
        return isValue(step)
          ? selectFrom(step, name, node, machine)
          : andThen(step, (value) => selectFrom(value, name, node, machine));
      };
    }
  }
  return (env, machine) => {
    const otherwise = fallback?.(env);
    const walk = (value: Value, index: number): Step => {
      const segment = segments[index];
      if (segment === undefined) return value;
      // Not a set, but there is a fallback: the names left are not even evaluated.
      if (otherwise && value.type !== "attrs" && value.type !== "unknown") return machine.force(otherwise);
      return withName(segment, env, machine, (name) => {
        if (otherwise && value.type === "attrs" && !value.open && !value.attrs.has(name)) {
          return machine.force(otherwise);
        }
        // Only the last step may answer with the fallback, for the others would select from it.
        const last = index === segments.length - 1;
        const selected = selectFrom(value, name, segment.node, machine, last ? otherwise : undefined);
        return last ? selected : andThen(selected, (next) => walk(next, index + 1));
      });
    };
    const step = target(env, machine);
    return isValue(step) ? walk(step, 0) : andThen(step, (value) => walk(value, 0));
  };
}

export function hasAttrCode(expr: HasAttr, scope: Scope | undefined, nesting: number): Code {
  const target = compile(expr.target, scope, nesting);
  const segments = segmentsOf(expr.path, scope, nesting);
  const origins = [expr];
  return (env, machine) => {
    const walk = (value: Value, index: number): Step => {
      const segment = segments[index];
      if (segment === undefined) return bool(true, origins);
      if (value.type === "unknown") return derived(value);
      if (value.type !== "attrs") return bool(false, origins);
      return withName(segment, env, machine, (name) => {
        const found = value.attrs.get(name);
        if (found === undefined) return value.open ? derived(value.open) : bool(false, origins);
        if (index === segments.length - 1) return bool(true, origins);
        return andThen(machine.force(found.value), (next) => walk(next, index + 1));
      });
    };
    const step = target(env, machine);
    return isValue(step) ? walk(step, 0) : andThen(step, (value) => walk(value, 0));
  };
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

/** Goes on with the segment's name; if that is unknown, so is the result. */
function withName(
  segment: Segment,
  env: Env | undefined,
  machine: Machine,
  next: (name: string) => Step,
): Step {
  if (segment.name !== undefined) return next(segment.name);
  if (segment.code === undefined) return next("");
  return andThen(segment.code(env, machine), (name) =>
    name.type === "unknown" ? derived(name) : next(attrNameText(name)),
  );
}
