/**
 * What the bindings of a set or `let` amount to, as Nix reads them: attribute paths become nested sets, and
 * paths and set literals under one name are merged. Mistakes are kept as `duplicate`.
 *
 *   { a.b = 1; a = { c = 2; }; }   ->   a: set { b: 1, c: 2 }
 */
import type { AttrName, AttrSet, Binding, BindingLike, Expr, Inherit, Node } from "../../syntax/ast.ts";

export interface AttrsPlan {
  recursive: boolean;
  /** Part of the code could not be read. */
  broken: boolean;
  readonly statics: Map<string, StaticAttr>;
  readonly dynamics: DynamicAttr[];
  /** The `from` of each `inherit (from) …`, evaluated once for all its names. */
  readonly froms: Expr[];
  /** The set literals and bindings it was written as. */
  readonly origins: Node[];
}

export interface StaticAttr {
  /** Each place the name is written. */
  readonly keys: AttrName[];
  definition: Definition;
}

export interface DynamicAttr {
  readonly key: AttrName;
  readonly name: Expr;
  readonly definition: Definition;
}

export type Definition =
  | { readonly kind: "expr"; readonly expr: Expr }
  /** Attribute paths that begin with the name, perhaps together with a set literal. */
  | { readonly kind: "set"; readonly plan: AttrsPlan }
  /** `inherit name;` from the scope around. */
  | { readonly kind: "inherit"; readonly key: AttrName }
  /** `inherit (froms[from]) name;` */
  | { readonly kind: "inherit-from"; readonly key: AttrName; readonly from: number }
  /** Nix refuses the file: the name has a definition `first` that cannot be merged with `second`. */
  | { readonly kind: "duplicate"; readonly first: AttrName; readonly second: AttrName };

/** The plan of `{ … }` or `rec { … }`. */
export function planAttrSet(set: AttrSet): AttrsPlan {
  return addSet(emptyPlan(set.recursive || set.legacyLet), set);
}

/** The plan of the bindings of a `let`. */
export function planLet(bindings: readonly BindingLike[]): AttrsPlan {
  const plan = emptyPlan(true);
  for (const binding of bindings) addBinding(plan, binding);
  return plan;
}

/** The name of a segment if it is fixed: `a`, `"a"` and `${"a"}`; undefined if it is computed. */
export function staticName(segment: AttrName): string | undefined {
  if (segment.name !== undefined) return segment.name;
  const { expr } = segment;
  if (expr?.kind !== "string") return undefined;
  let text = "";
  for (const part of expr.parts) {
    if (part.kind !== "text") return undefined;
    text += part.text;
  }
  return text;
}

function emptyPlan(recursive: boolean): AttrsPlan {
  return { recursive, broken: false, statics: new Map(), dynamics: [], froms: [], origins: [] };
}

function addSet(plan: AttrsPlan, set: AttrSet): AttrsPlan {
  plan.origins.push(set);
  plan.broken ||= set.broken;
  for (const binding of set.bindings) addBinding(plan, binding);
  return plan;
}

function addBinding(plan: AttrsPlan, binding: BindingLike): void {
  if (binding.kind === "inherit") addInherit(plan, binding);
  else addPath(plan, binding);
}

function addInherit(plan: AttrsPlan, inherit: Inherit): void {
  const from = inherit.from ? plan.froms.push(inherit.from) - 1 : undefined;
  for (const key of inherit.names) {
    const name = staticName(key);
    if (name === undefined) continue;
    define(
      plan,
      name,
      key,
      from === undefined ? { kind: "inherit", key } : { kind: "inherit-from", key, from },
    );
  }
}

function addPath(plan: AttrsPlan, binding: Binding): void {
  let inner = plan;
  const last = binding.path.length - 1;
  for (const [index, key] of binding.path.entries()) {
    if (index < last) inner = nestedPlan(inner, key, binding);
    else addValue(inner, key, binding.value);
  }
}

function addValue(plan: AttrsPlan, key: AttrName, expr: Expr): void {
  const definition: Definition = { kind: "expr", expr };
  const name = staticName(key);
  if (name === undefined) {
    if (key.expr) plan.dynamics.push({ key, name: key.expr, definition });
    return;
  }
  const existing = plan.statics.get(name);
  const merged = existing && isSetLiteral(expr) ? planOf(existing) : undefined;
  if (existing && merged) {
    // Merged into the literal that was there first, whose `rec` is the one that counts.
    existing.keys.push(key);
    addSet(merged, expr as AttrSet);
  } else {
    define(plan, name, key, definition);
  }
}

/** The set that `key` names within `plan`, made if need be by `binding`. */
function nestedPlan(plan: AttrsPlan, key: AttrName, binding: Binding): AttrsPlan {
  const name = staticName(key);
  const existing = name === undefined ? undefined : plan.statics.get(name);
  const merged = existing && planOf(existing);
  if (existing && merged) {
    existing.keys.push(key);
    merged.origins.push(binding);
    return merged;
  }
  const nested = emptyPlan(false);
  nested.origins.push(binding);
  const definition: Definition = { kind: "set", plan: nested };
  if (name !== undefined) define(plan, name, key, definition);
  else if (key.expr) plan.dynamics.push({ key, name: key.expr, definition });
  return nested;
}

/** The plan of an attribute's set, to be merged into; undefined if it is no set written out. */
function planOf(attribute: StaticAttr): AttrsPlan | undefined {
  const { definition } = attribute;
  if (definition.kind === "set") return definition.plan;
  if (definition.kind !== "expr" || !isSetLiteral(definition.expr)) return undefined;
  const plan = planAttrSet(definition.expr);
  attribute.definition = { kind: "set", plan };
  return plan;
}

function define(plan: AttrsPlan, name: string, key: AttrName, definition: Definition): void {
  const existing = plan.statics.get(name);
  if (existing === undefined) {
    plan.statics.set(name, { keys: [key], definition });
  } else {
    const [first = key] = existing.keys;
    existing.keys.push(key);
    existing.definition = { kind: "duplicate", first, second: key };
  }
}

function isSetLiteral(expr: Expr): expr is AttrSet {
  return expr.kind === "attrset" && !expr.legacyLet;
}
