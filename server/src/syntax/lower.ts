/**
 * From text to `Source`: parses, then turns the parser's tree into our own, and where that has errors repairs
 * what it can.
 *
 *   parseNix(parser, "/clan.nix", "{ a.b = 1; }").root   ->   attrset [ binding [a, b] = int 1 ]
 */
import type { Expr, Source, SyntaxProblem } from "./ast.ts";
import { BindingChecks } from "./binding-checks.ts";
import type { NixParser, Tree } from "./parser.ts";
import { readTree } from "./read-tree.ts";
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
  const lowering = { source, problems, checks: new BindingChecks(problems) };
  const root = readTree(tree, lowering);
  const whole = root.children.find((child) => child.field === "expression");
  source.root = root.damaged || whole === undefined ? repair(root, lowering) : (whole.built as Expr);
  problems.sort((a, b) => a.start - b.start || a.end - b.end);
  return source;
}
