/**
 * Variables that nothing binds. Nix refuses a file that has one when it reads it; the evaluator by itself minds
 * only when the variable is used, since a file that is being written has many.
 *
 *   { a = 1; b = x: y; }   ->   the identifier `y`
 */
import type { AttrName, BindingLike, Expr, Identifier, Node, Param } from "../syntax/ast.ts";
import { childrenOf } from "../syntax/navigate.ts";

interface Scope {
  readonly up: Scope | undefined;
  readonly names: ReadonlySet<string>;
}

interface Visit {
  readonly node: Node;
  readonly scope: Scope | undefined;
}

/** The first in the text, inherited names included; `isGlobal` knows the names that are bound everywhere. */
export function findUnbound(
  root: Expr,
  isGlobal: (name: string) => boolean,
): { readonly name: string; readonly node: Node } | undefined {
  const pending: Visit[] = [{ node: root, scope: undefined }];
  for (let visit = pending.pop(); visit !== undefined; visit = pending.pop()) {
    const { node, scope } = visit;
    for (const used of namesUsed(node)) {
      const { name } = used;
      if (name !== undefined && !isBound(name, scope) && !isGlobal(name)) return { name, node: used };
    }
    pending.push(...visitsBelow(node, scope).reverse());
  }
  return undefined;
}

function isBound(name: string, scope: Scope | undefined): boolean {
  // Its own position: no variable, but written like one.
  if (name === "__curPos") return true;
  for (let current = scope; current !== undefined; current = current.up)
    if (current.names.has(name)) return true;
  return false;
}

/** What is looked up where the node stands. */
function namesUsed(node: Node): readonly (Identifier | AttrName)[] {
  if (node.kind === "identifier") return [node];
  return node.kind === "inherit" && node.from === undefined ? node.names : [];
}

function visitsBelow(node: Node, scope: Scope | undefined): Visit[] {
  switch (node.kind) {
    case "with":
      // Any name may be bound in its body.
      return [{ node: node.scope, scope }];
    case "lambda": {
      const inner = { up: scope, names: new Set(parameterNames(node.param)) };
      const fallbacks = (node.param.formals ?? []).flatMap(({ fallback }) => fallback ?? []);
      return [...fallbacks, node.body].map((below) => ({ node: below, scope: inner }));
    }
    case "let": {
      const inner = { up: scope, names: new Set(boundNames(node.bindings)) };
      return [...bindingVisits(node.bindings, scope, inner), { node: node.body, scope: inner }];
    }
    case "attrset":
      if (!node.recursive && !node.legacyLet) return bindingVisits(node.bindings, scope, scope);
      return bindingVisits(node.bindings, scope, { up: scope, names: new Set(boundNames(node.bindings)) });
    default:
      return childrenOf(node).map((below) => ({ node: below, scope }));
  }
}

/** `inherit a;` takes `a` from outside of what it is bound in. */
function bindingVisits(
  bindings: readonly BindingLike[],
  outer: Scope | undefined,
  inner: Scope | undefined,
): Visit[] {
  return bindings
    .filter((node) => !joinsRecursive(node, bindings))
    .map((node) => ({
      node,
      scope: node.kind === "inherit" && node.from === undefined ? outer : inner,
    }));
}

/** Whether the binding adds to a `rec` set, whose names it then sees: `a = rec { x = 1; }; a.y = x;`. */
function joinsRecursive(binding: BindingLike, bindings: readonly BindingLike[]): boolean {
  if (binding.kind !== "binding") return false;
  const name = binding.path[0]?.name;
  return bindings.some(
    (other) =>
      other !== binding &&
      other.kind === "binding" &&
      other.path[0]?.name === name &&
      other.value.kind === "attrset" &&
      other.value.recursive,
  );
}

function parameterNames({ name, formals }: Param): string[] {
  return [...(name ? [name] : []), ...(formals ?? []).map((formal) => formal.name)].map(
    (bound) => bound.name,
  );
}

function boundNames(bindings: readonly BindingLike[]): string[] {
  return bindings
    .flatMap((binding) => (binding.kind === "inherit" ? binding.names : binding.path.slice(0, 1)))
    .flatMap(({ name }) => name ?? []);
}
