/**
 * Variables that nothing binds. Nix refuses a file that has one when it reads it; the evaluator by itself minds
 * only when the variable is used, since a file that is being written has many.
 *
 *   { a = 1; b = x: y; }   ->   the identifier `y`
 */
import type { AttrName, BindingLike, Identifier, Node, Param } from "../syntax/ast.ts";
import { childrenOf, walk } from "../syntax/navigate.ts";
import { isConstant } from "./compile/scope.ts";
import { isGlobalName } from "./globals.ts";

interface Scope {
  readonly up: Scope | undefined;
  readonly names: ReadonlySet<string>;
}

interface Visit {
  readonly node: Node;
  readonly scope: Scope | undefined;
}

export interface Unbound {
  readonly name: string;
  readonly node: Identifier | AttrName;
  /** The names that are bound where it stands, besides those every file sees. */
  readonly visible: () => ReadonlySet<string>;
}

/** In the order of the text, inherited names included; `isGlobal` knows the names that are bound everywhere. */
export function* findUnbound(root: Node, isGlobal: (name: string) => boolean): Iterable<Unbound> {
  const pending: Visit[] = [{ node: root, scope: undefined }];
  for (let visit = pending.pop(); visit !== undefined; visit = pending.pop()) {
    const { node, scope } = visit;
    if (node.kind === "binding" && usesNothing(node)) continue;
    for (const used of namesUsed(node)) {
      const { name } = used;
      if (name !== undefined && !isBound(name, scope) && !isGlobal(name))
        yield { name, node: used, visible: () => visibleIn(scope) };
    }
    for (const below of visitsBelow(node, scope).reverse()) pending.push(below);
  }
}

// Outlives the version of the file, as the nodes do that an edit does not touch.
const withoutVariables = new WeakMap<Node, boolean>();

/** Whether the binding has no variables at all, so that it is the same wherever it stands. */
function usesNothing(binding: Node): boolean {
  const known = withoutVariables.get(binding);
  if (known !== undefined) return known;
  const nodes: Node[] = [];
  const pending = [binding];
  for (let node = pending.pop(); node !== undefined; node = pending.pop()) {
    nodes.push(node);
    if (!withoutVariables.has(node)) for (const child of childrenOf(node)) pending.push(child);
  }
  const using = new Set<Node>();
  for (const node of nodes.reverse()) {
    const isUsing =
      withoutVariables.get(node) === false ||
      namesUsed(node).some(({ name }) => name === undefined || !isConstant(name)) ||
      childrenOf(node).some((child) => using.has(child));
    if (isUsing) using.add(node);
    if (node.kind === "binding") withoutVariables.set(node, !isUsing);
  }
  return !using.has(binding);
}

function visibleIn(scope: Scope | undefined): ReadonlySet<string> {
  return scope === undefined ? new Set() : new Set([...scope.names, ...visibleIn(scope.up)]);
}

/**
 * The variables an expression takes from around it, sorted; those every file sees are not among them. Undefined
 * where a `with` in it may bind any of them.
 */
export function freeVariables(root: Node): string[] | undefined {
  let hasWith = false;
  walk(root, (node) => {
    if (node.kind === "with") hasWith = true;
  });
  if (hasWith) return undefined;
  const found = new Set([...findUnbound(root, isGlobalName)].map(({ name }) => name));
  return [...found].sort();
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
  const joined = joinedNames(bindings);
  // What is joined with a `rec` set sees its names and is seen, `a = rec { x = y; }; a.y = 1;`: not judged.
  const joins = (node: BindingLike): boolean => node.kind === "binding" && joined.has(node.path[0]?.name);
  return bindings
    .filter((node) => !joins(node))
    .map((node) => ({
      node,
      scope: node.kind === "inherit" && node.from === undefined ? outer : inner,
    }));
}

/** The first names of bindings that are written several times, at least once for a `rec` set. */
function joinedNames(bindings: readonly BindingLike[]): ReadonlySet<string | undefined> {
  const times = new Map<string | undefined, number>();
  const recursive = new Set<string | undefined>();
  for (const node of bindings) {
    if (node.kind !== "binding") continue;
    const name = node.path[0]?.name;
    times.set(name, (times.get(name) ?? 0) + 1);
    if (node.value.kind === "attrset" && node.value.recursive) recursive.add(name);
  }
  return new Set([...recursive].filter((name) => (times.get(name) ?? 0) > 1));
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
