/**
 * Arguments that the modules of a machine ask for and that nobody gives them, where Nix surely reads them.
 *
 *   { pgs, ... }: { environment.systemPackages = [ pgs.hello ]; }   ->   pgs, read at `pgs`
 */
import type { OptionNode } from "../../modules/option-node.ts";
import type { Identifier, Lambda, Node } from "../../syntax/ast.ts";
import { bindsName } from "../../syntax/free-of.ts";
import { nodesAt, walk } from "../../syntax/navigate.ts";
import type { Link } from "./config-paths.ts";
import { isSurelyUsed } from "./liveness.ts";

export interface MissingArgument {
  /** Where it is asked for. */
  readonly name: Identifier;
  /** Where it is read, the first of them surely. */
  readonly uses: readonly Node[];
  /** What there is. */
  readonly given: ReadonlySet<string>;
}

export function findMissingArguments(
  functions: readonly Lambda[],
  given: ReadonlySet<string>,
  root: OptionNode,
): readonly MissingArgument[] {
  return functions.flatMap((fn) =>
    (fn.param.formals ?? []).flatMap(({ name }) => {
      if (given.has(name.name)) return [];
      const uses = usesOf(fn, name.name);
      const sure = uses.find((use) => isRead(use, fn, root));
      return sure === undefined ? [] : [{ name, uses: [sure, ...uses.filter((use) => use !== sure)], given }];
    }),
  );
}

/** Where the function's own argument is meant, and not what is called so inside. */
function usesOf(fn: Lambda, name: string): readonly Node[] {
  const found: Node[] = [];
  walk(fn.body, (node) => {
    if (node.kind !== "identifier" || node.name !== name) return;
    const isShadowed = around(node)
      .filter((scope) => scope.start >= fn.body.start && scope.end <= fn.body.end && scope !== node)
      .some((scope) => bindsName(scope, name));
    if (!isShadowed) found.push(node);
  });
  return found;
}

function isRead(use: Node, fn: Lambda, root: OptionNode): boolean {
  let link: Link | undefined;
  let module: Link | undefined;
  for (const node of around(use)) {
    link = { node, up: link };
    if (node === fn) module = link;
  }
  return link !== undefined && module !== undefined && isSurelyUsed(link, module, root);
}

/** Outermost first, the node itself last. */
function around(node: Node): readonly Node[] {
  return nodesAt(node.source, node.start).filter(({ start, end }) => start <= node.start && node.end <= end);
}
