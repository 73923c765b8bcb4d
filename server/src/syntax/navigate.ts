/** Moving about a tree: what is inside a node, and what stands at an offset. */
import type { Node, Source } from "./ast.ts";

/** Direct children in source order. */
export function childrenOf(node: Node): readonly Node[] {
  switch (node.kind) {
    case "string":
    case "path":
      return node.parts;
    case "interpolation":
      return [node.expr];
    case "attrset":
      return node.bindings;
    case "binding":
      return [...node.path, node.value];
    case "inherit":
      return node.from === undefined ? node.names : [node.from, ...node.names];
    case "attr-name":
      return node.expr === undefined ? [] : [node.expr];
    case "list":
      return node.elements;
    case "let":
      return [...node.bindings, node.body];
    case "with":
      return [node.scope, node.body];
    case "assert":
      return [node.condition, node.body];
    case "if":
      return [node.condition, node.consequence, node.alternative];
    case "lambda":
      return [node.param, node.body];
    case "param":
      return [...(node.name ? [node.name] : []), ...(node.formals ?? [])];
    case "formal":
      return node.fallback === undefined ? [node.name] : [node.name, node.fallback];
    case "apply":
      return [node.fn, node.arg];
    case "select":
      return [node.target, ...node.path, ...(node.fallback ? [node.fallback] : [])];
    case "has-attr":
      return [node.target, ...node.path];
    case "unary":
      return [node.operand];
    case "binary":
      return [node.left, node.right];
    case "error":
      return node.children;
    default:
      return [];
  }
}

/** Visits `root` and everything below it, parents first, in source order. */
export function walk(root: Node, visit: (node: Node) => void): void {
  const pending: Node[] = [root];
  for (let node = pending.pop(); node !== undefined; node = pending.pop()) {
    visit(node);
    const children = childrenOf(node);
    for (let i = children.length - 1; i >= 0; i--) pending.push(children[i] as Node);
  }
}

/** The nodes whose range holds `offset` (its end included), outermost first. */
export function nodesAt(source: Source, offset: number): readonly Node[] {
  const chain: Node[] = [];
  let node: Node | undefined = source.root;
  if (offset < node.start || offset > node.end) return chain;
  while (node !== undefined) {
    chain.push(node);
    node = childAt(node, offset);
  }
  return chain;
}

/** Where two children meet at the offset, the later one is being written. */
function childAt(node: Node, offset: number): Node | undefined {
  const children = childrenOf(node);
  // Only of a function's arguments one may stand out of order: `{ a }@args` has its name first.
  if (node.kind === "param")
    return children.findLast((child) => child.start <= offset && offset <= child.end);
  let [low, high] = [0, children.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((children[middle] as Node).start <= offset) low = middle + 1;
    else high = middle;
  }
  const child = children[low - 1];
  return child !== undefined && offset <= child.end ? child : undefined;
}

/** Whether a variable of the name is used; to ask for an argument (`{ lib, ... }:`) is not to use it. */
export function usesVariable(body: Node, name: string): boolean {
  let isUsed = false;
  walk(body, (node) => {
    if (node.kind === "identifier" && node.name === name) isUsed = true;
    if (node.kind === "inherit" && node.from === undefined && node.names.some((one) => one.name === name))
      isUsed = true;
  });
  return isUsed;
}
