/**
 * From text to `Source`: parses, then turns the concrete tree into our own in one walk, children first
 * and without recursion, so that nesting is limited by memory only.
 *
 *   parseNix(parser, "/clan.nix", "{ a.b = 1; }").root   ->   attrset [ binding [a, b] = int 1 ]
 */
import type { Expr, Source, SyntaxProblem } from "./ast.ts";
import { build, type Item } from "./build.ts";
import type { NixParser, Tree } from "./parser.ts";
import { repair } from "./repair/repair.ts";

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
  const root = walk(tree, source, problems);
  const whole = root.children.find((child) => child.field === "expression");
  source.root = root.damaged || whole === undefined ? repair(root, source, problems) : (whole.built as Expr);
  problems.sort((a, b) => a.start - b.start || a.end - b.end);
  return source;
}

/** Visits every node once, deepest first, building each whole one from its built children. */
function walk(tree: Tree, source: Source, problems: SyntaxProblem[]): Item {
  const cursor = tree.walk();
  try {
    const open: OpenItem[] = [];
    for (;;) {
      const { nodeType: type, nodeIsMissing: missing } = cursor;
      open.push({
        type,
        field: cursor.currentFieldName,
        start: cursor.startIndex,
        end: cursor.endIndex,
        missing,
        children: [],
        damaged: missing || type === "ERROR",
      });
      if (cursor.gotoFirstChild()) continue;
      for (;;) {
        const item = open.pop() as OpenItem;
        const closed: Item = item.damaged
          ? { ...item, built: undefined }
          : { ...item, built: build(item, source, problems) };
        const parent = open[open.length - 1];
        if (parent === undefined) return closed;
        if (item.type !== "comment") parent.children.push(closed);
        parent.damaged ||= item.damaged;
        if (cursor.gotoNextSibling()) break;
        cursor.gotoParent();
      }
    }
  } finally {
    cursor.delete();
  }
}

/** A node whose children are still being visited. */
type OpenItem = Omit<Item, "built" | "children" | "damaged"> & {
  readonly children: Item[];
  damaged: boolean;
};
