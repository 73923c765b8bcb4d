/**
 * Sets and lists that are data: written out in full, of literals only. Nothing around them can change what they
 * are, so their value belongs to the file, and all evaluations of that version of it share one.
 *
 *   x: { tags = [ "a" ]; deploy.targetHost = "h"; }    the body is the same set at each call, whoever calls
 */
import type { AttrSet, Expr, ListExpr, Node } from "../../syntax/ast.ts";
import { isValue, type Step } from "../step.ts";
import { Thunk } from "../thunk.ts";
import type { AttrsPlan, Definition } from "./attrs-plan.ts";
import type { Code } from "./code.ts";
import { isBound, isConstant, type Scope } from "./scope.ts";

/** Deeper than people write data. */
const MAX_DEPTH = 32;

/** How deep a set or list of nothing but literals is, and which constants are among them: a scope may rebind these. */
interface Fixed {
  readonly depth: number;
  readonly constants: ReadonlySet<string>;
}

// What is known of nodes outlives the version of the file, as the nodes do that an edit does not touch.
const fixed = new WeakMap<Expr, Fixed | "no">();
const thunks = new WeakMap<Node, { readonly origins: readonly Node[]; readonly thunk: Thunk }>();

/** Whether `expr` is a set or a list of nothing but literals. Broken code is none: it may mean more than it says. */
export function isData(expr: Expr, scope: Scope | undefined): boolean {
  return (expr.kind === "attrset" || expr.kind === "list") && isFixed(expr, scope, 0);
}

/** Whether the set is data that attribute paths and set literals under one name amount to. */
export function isDataPlan(plan: AttrsPlan, scope: Scope | undefined, depth = 0): boolean {
  if (plan.recursive || plan.broken || plan.dynamics.length > 0 || depth > MAX_DEPTH) return false;
  for (const { definition } of plan.statics.values())
    if (!isFixedDefinition(definition, scope, depth + 1)) return false;
  return true;
}

/** The one thunk for all who ask, of what is written at `key` and nowhere else than at the origins. */
export function sharedThunk(code: Code, key: Node, origins: readonly Node[]): Thunk {
  const known = thunks.get(key);
  if (known !== undefined && isSame(known.origins, origins)) return known.thunk;
  const thunk = new Thunk((_, interpreter) => {
    const step = code(undefined, interpreter);
    return isValue(step) ? asData(step) : step;
  }, origins[0]);
  thunks.set(key, { origins, thunk });
  return thunk;
}

function isSame(a: readonly Node[], b: readonly Node[]): boolean {
  return a.length === b.length && a.every((node, index) => node === b[index]);
}

function asData(step: Step): Step {
  return "type" in step && (step.type === "attrs" || step.type === "list") ? { ...step, isData: true } : step;
}

function isFixedDefinition(definition: Definition, scope: Scope | undefined, depth: number): boolean {
  if (definition.kind === "expr") return isFixed(definition.expr, scope, depth);
  return definition.kind === "set" && isDataPlan(definition.plan, scope, depth);
}

function isFixed(expr: Expr, scope: Scope | undefined, depth: number): boolean {
  const found = fixedOf(expr, depth);
  if (found === undefined || depth + found.depth > MAX_DEPTH) return false;
  for (const name of found.constants) if (isBound(name, scope)) return false;
  return true;
}

const NO_CONSTANTS: ReadonlySet<string> = new Set();
const LITERAL: Fixed = { depth: 0, constants: NO_CONSTANTS };

function fixedOf(expr: Expr, depth: number): Fixed | undefined {
  if (depth > MAX_DEPTH) return undefined;
  switch (expr.kind) {
    case "int":
    case "float":
    case "uri":
      return LITERAL;
    case "identifier":
      return isConstant(expr.name) ? { depth: 0, constants: new Set([expr.name]) } : undefined;
    case "string":
      return expr.parts.every(({ kind }) => kind === "text") ? LITERAL : undefined;
    case "list":
    case "attrset": {
      const known = fixed.get(expr);
      if (known !== undefined) return known === "no" ? undefined : known;
      const found = expr.kind === "list" ? fixedList(expr, depth) : fixedSet(expr, depth);
      // One that is too deep here may be none somewhere else.
      if (found !== undefined || depth === 0) fixed.set(expr, found ?? "no");
      return found;
    }
    default:
      return undefined;
  }
}

function fixedList({ broken, elements }: ListExpr, depth: number): Fixed | undefined {
  let all = LITERAL;
  for (const element of broken ? [] : elements) {
    const found = fixedOf(element, depth + 1);
    if (found === undefined) return undefined;
    all = together(all, found, 1);
  }
  return broken ? undefined : all;
}

function fixedSet({ recursive, broken, bindings }: AttrSet, depth: number): Fixed | undefined {
  if (recursive || broken) return undefined;
  let all = LITERAL;
  for (const binding of bindings) {
    if (binding.kind !== "binding" || binding.path.some(({ name }) => name === undefined)) return undefined;
    const levels = binding.path.length;
    const found = fixedOf(binding.value, depth + levels);
    if (found === undefined) return undefined;
    all = together(all, found, levels);
  }
  return all;
}

/** With another part so many levels further in. */
function together(all: Fixed, part: Fixed, levels: number): Fixed {
  const depth = Math.max(all.depth, part.depth + levels);
  const isMore = [...part.constants].some((name) => !all.constants.has(name));
  if (depth === all.depth && !isMore) return all;
  return { depth, constants: isMore ? new Set([...all.constants, ...part.constants]) : all.constants };
}
