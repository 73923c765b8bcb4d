/**
 * Reads a POSIX extended regular expression, as libstdc++ (which Nix uses) reads it, and compiles it to
 * a small program for the matcher in posix-regex.ts.
 *
 *   compilePattern("a|b")  ->  [ split 1 2, byte a, byte b, accept ]
 *
 * Patterns and texts are binary strings (byte-string.ts). What libstdc++ refuses is a PatternError:
 * escapes of ordinary characters, a quantifier with nothing before it, a dash inside a bracket, …
 */

export type Instruction =
  /** Takes one byte `set` holds. */
  | { readonly op: "byte"; readonly set: ByteSet; next: number }
  /** Writes the position into register `register`. */
  | { readonly op: "save"; readonly register: number; next: number }
  | { readonly op: "begin" | "end"; next: number }
  /** Both ways are tried and the longer match wins; `first` wins a draw. */
  | { readonly op: "either"; first: number; second: number }
  /** Goes `more` while it leads to a match, else `less`. `guard` stops loops that take nothing. */
  | { readonly op: "repeat"; more: number; less: number; readonly guard: number | undefined }
  | { readonly op: "accept" };

export interface Program {
  readonly instructions: readonly Instruction[];
  readonly start: number;
  /** Capturing groups, without the whole match. */
  readonly groups: number;
  /** Registers: start and end of each group, then position and count of each guard. */
  readonly registers: number;
}

/** Indexed by byte. */
export type ByteSet = readonly boolean[];

export class PatternError extends Error {}

type Tree =
  | { readonly kind: "empty" | "begin" | "end" }
  | { readonly kind: "byte"; readonly set: ByteSet }
  | { readonly kind: "sequence"; readonly items: readonly Tree[] }
  | { readonly kind: "either"; readonly first: Tree; readonly second: Tree }
  | { readonly kind: "group"; readonly index: number; readonly body: Tree }
  | { readonly kind: "repeat"; readonly body: Tree; readonly min: number; readonly max: number };

/** libstdc++ gives up beyond this many states. */
const MAX_INSTRUCTIONS = 100_000;
const SPECIAL = ".[\\()*+?{|^$";

/** Throws PatternError. */
export function compilePattern(pattern: string): Program {
  const parser = new Parser(pattern);
  const tree = parser.parse();
  return new Compiler(parser.groups).compile(tree);
}

class Parser {
  groups = 0;
  private position = 0;
  private depth = 0;

  constructor(private readonly pattern: string) {}

  parse(): Tree {
    const tree = this.alternatives();
    if (this.position < this.pattern.length) throw new PatternError("nothing to repeat or unmatched ')'");
    return tree;
  }

  private eat(text: string): boolean {
    if (!this.pattern.startsWith(text, this.position)) return false;
    this.position += text.length;
    return true;
  }

  private alternatives(): Tree {
    if (++this.depth > 1000) throw new PatternError("too deeply nested");
    let tree = this.sequence();
    while (this.eat("|")) tree = { kind: "either", first: tree, second: this.sequence() };
    this.depth--;
    return tree;
  }

  private sequence(): Tree {
    const items: Tree[] = [];
    for (let item = this.term(); item !== undefined; item = this.term()) items.push(item);
    return { kind: "sequence", items };
  }

  private term(): Tree | undefined {
    if (this.eat("^")) return { kind: "begin" };
    if (this.eat("$")) return { kind: "end" };
    let tree = this.atom();
    if (tree === undefined) return undefined;
    for (;;) {
      if (this.eat("*")) tree = { kind: "repeat", body: tree, min: 0, max: Number.POSITIVE_INFINITY };
      else if (this.eat("+")) tree = { kind: "repeat", body: tree, min: 1, max: Number.POSITIVE_INFINITY };
      else if (this.eat("?")) tree = { kind: "repeat", body: tree, min: 0, max: 1 };
      else if (this.eat("{")) tree = { kind: "repeat", body: tree, ...this.bounds() };
      else return tree;
    }
  }

  private bounds(): { min: number; max: number } {
    const min = this.number();
    if (min === undefined) throw new PatternError("a number is expected after '{'");
    const max = this.eat(",") ? (this.number() ?? Number.POSITIVE_INFINITY) : min;
    if (!this.eat("}") || max < min) throw new PatternError("bad repetition bounds");
    return { min, max };
  }

