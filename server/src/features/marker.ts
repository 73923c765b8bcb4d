/**
 * Makes half-written code whole around a cursor, so that it can be evaluated: the word at the cursor is
 * replaced by a marker, followed by what is missing.
 *
 *   { roles.▮ }        ->  { roles."__cursor__" = null; }
 *   { x = ▮            ->  { x = "__cursor__"; }
 *   [ "a" ▮ ]          ->  [ "a" "__cursor__" ]
 *
 * A quoted word may stand where a name is expected and where a value is, so the parser decides which it is.
 */
import { once } from "../modules/lazy-type.ts";
import type { Snapshot } from "../project/snapshot.ts";
import type { AttrName, Node, Source, StringExpr } from "../syntax/ast.ts";
import { nodesAt } from "../syntax/navigate.ts";
import { countWords } from "../syntax/too-large.ts";
import { type CursorWord, findCursorWord } from "./cursor-word.ts";

/** A name nobody writes. */
export const markerName = "__cursor__";

export interface Marked {
  /** The state with the marker in the text. */
  readonly snapshot: Snapshot;
  /** The marker: a name in an attribute path or after `inherit`, or a string. */
  readonly node: AttrName | StringExpr;
  /** What holds the marker, outermost first. */
  readonly ancestors: readonly Node[];
  /** In the text as it was. */
  readonly word: CursorWord;
  /** Nothing was missing after the word: it is followed by `=`, `.`, `;` or the like. */
  readonly complete: boolean;
}

/** What may be missing after the word, likeliest first: the rest of a binding or list, then closing braces. */
const missing = {
  nix: {
    inLine: ["", " = null;", ";", " ]", " ];"],
    atLineEnd: [" = null;", ";", "", " ];", " ]"],
    closings: ["", " }", " };", " }; };"],
  },
  json: {
    inLine: ["", ": null", ",", ": null,", "]"],
    atLineEnd: [": null", ": null,", "", ",", "]"],
    closings: ["", "}", "}}"],
  },
} as const;

/** The marker where it stands for what somebody defines, or for what is asked for; of these at most one is there. */
export interface Placed {
  /** Absent where nothing of a clan can be written: in a comment, an indented string, after `lib.`. */
  readonly written?: Marked;
  /** In `config.clan.▮`. */
  readonly selected?: Marked;
}

export function placeMarker(snapshot: Snapshot, path: string, offset: number): Placed {
  const source = snapshot.source(path);
  const best = source && findBestReading(snapshot, source, offset);
  if (best === undefined || isAskedFor(best, "has-attr")) return {};
  return isAskedFor(best, "select") ? { selected: best } : { written: best };
}

/** In `x.▮` and `x ? ▮` a name is asked for, and defined by others; in `▮.x` and `x.y or ▮` it is a value. */
function isAskedFor({ node, ancestors }: Marked, holder: "select" | "has-attr"): boolean {
  return node.kind === "attr-name" && ancestors.at(-1)?.kind === holder;
}

/** Names, numbers and signs that are read for one answer: of a large file not all repairs are tried. */
const MAX_READ = 300_000;
/** Characters before the cursor that say what its line is about. */
const NEAR = 1_000;
/** A file with more mistakes is not read again and again: it takes long, and nothing makes it whole. */
const MAX_PROBLEMS = 200;

/** The first of the repairs that leave the fewest problems. */
function findBestReading(snapshot: Snapshot, source: Source, offset: number): Marked | undefined {
  const { path } = source;
  const word = findCursorWord(source, offset);
  const before = source.text.slice(0, word.start);
  const near = before.slice(-NEAR);
  // After the name in `jobs.${▮}` and the string in `"a ${▮}"`, the rest is missing after the brace.
  const brace = isInBrace(near) ? (/^\}"?/.exec(source.text.slice(word.end))?.[0] ?? "") : "";
  const after = source.text.slice(word.end + brace.length);
  const { inLine, atLineEnd, closings } = missing[source.language];
  const isLineEnd = /^[ \t]*(#.*)?(\r?\n|$)/.test(after);
  const open = brace === "" && isInString(near) ? '}"' : brace;
  const operand = missingOperand(near);
  const rests = [isLineEnd ? atLineEnd : inLine, operand === "" ? [] : [`${operand};`, operand]].flat();

  let best: Attempt | undefined;
  // Counted where the first repair does not do: mostly it does.
  const cost = once(() => countWords(source.text));
  let left = source.problems.length > MAX_PROBLEMS ? 1 : MAX_READ;
  for (const closing of closings) {
    for (const rest of rests) {
      if (left <= 0) return best;
      const repair = open + rest + closing;
      const text = `${before}"${markerName}"${repair}${after}`;
      const tried = snapshot.trying?.(path, text) ?? snapshot.with(path, text);
      const reading = tried.source(path);
      const found = reading && findMarker(reading, word.start);
      if (reading !== undefined && found !== undefined) {
        if (best === undefined || reading.problems.length < best.reading.problems.length)
          best = { snapshot: tried, ...found, word, complete: repair === brace, reading };
        if (reading.problems.length === 0) return best;
      }
      left -= cost();
    }
    if (best === undefined || !isOpen(best.reading, word.start)) return best;
  }
  return best;
}

/** Whether the word follows `${`, in code between the two on its line. */
function isInBrace(before: string): boolean {
  return /\$\{[^}\n]*$/.test(before);
}

/** `"a ${` without the brace and the quote that end it. */
function isInString(before: string): boolean {
  return /"[^"\n]*\$\{[^}"\n]*$/.test(before);
}

/** What a keyword asks for after what follows it. */
const operands: ReadonlyMap<string | undefined, string> = new Map([
  ["with", "; null"],
  ["assert", "; null"],
  ["if", " then null else null"],
  ["then", " else null"],
]);

/** `with pkgs` and `if a then f b` are nothing yet. */
function missingOperand(before: string): string {
  return operands.get(/\b(with|assert|if|then)\s(?![\s\S]*\b(then|else)\b)[^;{}]*$/.exec(before)?.[1]) ?? "";
}

interface Attempt extends Marked {
  readonly reading: Source;
}

/** Whether a bracket before the cursor is not closed: the parser reports it at the bracket. */
function isOpen({ problems, text }: Source, cursor: number): boolean {
  return problems.some(({ start }) => start < cursor && /[[{($]/.test(text.charAt(start)));
}

/** The marker that begins at `start`. */
export function findMarker(source: Source, start: number): Pick<Marked, "node" | "ancestors"> | undefined {
  const nodes = nodesAt(source, start + 1);
  const at = nodes.findLastIndex((node) => node.start === start && isMarker(node));
  const node = nodes[at];
  if (node?.kind !== "attr-name" && node?.kind !== "string") return undefined;
  return { node, ancestors: nodes.slice(0, at) };
}

function isMarker(node: Node): boolean {
  if (node.kind === "attr-name") return node.name === markerName;
  return node.kind === "string" && node.parts.length === 1 && node.parts[0]?.kind === "text";
}
