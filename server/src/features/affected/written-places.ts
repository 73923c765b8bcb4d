/**
 * Code with the names of the attributes it is written in, as far as they are known.
 *
 *   { packages.${system} = { site = ./site; }; }   ->   the path ./site, at [ "packages", undefined, "site" ]
 */
import type { Node } from "../../syntax/ast.ts";
import { childrenOf } from "../../syntax/navigate.ts";

/** From the outside in; undefined for a name that is computed. */
export type Chain = readonly (string | undefined)[];

interface Visit {
  readonly node: Node;
  readonly chain: Chain;
  /** The node is a binding of a `let`: its name is no attribute. */
  readonly isVariable?: boolean;
}

/** Each node before what is inside of it; a binding of a set comes with its own names in the chain. */
export function* walkPlaces(root: Node): Iterable<{ readonly node: Node; readonly chain: Chain }> {
  const pending: Visit[] = [{ node: root, chain: [] }];
  for (let visit = pending.pop(); visit !== undefined; visit = pending.pop()) {
    const { node, isVariable } = visit;
    const isAttribute = node.kind === "binding" && isVariable !== true;
    const chain = isAttribute ? [...visit.chain, ...node.path.map(({ name }) => name)] : visit.chain;
    yield { node, chain };
    const below = node.kind === "binding" && isVariable === true ? [node.value] : childrenOf(node);
    for (const child of below.toReversed())
      pending.push({ node: child, chain, isVariable: node.kind === "let" && child !== node.body });
  }
}

/** `x86_64-linux`, which stands between an output and the names in it. */
export function isSystem(name: string): boolean {
  return /^[a-z0-9_]+-(linux|darwin|freebsd|windows)$/.test(name);
}