  private number(): number | undefined {
    const digits = /\d*/y;
    digits.lastIndex = this.position;
    const text = digits.exec(this.pattern)?.[0] ?? "";
    this.position += text.length;
    if (text.length > 9) throw new PatternError("bad repetition bounds");
    return text === "" ? undefined : Number(text);
  }

  private atom(): Tree | undefined {
    const byte = this.pattern[this.position];
    if (byte === undefined || "*+?{|)".includes(byte)) return undefined;
    this.position++;
    if (byte === "(") {
      const index = this.groups++;
      const body = this.alternatives();
      if (!this.eat(")")) throw new PatternError("unmatched '('");
      return { kind: "group", index, body };
    }
    if (byte === "[") return { kind: "byte", set: this.bracket() };
    if (byte === ".") return { kind: "byte", set: byteSet((code) => code !== 0) };
    if (byte !== "\\") return { kind: "byte", set: single(byte) };
    const escaped = this.pattern[this.position++];
    if (escaped === undefined || !SPECIAL.includes(escaped)) throw new PatternError("bad escape");
    return { kind: "byte", set: single(escaped) };
  }

  private bracket(): ByteSet {
    const negated = this.eat("^");
    const set: boolean[] = byteSet(() => false);
    /** The byte that a following dash would start a range with. */
    let last: number | undefined;
    const begin = this.position;
    for (;;) {
      if (this.position >= this.pattern.length) throw new PatternError("unmatched '['");
      const first = this.position === begin;
      if (!first && this.eat("]")) break;
      if (!first && this.eat("-")) {
        if (this.eat("]")) {
          set[0x2d] = true;
          break;
        }
        // Neither a range's end nor a class can start a range.
        if (last === undefined) throw new PatternError("unexpected dash in a bracket");
        addRange(set, last, this.rangeEnd());
        last = undefined;
        continue;
      }
      const item = this.bracketItem();
      last = typeof item === "number" ? item : undefined;
      if (typeof item === "number") set[item] = true;
      else
        item.forEach((has, code) => {
          if (has) set[code] = true;
        });
    }
    return negated ? set.map((has) => !has) : set;
  }

  private rangeEnd(): number {
    const byte = this.pattern[this.position];
    const special = byte === "[" && ".:=".includes(this.pattern[this.position + 1] ?? " ");
    if (byte === undefined || special) throw new PatternError("bad end of a range");
    this.position++;
    return byte.charCodeAt(0);
  }

  /** One byte, or the set of a class `[:alpha:]`, `[.x.]` or `[=x=]`. */
  private bracketItem(): number | ByteSet {
    for (const mark of [".", ":", "="]) {
      if (!this.eat(`[${mark}`)) continue;
      const end = this.pattern.indexOf(`${mark}]`, this.position);
      if (end < 0) throw new PatternError("unmatched '['");
      const name = this.pattern.slice(this.position, end);
      this.position = end + 2;
      return mark === ":" ? characterClass(name) : collating(name, mark === "=");
    }
    return this.pattern.charCodeAt(this.position++);
  }
}

function byteSet(has: (code: number) => boolean): boolean[] {
  return Array.from({ length: 256 }, (_, code) => has(code));
}

function single(byte: string): ByteSet {
  const wanted = byte.charCodeAt(0);
  return byteSet((code) => code === wanted);
}

/** Bytes are signed in libstdc++'s comparison: 0x80 comes before 0. */
function addRange(set: boolean[], from: number, to: number): void {
  const signed = (code: number): number => (code < 128 ? code : code - 256);
  if (signed(from) > signed(to)) throw new PatternError("a range ends before it starts");
  for (let code = signed(from); code <= signed(to); code++) set[code & 0xff] = true;
}

