/**
 * Code that Nix does not look at now, with the marker in it, made so that it does: people write it all the time.
 *
 *   let clan = lib.clan { ▮ }; in { }             ->   let clan = lib.clan { ▮ }; in clan
 *   lib.mkIf config.x.enable { ▮ }                ->   lib.mkIf true { ▮ }
 *   if isServer then { } else { ▮ }               ->   if false then { } else { ▮ }
 *   lib.mapAttrs (name: user: { ▮ }) cfg.users    ->   lib.mapAttrs (name: user: { ▮ }) { any = { }; }
 */
import type { Node } from "../syntax/ast.ts";
import { findMarker, type Marked } from "./marker.ts";

/** Functions whose last argument counts if their first holds. */
const conditionals = new Set(["mkIf", "optional", "optionals", "optionalAttrs", "optionalString"]);
/** Functions that call their first argument for each member of their second, and the other way round; with one member. */
const loops: ReadonlyMap<string, string> = new Map([
  ...["mapAttrs", "mapAttrs'", "concatMapAttrs", "mapAttrsToList"].map(
    (name) => [name, "{ any = { }; }"] as const,
  ),
  ...["map", "concatMap", "imap0", "imap1"].map((name) => [name, '[ "any" ]'] as const),
]);
const turnedLoops: ReadonlyMap<string, string> = new Map([
  ["genAttrs", '[ "any" ]'],
  ["forEach", '[ "any" ]'],
]);
/** Functions that make a clan, wherever their answer goes. */
const makers = new Set(["clan", "buildClan", "mkFlake"]);

interface Edit {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

/** Nobody has more conditions around a word. */
const MAX_EDITS = 200;

/** Undefined where nothing around the marker decides whether Nix looks there. */
export function makeReached(marked: Marked): Marked | undefined {
  const { ancestors, node, snapshot } = marked;
  const { path, text } = node.source;
  const maker = ancestors.findLastIndex(makesClan);
  const edits = ancestors
    .flatMap(
      (around, depth) =>
        reaching(around, ancestors[depth + 1], maker > depth, text) ??
        looping(around, ancestors[depth - 1]) ??
        [],
    )
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
      return isConditional && (next === arg || next === undefined) ? replace(fn.arg, "true") : undefined;
    }
    default:
      return undefined;
  }
}

/** A function that is called for each member of a set or list, which may have none yet, or not be written. */
function looping(around: Node, above: Node | undefined): Edit | undefined {
  if (around.kind !== "apply") return undefined;
  const { fn, arg } = around;
  const turned = fn.kind === "apply" ? turnedLoops.get(lastName(fn.fn) ?? "") : undefined;
  if (fn.kind === "apply" && turned !== undefined && isFunction(arg)) return replace(fn.arg, turned);
  const member = isFunction(arg) ? loops.get(lastName(fn) ?? "") : undefined;
  if (member === undefined) return undefined;
  return above?.kind === "apply" && above.fn === around
    ? replace(above.arg, member)
    : { start: around.end, end: around.end, text: ` ${member}` };
}

function isFunction(node: Node): boolean {
  return node.kind === "lambda";
}

function makesClan(node: Node): boolean {
  return node.kind === "apply" && makers.has(lastName(node.fn) ?? "");
}

/** `lib.mkIf` and `mkIf` are both called mkIf. */
function lastName(node: Node): string | undefined {
  return node.kind === "identifier" ? node.name : node.kind === "select" ? node.path.at(-1)?.name : undefined;
}

function replace({ start, end }: Node, text: string): Edit {
  return { start, end, text };
}
