/**
 * From text to `Source`: parses, then turns the concrete tree into our own in one walk, children first
 * and without recursion, so that nesting is limited by memory only.
 *
 *   parseNix(parser, "/clan.nix", "{ a.b = 1; }").root   ->   attrset [ binding [a, b] = int 1 ]
 */
import type { Expr, Source, SyntaxProblem } from "./ast.ts";
import { build, type Item } from "./build.ts";
import type { NixParser, Tree } from "./parser.ts";
import { collectProblems } from "./problems.ts";
import { recoverExpr } from "./recover.ts";

/** Never throws; a file that cannot be read is one `error` node and at least one problem. */
export function parseNix(parser: NixParser, path: string, text: string): Source {
  const tree = parser.parse(text);
  try {
    return lowerTree(tree, path, text);
  } finally {
    tree.delete();
  }
}

/** Lowers a tree that stays the caller's. `text` must be the text it was parsed from. */
export function lowerTree(tree: Tree, path: string, text: string): Source {
  const problems: SyntaxProblem[] = [];
  const source: { -readonly [K in keyof Source]: Source[K] } = {
    path,
    text,
    language: "nix",
    root: undefined as unknown as Expr, // set below: nodes need the source first
    problems,
  };
  const rootItem = walk(tree, source, problems);
  source.root = rootExpr(rootItem, source);
  collectProblems(rootItem, source, problems);
  problems.sort((a, b) => a.start - b.start || a.end - b.end);
  return source;
}

/** Visits every node once, deepest first, building each from its built children. */
function walk(tree: Tree, source: Source, problems: SyntaxProblem[]): Item {
  const cursor = tree.walk();
  try {
    const open: Item[] = [];
    for (;;) {
      open.push({
        type: cursor.nodeType,
        field: cursor.currentFieldName,
        start: cursor.startIndex,
        end: cursor.endIndex,
        missing: cursor.nodeIsMissing,
        children: [],
        built: undefined,
      });
      if (cursor.gotoFirstChild()) continue;
      for (;;) {
        const item = open.pop() as Item;
        item.built = build(item, source, problems);
        const parent = open[open.length - 1];
        if (parent === undefined) return item;
        if (item.type !== "comment") parent.children.push(item);
        if (cursor.gotoNextSibling()) break;
        cursor.gotoParent();
      }
    }
  } finally {
    cursor.delete();
  }
}

function rootExpr(item: Item, source: Source): Expr {
  const whole = item.children.find((child) => child.field === "expression");
  if (whole !== undefined && item.children.length === 1) return whole.built as Expr;
  return recoverExpr(item.children, source, item.start, item.end);
}