/** The "C" locale: ASCII only. */
const CLASSES: ReadonlyMap<string, RegExp> = new Map([
  ["alnum", /[0-9A-Za-z]/],
  ["alpha", /[A-Za-z]/],
  ["blank", /[ \t]/],
  // biome-ignore lint/suspicious/noControlCharactersInRegex: the class of control characters
  ["cntrl", /[\0-\x1f\x7f]/],
  ["d", /[0-9]/],
  ["digit", /[0-9]/],
  ["graph", /[!-~]/],
  ["lower", /[a-z]/],
  ["print", /[ -~]/],
  ["punct", /[!-/:-@[-`{-~]/],
  ["s", /[ \t-\r]/],
  ["space", /[ \t-\r]/],
  ["upper", /[A-Z]/],
  ["w", /[0-9A-Z_a-z]/],
  ["xdigit", /[0-9A-Fa-f]/],
]);

function characterClass(name: string): ByteSet {
  const members = CLASSES.get(name.toLowerCase());
  if (members === undefined) throw new PatternError(`unknown character class '${name}'`);
  return byteSet((code) => members.test(String.fromCharCode(code)));
}

/** POSIX names of the characters that are not letters, from space on. */
const COLLATING_NAMES = (
  "space exclamation-mark quotation-mark number-sign dollar-sign percent-sign ampersand apostrophe " +
  "left-parenthesis right-parenthesis asterisk plus-sign comma hyphen period slash zero one two three " +
  "four five six seven eight nine colon semicolon less-than-sign equals-sign greater-than-sign " +
  "question-mark commercial-at"
).split(" ");

function collating(name: string, equivalent: boolean): ByteSet {
  if (/^[A-Za-z]$/.test(name)) {
    if (!equivalent) return single(name);
    // Equivalence ignores case.
    return byteSet((code) => String.fromCharCode(code).toLowerCase() === name.toLowerCase());
  }
  const index = COLLATING_NAMES.indexOf(name);
  if (index < 0) throw new PatternError(`unknown collating element '${name}'`);
  return single(String.fromCharCode(0x20 + index));
}

/** Built from the end to the start: every piece is told what comes after it. */
class Compiler {
  private readonly instructions: Instruction[] = [];
  private guards = 0;

  constructor(private readonly groups: number) {}

  compile(tree: Tree): Program {
    const start = this.emit(tree, this.push({ op: "accept" }));
    const registers = 2 * (this.groups + this.guards);
    return { instructions: this.instructions, start, groups: this.groups, registers };
  }

  private push(instruction: Instruction): number {
    if (this.instructions.length >= MAX_INSTRUCTIONS) throw new PatternError("too large");
    this.instructions.push(instruction);
    return this.instructions.length - 1;
  }

  private emit(tree: Tree, next: number): number {
    switch (tree.kind) {
      case "empty":
        return next;
      case "begin":
      case "end":
        return this.push({ op: tree.kind, next });
      case "byte":
        return this.push({ op: "byte", set: tree.set, next });
      case "sequence":
        return tree.items.reduceRight((after, item) => this.emit(item, after), next);
      case "either": {
        const second = this.emit(tree.second, next);
        return this.push({ op: "either", first: this.emit(tree.first, next), second });
      }
      case "group": {
        const end = this.push({ op: "save", register: 2 * tree.index + 1, next });
        return this.push({ op: "save", register: 2 * tree.index, next: this.emit(tree.body, end) });
      }
      case "repeat":
        return this.repeat(tree.body, tree.min, tree.max, next);
    }
  }

  /** `a{2,4}` is `aa(a(a)?)?`, `a{2,}` is `aaa*`. */
  private repeat(body: Tree, min: number, max: number, next: number): number {
    const guarded = matchesNothing(body);
    let start = next;
    if (max === Number.POSITIVE_INFINITY) {
      const loop = this.loop(next, guarded);
      loop.instruction.more = this.emit(body, loop.index);
      start = loop.index;
    } else {
      for (let count = min; count < max; count++) {
        const option = this.loop(next, guarded);
        option.instruction.more = this.emit(body, start);
        start = option.index;
      }
    }
    for (let count = 0; count < min; count++) start = this.emit(body, start);
    return start;
  }

  private loop(less: number, guarded: boolean) {
    const guard = guarded ? 2 * (this.groups + this.guards++) : undefined;
    const instruction = { op: "repeat" as const, more: less, less, guard };
    return { instruction, index: this.push(instruction) };
  }
}

/** Can it match without taking a byte? */
function matchesNothing(tree: Tree): boolean {
  switch (tree.kind) {
    case "byte":
      return false;
    case "sequence":
      return tree.items.every(matchesNothing);
    case "either":
      return matchesNothing(tree.first) || matchesNothing(tree.second);
    case "group":
      return matchesNothing(tree.body);
    case "repeat":
      return tree.min === 0 || matchesNothing(tree.body);
    default:
      return true;
  }
}
