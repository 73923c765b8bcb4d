/**
 * From text to `Source`: parses, then turns the parser's tree into our own, and where that has errors repairs
 * what it can.
 *
 *   parseNix(parser, "/clan.nix", "{ a.b = 1; }").root   ->   attrset [ binding [a, b] = int 1 ]
 */
import type { Expr, Source, StringExpr, SyntaxProblem } from "./ast.ts";
import { BindingChecks } from "./binding-checks.ts";
import { byteOrderMark, byteOrderMarkProblem } from "./byte-order-mark.ts";
import type { Item } from "./item.ts";
import { findOpenPaths, openPathProblem, takeOutPath } from "./open-paths.ts";
import { blameQuote, closeQuote, findOpenQuotes } from "./open-quotes.ts";
import { type NixParser, ParserEnded, type Tree } from "./parser.ts";
import { Places } from "./places.ts";
import { readTree } from "./read-tree.ts";
import { LIST_COMMA } from "./repair/functions.ts";
import { repair } from "./repair/repair.ts";
import type { ShellScript } from "./shell/ast.ts";
import { parseShell } from "./shell/parse.ts";
import { sourceTooLarge, sourceUnread } from "./too-large.ts";

/** An unclosed quote is among the first strings that reach over the end of a line. */
const OPEN_QUOTES = 3;
/** Of a file with more characters only the first is tried: each costs as much as the file. */
const LARGE = 300_000;

/** Never throws; a file that cannot be read is one `error` node and at least one problem. */
export function parseNix(parser: NixParser, path: string, text: string): Source {
  const large = sourceTooLarge(path, text);
  if (large !== undefined) return large;
  let tree: Tree | undefined;
  try {
    tree = parser.parse(text);
    return lowerTree(parser, tree, path, text);
  } catch (thrown) {
    if (!(thrown instanceof ParserEnded)) throw thrown;
    return sourceUnread(path, text, thrown.message);
  } finally {
    tree?.delete();
  }
}

/** Lowers a tree that stays the caller's. `text` must be the text it was parsed from. */
export function lowerTree(parser: NixParser, tree: Tree, path: string, text: string): Source {
  const first = lower(parser, tree, path, text);
  if (first.weight === 0) return withoutOpenPaths(parser, first.source);
  let best = withoutCommas(parser, first);
  let isMended = false;
  for (const quote of findOpenQuotes(best.root, text, text.length > LARGE ? 1 : OPEN_QUOTES)) {
    const mended = parser.parse(closeQuote(text, quote));
    try {
      const reading = lower(parser, mended, path, text, quote);
      // Of several that would do, the first is the one: what it opened turned the others inside out.
      if (reading.weight < best.weight || (!isMended && reading.weight === best.weight)) {
        best = reading;
        isMended = true;
      }
    } finally {
      mended.delete();
    }
  }
  return best.source;
}

/** Commas that are taken out one after the other, as far as each lets the next be seen. */
const COMMAS = 20;

/**
 * With the commas between the elements of a list left out, and said to be wrong: behind one, the parser takes a path
 * (`, ./b.nix`) for something else.
 */
function withoutCommas(parser: NixParser, first: Reading): Reading {
  const { path, text } = first.source;
  let reading = first;
  let cleaned = text;
  const known: SyntaxProblem[] = [];
  for (let round = 0; round < COMMAS; round++) {
    const commas = reading.source.problems.filter(
      ({ message, start }) => message === LIST_COMMA && cleaned[start] === ",",
    );
    // Where nothing else is wrong, all is read as it should be.
    if (commas.length === 0 || reading.weight === known.length + commas.length) break;
    known.push(...commas);
    for (const { start } of commas) cleaned = `${cleaned.slice(0, start)} ${cleaned.slice(start + 1)}`;
    const tree = parser.parse(cleaned);
    try {
      reading = lower(parser, tree, path, text, undefined, known);
    } finally {
      tree.delete();
    }
  }
  return reading.weight < first.weight ? reading : first;
}

/** The same file with attribute paths that end with a dot left out, and said to be wrong. */
function withoutOpenPaths(parser: NixParser, source: Source): Source {
  const { path, text } = source;
  const open = findOpenPaths(source);
  if (open.length === 0) return source;
  const tree = parser.parse(open.reduce(takeOutPath, text));
  try {
    return lower(parser, tree, path, text, undefined, open.map(openPathProblem)).source;
  } finally {
    tree.delete();
  }
}

interface Reading {
  readonly source: Source;
  readonly root: Item;
  /** How many problems it has, those in code that Nix does not read included. */
  readonly weight: number;
}

/**
 * `closedQuote` is the offset of a quote that was closed in the tree and is not in the text; `known` are problems of
 * what was taken out of the tree.
 */
function lower(
  parser: NixParser,
  tree: Tree,
  path: string,
  text: string,
  closedQuote?: number,
  known: readonly SyntaxProblem[] = [],
): Reading {
  const problems: SyntaxProblem[] = [...known];
  const source: { -readonly [K in keyof Source]: Source[K] } = {
    path,
    text,
    language: "nix",
    root: undefined as unknown as Expr, // set below: nodes need the source first
    problems,
    script: scriptReader(parser),
  };
  const lowering = { source, places: new Places(source), problems, checks: new BindingChecks(problems) };
  const root = readTree(tree.rootNode, tree.rootNode.hasError, lowering);
  const whole = root.damaged ? undefined : root.parts[0];
  const { expr, judgedUntil } =
    whole === undefined
      ? repair(root, lowering)
      : { expr: whole.built as Expr, judgedUntil: Number.POSITIVE_INFINITY };
  source.root = expr;
  const blamed = closedQuote === undefined ? problems : blameQuote(problems, closedQuote, text);
  const judged = blamed
    .filter(({ start }) => start <= judgedUntil)
    .sort((a, b) => a.start - b.start || a.end - b.end);
  source.problems = text.startsWith(byteOrderMark) ? [byteOrderMarkProblem, ...judged] : judged;
  // A quote in what Nix does not read cannot be what is wrong.
  const blameless = closedQuote !== undefined && closedQuote > judgedUntil;
  return { source, root, weight: blameless ? Number.POSITIVE_INFINITY : blamed.length };
}

/** Scripts are few, and few of them are asked for. One is read anew where it has moved. */
function scriptReader(parser: NixParser): (string: StringExpr) => ShellScript {
  const known = new WeakMap<StringExpr, { readonly at: number; readonly script: ShellScript }>();
  return (string) => {
    let found = known.get(string);
    if (found?.at !== string.start) {
      found = { at: string.start, script: parseShell(parser, string) };
      known.set(string, found);
    }
    return found.script;
  };
}
