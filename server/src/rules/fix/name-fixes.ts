/**
 * Fixes for a name that is none: the nearest one first, the others where they are few, and taking it away.
 *
 *   roles.sever, of the roles client and server   ->   Change to `server`, Change to `client`, Remove `sever`
 */
import type { Node } from "../../syntax/ast.ts";
import { printAttrName } from "../../syntax/quote.ts";
import type { Fix } from "../finding.ts";
import { renameFix } from "../parts/place.ts";
import type { Problem } from "../rule.ts";
import { bindingOf, hasComment, remove } from "./edit.ts";

/** More possible names than this are listed in the message, and not offered one by one. */
export const fewNames = 6;

/** `suggestion` is the one that is surely meant, and preferred. */
export function nameFixes(
  node: Node,
  suggestion: string | undefined,
  possible: Iterable<string>,
): Pick<Problem, "fixes"> {
  const all = [...possible];
  const others = all.length > fewNames ? [] : all.filter((name) => name !== suggestion);
  const fixes = [
    ...(renameFix(node, suggestion).fixes ?? []),
    ...others
      .flatMap((name) => renameFix(node, name).fixes ?? [])
      .map((fix): Fix => ({ ...fix, preferred: undefined, optional: true })),
    ...removeNameFix(node),
  ];
  return fixes.length === 0 ? {} : { fixes };
}

/** Takes away what is defined under the name, or the element of the list. Not where a comment would be lost. */
function removeNameFix(node: Node): Fix[] {
  const binding = bindingOf(node);
  if (binding !== undefined && node.kind === "attr-name" && node.name !== undefined)
    return hasComment(binding)
      ? []
      : [{ title: `Remove \`${printAttrName(node.name)}\``, edits: [remove(binding)], optional: true }];
  return [];
}
