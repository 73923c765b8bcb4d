/**
 * Writes a dotted attribute path as a set in a set, and the other way round.
 *
 *   deploy.ta▮rgetHost = "web";   <->   deploy = { targetHost = "web"; };
 */

import { hasComment, textOf } from "../../rules/fix/edit.ts";
import { whole } from "../../rules/parts/place.ts";
import type { AttrSet, Binding, Node } from "../../syntax/ast.ts";
import type { Assist, AssistContext, Proposal } from "./assist.ts";

export const nestPath: Assist = {
  id: "nest-path",
  kind: "rewrite",
  keepsMeaning: true,
  collect(context) {
    return isOption(context) ? nest(context.nodes) : [];
  },
};

export const flattenSet: Assist = {
  id: "flatten-set",
  kind: "rewrite",
  keepsMeaning: true,
  collect(context) {
    return isOption(context) ? flatten(context.nodes) : [];
  },
};

/** The cursor is at a name that is an option of a clan; other code is left to other servers. */
function isOption({ nodes, subjects }: AssistContext): boolean {
  return nodes.at(-1)?.kind === "attr-name" && subjects.some(({ at }) => at.isName);
}

function nest(nodes: readonly Node[]): Proposal[] {
  const found = bindingAt(nodes);
  if (found === undefined) return [];
  const { binding, set, at } = found;
  // `a.b = 1; a.c = 2;` are parts of one set: taken apart, they would be two.
  const [first] = binding.path;
  const isShared = set.bindings.some(
    (other) => other !== binding && other.kind === "binding" && other.path[0]?.name === first?.name,
  );
  if (at === 0 || isShared || binding.path.some(({ name }) => name === undefined)) return [];
  const outer = binding.path.slice(0, at).map(textOf).join(".");
  const inner = binding.path.slice(at).map(textOf).join(".");
  const text = `${outer} = { ${inner} = ${textOf(binding.value)}; };`;
  return [{ title: `Nest \`${inner}\` in \`${outer}\``, edits: [{ ...whole(binding), text }] }];
}

function flatten(nodes: readonly Node[]): Proposal[] {
  const found = bindingAt(nodes);
  if (found === undefined) return [];
  const { binding, at } = found;
  const { value } = binding;
  if (at !== binding.path.length - 1 || value.kind !== "attrset" || value.recursive || value.broken)
    return [];
  const [only, ...others] = value.bindings;
  if (only?.kind !== "binding" || others.length > 0 || hasOuterComment(value, only)) return [];
  const path = [...binding.path, ...only.path].map(textOf).join(".");
  return [
    {
      title: `Write as \`${path}\``,
      edits: [{ ...whole(binding), text: `${path} = ${textOf(only.value)};` }],
    },
  ];
}

/** The binding whose path the cursor is in, the set that has it, and which name of the path it is. */
function bindingAt(
  nodes: readonly Node[],
): { readonly binding: Binding; readonly set: AttrSet; readonly at: number } | undefined {
  const [set, binding, name] = nodes.slice(-3);
  if (set?.kind !== "attrset" || binding?.kind !== "binding" || name?.kind !== "attr-name") return undefined;
  return { binding, set, at: binding.path.indexOf(name) };
}

/** A comment beside the only binding would be lost. */
function hasOuterComment(set: AttrSet, only: Binding): boolean {
  const { source, start, end } = set;
  return hasComment({ source, start, end: only.start }) || hasComment({ source, start: only.end, end });
}
