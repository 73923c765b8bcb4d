/**
 * Sets and lists that are data: written out in full, of literals only. Nothing around them can change what they
 * are, so their value belongs to the file, and all evaluations of that version of it share one.
 *
 *   x: { tags = [ "a" ]; deploy.targetHost = "h"; }    the body is the same set at each call, whoever calls
 */
import type { Expr, Node } from "../../syntax/ast.ts";
import { isValue, type Step } from "../machine.ts";
import { Thunk } from "../thunk.ts";
import type { AttrsPlan, Definition } from "./attrs-plan.ts";
import type { Code } from "./code.ts";
import { isBound, isConstant, type Scope } from "./scope.ts";

/** Deeper than people write data. */
const MAX_DEPTH = 32;

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

/** The one thunk for all who ask. */
export function sharedThunk(code: Code, node: Node | undefined): Thunk {
  return new Thunk((_, machine) => {
    const step = code(undefined, machine);
    return isValue(step) ? asData(step) : step;
  }, node);
}

function asData(step: Step): Step {
  return "type" in step && (step.type === "attrs" || step.type === "list") ? { ...step, isData: true } : step;
}

function isFixedDefinition(definition: Definition, scope: Scope | undefined, depth: number): boolean {
  if (definition.kind === "expr") return isFixed(definition.expr, scope, depth);
  return definition.kind === "set" && isDataPlan(definition.plan, scope, depth);
}

function isFixed(expr: Expr, scope: Scope | undefined, depth: number): boolean {
  if (depth > MAX_DEPTH) return false;
  switch (expr.kind) {
    case "int":
    case "float":
    case "uri":
      return true;
    case "identifier":
      return isConstant(expr.name) && !isBound(expr.name, scope);
    case "string":
      return expr.parts.every(({ kind }) => kind === "text");
    case "list":
      return !expr.broken && expr.elements.every((element) => isFixed(element, scope, depth + 1));
    case "attrset":
      if (expr.recursive || expr.broken) return false;
      return expr.bindings.every(
        (binding) =>
          binding.kind === "binding" &&
          binding.path.every(({ name }) => name !== undefined) &&
          isFixed(binding.value, scope, depth + binding.path.length),
      );
    default:
      return false;
  }
}
