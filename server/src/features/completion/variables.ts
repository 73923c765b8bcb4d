/**
 * After `inherit`, a name must be that of a variable in scope as well.
 *
 *   let zerotier = { … }; x = 1; in { instances = { inherit ▮; }; }   ->   x, zerotier
 */
import type { BindingLike, Node } from "../../syntax/ast.ts";
import { type Marked, markerName } from "../marker.ts";
import { type Candidate, word } from "./candidate.ts";

/** What can be inherited; undefined where the cursor is not after `inherit`. */
export function collectVariables(
  { ancestors }: Marked,
  candidates: readonly Candidate[],
): Candidate[] | undefined {
  const inherit = ancestors.at(-1);
  if (inherit?.kind !== "inherit") return undefined;
  // `inherit (x)` takes names from x, which may have any.
  if (inherit.from !== undefined) return [...candidates];
  const known = new Map(candidates.map((candidate) => [candidate.text.value, candidate]));
  return [...collectScope(ancestors)].map(
    (name) => known.get(name) ?? { kind: "variable", text: word(name), rank: 5 },
  );
}

/** Names that `let`, `rec` and function parameters around the cursor bind. */
function collectScope(ancestors: readonly Node[]): Set<string> {
  const names = new Set<string>();
  for (const node of ancestors) {
    if (node.kind === "let" || (node.kind === "attrset" && node.recursive))
      for (const name of boundNames(node.bindings)) names.add(name);
    if (node.kind === "lambda")
      for (const name of [node.param.name, ...(node.param.formals ?? []).map((formal) => formal.name)])
        if (name !== undefined) names.add(name.name);
  }
  names.delete(markerName);
  return names;
}

function boundNames(bindings: readonly BindingLike[]): string[] {
  return bindings
    .flatMap((binding) => (binding.kind === "inherit" ? binding.names : binding.path.slice(0, 1)))
    .flatMap(({ name }) => (name === undefined ? [] : [name]));
}
