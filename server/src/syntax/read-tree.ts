/**
 * The parser's tree, read once into items, children first and without recursion, so that nesting is limited
 * by memory only.
 *
 *   { a = 1; }   ->   source_code(attrset_expression(binding_set(binding(attrpath(identifier), integer))))
 */
import { build } from "./build.ts";
import type { Built, Item, Lowering } from "./item.ts";
import type { SyntaxNode } from "./parser.ts";
import { placed } from "./places.ts";

type OpenItem = { -readonly [K in keyof Item]: Item[K] };

// Every question to the parser crosses into wasm. These sets say what need not be asked.
const brackets = ["{", "}", "[", "]", "(", ")", "${", '"', "''"];
const keywords = ["if", "then", "else", "let", "in", "rec", "with", "assert", "or"];
/** Tokens that their parent says as much as. */
const silentTokens = new Set([...brackets, ...keywords, ";", ",", "=", ":", "@", ".", "comment"]);
/** Types with nothing below them. */
const leaves = new Set([
  ...silentTokens,
  "identifier",
  "integer_expression",
  "string_fragment",
  "escape_sequence",
  "path_fragment",
]);

/** Nobody writes what is nested deeper; a chain of so many operators or arguments is nested as deep. */
const MAX_DEPTH = 30_000;

const none: readonly Item[] = [];

/** What the parser's node of that type and place is known to become. */
export type Known = (type: string, start: number, end: number) => Built;

/**
 * What the parser has at and below a node. Its tree stays the caller's. Every undamaged item is built, but for those
 * that are known.
 */
export function readTree(top: SyntaxNode, hasError: boolean, lowering: Lowering, known?: Known): Item {
  const cursor = top.walk();
  const open: OpenItem[] = [];
  try {
    for (;;) {
      const type = cursor.nodeType;
      if (type !== "comment" && (hasError || !silentTokens.has(type))) {
        const missing = hasError && cursor.nodeIsMissing;
        const { startIndex: start, endIndex: end } = cursor;
        const tooDeep = open.length > MAX_DEPTH && type.endsWith("_expression");
        const built = tooDeep
          ? leftOut(start, end, lowering)
          : open.length > 0
            ? known?.(type, start, end)
            : undefined;
        const damaged = missing || type === "ERROR";
        open.push({ type, start, end, missing, children: none, parts: none, damaged, built });
        if (built === undefined && !leaves.has(type) && cursor.gotoFirstChild()) continue;
        const root = close(open, hasError, lowering);
        if (root !== undefined) return root;
      }
      while (!cursor.gotoNextSibling()) {
        cursor.gotoParent();
        const root = close(open, hasError, lowering);
        if (root !== undefined) return root;
      }
    }
  } finally {
    cursor.delete();
  }
}

/** An expression that is not read: unknown, and no mistake. */
function leftOut(start: number, end: number, lowering: Lowering): Built {
  const reason = `code that is nested deeper than the ${MAX_DEPTH} levels that are read`;
  return placed(lowering, { start, end }, { kind: "error", children: [], reason });
}

/** Builds the innermost open item and gives it to the one around it, or returns it if it is the root. */
function close(open: OpenItem[], hasError: boolean, lowering: Lowering): Item | undefined {
  const item = open.pop() as OpenItem;
  item.parts = hasError ? item.children.filter(({ type }) => !silentTokens.has(type)) : item.children;
  if (!item.damaged) item.built ??= build(item, lowering);
  if (!hasError && item.built !== undefined) {
    // Nobody looks into it again: most items are gone before the memory is swept.
    item.children = none;
    item.parts = none;
  }
  const parent = open[open.length - 1];
  if (parent === undefined) return item;
  if (parent.children === none) parent.children = [item];
  else (parent.children as Item[]).push(item);
  parent.damaged ||= item.damaged;
  return undefined;
}
