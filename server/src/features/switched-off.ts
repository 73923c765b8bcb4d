/**
 * Code that is not evaluated now because it is switched off, as it would be if it were switched on.
 *
 *   lib.mkIf testing { roles.▮ }         ->  lib.mkIf true { roles.▮ }
 *   if a then { } else { roles.▮ }       ->  if false then { } else { roles.▮ }
 */
import type { Snapshot } from "../project/snapshot.ts";
import type { TextEdit } from "../rules/finding.ts";
import { whole } from "../rules/place.ts";
import type { Expr, Node } from "../syntax/ast.ts";
import { nodesAt } from "../syntax/navigate.ts";
import { type Marked, markerName } from "./marker.ts";
import { withEdits } from "./rename/apply-edits.ts";

/** Functions of nixpkgs' lib that give their second argument only where the first holds. */
const SWITCHES = new Set(["mkIf", "optional", "optionals", "optionalAttrs"]);

/** With all that can switch the marker off switched on; undefined where nothing can. */
export function switchOn(marked: Marked): Marked | undefined {
  const { node, ancestors } = marked;
  const edits = conditionsAround([...ancestors, node]).map(({ condition, holds }) => ({
    ...whole(condition),
    text: holds ? "true" : "false",
  }));
  if (edits.length === 0) return undefined;
  const { path, start } = { path: node.source.path, start: node.start };
  const grown = edits
    .filter((edit) => edit.end <= start)
    .reduce((sum, edit) => sum + edit.text.length - (edit.end - edit.start), 0);
  const snapshot: Snapshot = withEdits(marked.snapshot, edits satisfies TextEdit[]);
  const source = snapshot.source(path);
  const nodes = source === undefined ? [] : nodesAt(source, start + grown + 1);
  const at = nodes.findLastIndex((found) => found.kind === node.kind && found.start === start + grown);
  const found = nodes[at];
  if (found?.kind !== "attr-name" && found?.kind !== "string") return undefined;
  const isMarker = found.kind === "string" || found.name === markerName;
  return isMarker ? { ...marked, snapshot, node: found, ancestors: nodes.slice(0, at) } : undefined;
}

interface Condition {
  readonly condition: Expr;
  /** What it has to be. */
  readonly holds: boolean;
}

/** `chain`: nodes that hold each other, outermost first. */
function conditionsAround(chain: readonly Node[]): Condition[] {
  return chain.flatMap((node, index): Condition[] => {
    const inside = chain[index + 1];
    if (node.kind === "if" && inside !== node.condition)
      return [{ condition: node.condition, holds: inside === node.consequence }];
    if (node.kind !== "apply" || inside !== node.arg || node.fn.kind !== "apply") return [];
    return SWITCHES.has(nameOf(node.fn.fn)) ? [{ condition: node.fn.arg, holds: true }] : [];
  });
}

/** `lib.mkIf` and `mkIf` are called mkIf. */
function nameOf(fn: Expr): string {
  if (fn.kind === "identifier") return fn.name;
  return fn.kind === "select" ? (fn.path.at(-1)?.name ?? "") : "";
}
