/**
 * The variables in scope, where one can be written: in any expression, and after `inherit`.
 *
 *   { inputs, ... }: { clan.specialArgs = ▮ }   ->   inputs
 *   let zerotier = { … }; x = 1; in { instances = { inherit ▮; }; }   ->   x, zerotier
 */
import type { BindingLike, Formal, Identifier, Node } from "../../syntax/ast.ts";
import { type Marked, markerName } from "../marker.ts";
import { type Candidate, code, word } from "./candidate.ts";

/** What is bound comes after what the place asks for. */
const rank = 20;

/** What can be inherited; undefined where the cursor is not after `inherit`. `candidates` are what fits in its place. */
export function collectInherited(
  { node, ancestors }: Marked,
  candidates: readonly Candidate[],
): Candidate[] | undefined {
  const inherit = ancestors.at(-1);
  if (inherit?.kind !== "inherit" || node.kind === "string") return undefined;
  // `inherit (x)` takes names from x, which may have any.
  if (inherit.from !== undefined) return [...candidates];
  const known = new Map(candidates.map((candidate) => [candidate.text.value, candidate]));
  return [...collectScope(ancestors)].map(
    (name) => known.get(name) ?? { kind: "variable", text: word(name), rank },
  );
}

/** Variables that can be written for an expression; none in quotes, where a name is defined, and in JSON. */
export function collectVariables({ node, ancestors, word: written }: Marked): Candidate[] {
  if (node.kind !== "string" || written.quoted || node.source.language === "json") return [];
  return [...collectScope(ancestors)].map((name) => ({ kind: "variable", text: code(name), rank }));
}

function nameOf(formal: Formal): Identifier {
  return formal.name;
}

/** Names that `let`, `rec` and function parameters around the cursor bind. */
function collectScope(ancestors: readonly Node[]): Set<string> {
  const names = new Set<string>();
  for (const [depth, node] of ancestors.entries()) {
    if (node.kind === "let" || (node.kind === "attrset" && node.recursive))
      for (const name of boundNames(node.bindings)) names.add(name);
    if (node.kind === "lambda")
      for (const name of [node.param.name, ...(node.param.formals ?? []).map(nameOf)])
        if (name !== undefined) names.add(name.name);
    // The fallback of an argument sees all others.
    if (node.kind === "formal" && ancestors[depth - 1]?.kind === "param") names.delete(node.name.name);
  }
  names.delete(markerName);
  // A name that needs quotes is no variable.
  return new Set([...names].filter((name) => /^[A-Za-z_][\w'-]*$/.test(name)));
}

function boundNames(bindings: readonly BindingLike[]): string[] {
  return bindings
    .flatMap((binding) => (binding.kind === "inherit" ? binding.names : binding.path.slice(0, 1)))
    .flatMap(({ name }) => (name === undefined ? [] : [name]));
}
