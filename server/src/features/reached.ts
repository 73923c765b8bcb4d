/**
 * Code that Nix does not look at now, with the marker in it, made so that it does: people write it all the time.
 *
 *   let clan = lib.clan { ▮ }; in { }             ->   let clan = lib.clan { ▮ }; in clan
 *   lib.mkIf config.x.enable { ▮ }                ->   lib.mkIf true { ▮ }
 *   if isServer then { } else { ▮ }               ->   if false then { } else { ▮ }
 *   lib.mapAttrs (name: user: { ▮ }) cfg.users    ->   lib.mapAttrs (name: user: { ▮ }) { any = { }; }
 */
import type { Node } from "../syntax/ast.ts";
import { type Edit, lastName, looping, replace } from "./looped.ts";
import { findMarker, type Marked } from "./marker.ts";

/** Functions whose last argument counts if their first holds. */
const conditionals = new Set(["mkIf", "optional", "optionals", "optionalAttrs", "optionalString"]);
/** Functions that make a clan, wherever their answer goes. */
const makers = new Set(["clan", "buildClan", "mkFlake"]);

/** Nobody has more conditions around a word. */
const MAX_EDITS = 200;

/** Undefined where nothing around the marker decides whether Nix looks there. */
export function makeReached(marked: Marked): Marked | undefined {
  const { ancestors, node, snapshot } = marked;
  const { path, text } = node.source;
  const maker = ancestors.findLastIndex(makesClan);
  const edits = ancestors
    .flatMap((around, depth) => {
      const next = ancestors[depth + 1] ?? node;
      const edit = reaching(around, next, maker > depth, text);
      return edit === undefined ? looping(around, next, ancestors.slice(0, depth)) : [edit];
    })
    .slice(-MAX_EDITS);
  if (edits.length === 0) return undefined;
  // What is changed after the marker, or inside of other changes, leaves it where it is.
  let changed = text;
  let start = node.start;
  for (const edit of edits.toSorted((a, b) => b.start - a.start)) {
    changed = changed.slice(0, edit.start) + edit.text + changed.slice(edit.end);
    if (edit.end <= node.start) start += edit.text.length - (edit.end - edit.start);
  }
  const reached = snapshot.with(path, changed);
  const source = reached.source(path);
  const found = source && findMarker(source, start);
  return found && { ...marked, snapshot: reached, ...found };
}

/** `next` is what of `around` holds the marker; `isForClan`: a clan is made further inside. */
function reaching(around: Node, next: Node | undefined, isForClan: boolean, text: string): Edit | undefined {
  switch (around.kind) {
    case "let": {
      if (next?.kind !== "binding" || !isForClan) return undefined;
      const [first, second] = next.path;
      if (first?.name === undefined || second !== undefined) return undefined;
      const { start, end } = around.body;
      const hasIn = /\bin\s*$/.test(text.slice(next.end, start));
      return { start, end, text: hasIn || start < end ? ` ${first.name} ` : ` in ${first.name} ` };
    }
    case "if":
      if (next === around.consequence) return replace(around.condition, "true");
      return next === around.alternative ? replace(around.condition, "false") : undefined;
    case "apply": {
      const { fn, arg } = around;
      const isConditional = fn.kind === "apply" && conditionals.has(lastName(fn.fn) ?? "");
      return isConditional && next === arg ? replace(fn.arg, "true") : undefined;
    }
    default:
      return undefined;
  }
}

function makesClan(node: Node): boolean {
  return node.kind === "apply" && makers.has(lastName(node.fn) ?? "");
}
