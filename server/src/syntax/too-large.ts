/**
 * Files that are not parsed, since nobody writes them by hand and the parser has no room or no time for them.
 *
 *   sourceTooLarge("/clan/big.nix", text of 20 MB)   ->   an error node that says how large it is, and no problem
 */
import type { Expr, Source } from "./ast.ts";
import type { Change } from "./change.ts";

/** In UTF-16 units. 5,000 machines in one file take a third of it. */
const MAX_LENGTH = 4_000_000;
/** Names, numbers and signs: the parser needs 300 bytes for each. 5,000 machines are 350,000 of them. */
const MAX_WORDS = 400_000;
/** `1+1+…`: from each sign the parser looks for the slash of a path, to the end of the row: so many steps, a second. */
const MAX_STEPS = 20_000_000;
/** Brackets that are open at once: whoever has so many has no file to read or to mend. */
const MAX_OPEN = 20_000;
/** More `=` than `;`: the parser tries at each whether it ends something. */
const MAX_UNENDED = 30_000;
/** Shorter texts are none of all this. */
const SMALL = 1_000;

export function isTooLarge(text: string): boolean {
  return whyTooLarge(text) !== undefined;
}

/** Undefined for a text that can be parsed. */
export function whyTooLarge(text: string): string | undefined {
  return reasonOf(text.length, text.length > SMALL && text.length <= MAX_LENGTH ? measure(text) : NOTHING);
}

/** Names, numbers and signs as they look: what a text costs to parse. */
export function countWords(text: string): number {
  return measure(text).words;
}

/**
 * How large a text is that is edited. It is not measured at each edit: one changes what there is by so much at most, and
 * nearly all texts are far below all bounds.
 */
export class TextSize {
  private constructor(
    private readonly length: number,
    private readonly counted: Size,
    /** By how much each of the counts may be wrong. */
    private readonly drift: number,
  ) {}

  static of(text: string): TextSize {
    const isSmall = text.length <= SMALL || text.length > MAX_LENGTH;
    return new TextSize(text.length, isSmall ? NOTHING : measure(text), isSmall ? text.length : 0);
  }

  get isTooLarge(): boolean {
    return reasonOf(this.length, this.counted) !== undefined;
  }

  /** Of the text that a change has led to. */
  after({ start, oldEnd, newEnd }: Change, text: string): TextSize {
    // A character in the midst of a name makes three of one.
    const drift = this.drift + 2 * (oldEnd - start + newEnd - start);
    const { words, open, unended } = this.counted;
    const { row, steps } = measure(rowAround(text, start, newEnd));
    const atMost = { words: words + drift, open: open + drift, unended: unended + drift, row, steps };
    if (reasonOf(text.length, this.counted) ?? reasonOf(text.length, atMost)) return TextSize.of(text);
    return new TextSize(text.length, this.counted, drift);
  }
}

interface Size {
  readonly words: number;
  readonly open: number;
  readonly unended: number;
  readonly row: number;
  readonly steps: number;
}

const NOTHING: Size = { words: 0, open: 0, unended: 0, row: 0, steps: 0 };

function reasonOf(length: number, { words, open, unended, row, steps }: Size): string | undefined {
  if (length > MAX_LENGTH)
    return `a file of ${length} characters is larger than the ${MAX_LENGTH} that are read`;
  if (words > MAX_WORDS)
    return `a file of ${words} names, numbers and signs is larger than the ${MAX_WORDS} that are read`;
  if (open > MAX_OPEN)
    return `a file with ${open} brackets open at once is nested deeper than the ${MAX_OPEN} that are read`;
  if (unended > MAX_UNENDED)
    return `a file with ${unended} \`=\` that no \`;\` ends is broken in more places than the ${MAX_UNENDED} that are read`;
  if (steps > MAX_STEPS)
    return `a row of ${row} operators in ${Math.round(steps / row)} characters without a space is longer than what is read`;
  return undefined;
}

/** [start, end) with what belongs to the rows of operators at its ends. */
function rowAround(text: string, start: number, end: number): string {
  const isInRow = (at: number): boolean => {
    const code = text.charCodeAt(at);
    return isNameCode(code) || isOperator(code);
  };
  let [from, to] = [start, end];
  while (from > 0 && isInRow(from - 1)) from--;
  while (to < text.length && isInRow(to)) to++;
  return text.slice(from, to);
}

/** Names, numbers, signs, brackets and `=` as they look, also inside of strings; and the costliest row of `+`, `-` and `.` in what could be one path. */
function measure(text: string): Size {
  let words = 0;
  let wasName = false;
  let [open, deepest] = [0, 0];
  let unended = 0;
  let [row, start] = [0, 0];
  let costliest = { row: 0, steps: 0 };
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    const isName = isNameCode(code);
    if (isName ? !wasName : code > SPACE) words++;
    if (isOpening(code)) deepest = Math.max(deepest, ++open);
    else if (isClosing(code)) open = Math.max(0, open - 1);
    if (code === EQUALS) unended++;
    else if (code === SEMICOLON) unended--;
    if (isOperator(code)) {
      row++;
      const steps = row * (i - start);
      if (steps > costliest.steps) costliest = { row, steps };
    } else if (!isName) [row, start] = [0, i];
    wasName = isName;
  }
  return { words, open: deepest, unended, ...costliest };
}

const SPACE = 32;
const PLUS = 43;
const MINUS = 45;
const DOT = 46;
const SEMICOLON = 59;
const EQUALS = 61;

function isOperator(code: number): boolean {
  return code === PLUS || code === MINUS || code === DOT;
}

function isOpening(code: number): boolean {
  return code === 40 || code === 91 || code === 123;
}

function isClosing(code: number): boolean {
  return code === 41 || code === 93 || code === 125;
}

/** A letter, a digit or `_`; all beyond ASCII is in strings and comments. */
function isNameCode(code: number): boolean {
  return (
    (code >= 97 && code <= 122) ||
    (code >= 65 && code <= 90) ||
    (code >= 48 && code <= 57) ||
    code === 95 ||
    code > 127
  );
}

export function sourceTooLarge(path: string, text: string): Source | undefined {
  const reason = whyTooLarge(text);
  return reason === undefined ? undefined : sourceUnread(path, text, reason);
}

/** Nix may well read such a file, so it is no mistake: what it holds is not known. */
export function sourceUnread(path: string, text: string, reason: string): Source {
  const source: { -readonly [K in keyof Source]: Source[K] } = {
    path,
    text,
    language: path.endsWith(".json") ? "json" : "nix",
    root: undefined as unknown as Expr, // set below: the node needs the source first
    problems: [],
  };
  source.root = { kind: "error", source, start: 0, end: text.length, children: [], reason };
  return source;
}
