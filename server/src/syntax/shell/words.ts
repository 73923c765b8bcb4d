/**
 * Words of a shell script, with their quotes taken off.
 *
 *   "$out"/a\ b"c"   ->   variable out, text `/a`, text ` `, text `b`, text `c`
 */
import type { SyntaxNode } from "../parser.ts";
import type { ShellWord, WordPart, WordText } from "./ast.ts";
import { HOLE, type ScriptText } from "./script-text.ts";

/** Deeper nesting than this is not looked into. */
const MAX_DEPTH = 200;

/** What the parser calls the pieces that words are made of. */
const wordTypes = new Set([
  "word",
  "number",
  "string",
  "raw_string",
  "ansi_c_string",
  "translated_string",
  "concatenation",
  "simple_expansion",
  "expansion",
  "command_substitution",
  "process_substitution",
  "arithmetic_expansion",
  "brace_expression",
  "extglob_pattern",
  "regex",
  "variable_name",
  "array",
]);

export function isWord(node: SyntaxNode): boolean {
  return wordTypes.has(node.type);
}

export class WordReader {
  /** The grammar took something else for a word: the text of a here document whose first line begins with `\`. */
  misread = false;
  /** Something was not looked into. */
  tooDeep = false;

  constructor(
    private readonly script: ScriptText,
    /** Reads the commands of a substitution. */
    private readonly visitCommands: (node: SyntaxNode, depth: number) => void,
  ) {}

  isTooDeep(depth: number): boolean {
    if (depth <= MAX_DEPTH) return false;
    this.tooDeep = true;
    return true;
  }

  hasHole(text: string): boolean {
    return text.includes(HOLE);
  }

  /** Whether a piece of a word at `start` goes on with what ended at `end`; a line may be broken between them. */
  isOneWord(end: number, start: number): boolean {
    return end >= 0 && end <= start && /^(\\\n)*$/.test(this.script.text.slice(end, start));
  }

  read(node: SyntaxNode, depth: number): ShellWord {
    return { ...this.placeOf(node), parts: this.parts(node, depth) };
  }

  /** The word of a name that is not written as one: `[`. */
  literal(text: string, node: SyntaxNode): ShellWord {
    const place = { start: this.script.start(node.startIndex), end: this.script.start(node.startIndex) };
    return { ...place, parts: [{ ...place, kind: "text", text }] };
  }

  /** The words of an array, or the one word. */
  list(node: SyntaxNode, depth: number): ShellWord[] {
    if (node.type !== "array") return [this.read(node, depth)];
    return node.namedChildren.flatMap((child) => (child === null ? [] : this.read(child, depth)));
  }

  /** The text of a here document. `isRaw`: nothing in it is expanded. */
  body(node: SyntaxNode, isRaw: boolean, depth: number): ShellWord {
    const { startIndex, endIndex } = node;
    const parts = isRaw ? this.raw(startIndex, endIndex) : this.expanded(node, startIndex, endIndex, depth);
    return { ...this.placeOf(node), parts };
  }

  private parts(node: SyntaxNode, depth: number): WordPart[] {
    if (this.isTooDeep(depth)) return [];
    const { startIndex: start, endIndex: end } = node;
    switch (node.type) {
      case "concatenation":
        return node.children.flatMap((child) => (child === null ? [] : this.parts(child, depth + 1)));
      case "string":
        return this.expanded(node, start + 1, end - 1, depth);
      case "raw_string":
        return this.raw(start + 1, end - 1);
      case "word":
      case "number":
      case "variable_name":
        return this.unquoted(start, end);
      case "simple_expansion":
      case "expansion":
        return this.expansion(node, depth);
      case "array":
        return this.list(node, depth + 1).flatMap(({ parts }) => parts);
      case "command_substitution":
      case "process_substitution":
        this.visitCommands(node, depth + 1);
        return [{ ...this.placeOf(node), kind: "computed", variables: [] }];
      default:
        return [this.computed(node, depth)];
    }
  }

  private expansion(node: SyntaxNode, depth: number): WordPart[] {
    const [variable, ...others] = node.namedChildren;
    if (variable?.type === "variable_name" && others.length === 0 && !/[#!:%/^,@]/.test(node.text))
      return [{ ...this.placeOf(node), kind: "variable", name: variable.text }];
    return [this.computed(node, depth)];
  }

  private computed(node: SyntaxNode, depth: number): WordPart {
    const variables: string[] = [];
    const visit = (below: SyntaxNode, level: number): void => {
      if (this.isTooDeep(level)) return;
      if (below.type === "variable_name") variables.push(below.text);
      else if (below.type.endsWith("_substitution")) this.visitCommands(below, level + 1);
      else for (const child of below.namedChildren) if (child !== null) visit(child, level + 1);
    };
    visit(node, depth);
    return { ...this.placeOf(node), kind: "computed", variables };
  }

  /** Between double quotes, or in a here document: text with expansions. */
  private expanded(node: SyntaxNode, start: number, end: number, depth: number): WordPart[] {
    const parts: WordPart[] = [];
    let at = start;
    for (const child of node.namedChildren) {
      if (child === null || !(child.type.endsWith("expansion") || child.type.endsWith("_substitution")))
        continue;
      parts.push(...this.characters(at, child.startIndex, true), ...this.parts(child, depth + 1));
      at = child.endIndex;
    }
    return [...parts, ...this.characters(at, end, true)];
  }

  private raw(start: number, end: number): WordPart[] {
    const parts: WordPart[] = [];
    for (let at = start; at < end; at++) this.addCharacter(parts, at, at, true);
    return parts;
  }

  /** Outside quotes: a backslash makes the next character plain, and some characters stand for others. */
  private unquoted(start: number, end: number): WordPart[] {
    if (this.script.text[start] === "\n") this.misread = true;
    return this.characters(start, end, false);
  }

  private characters(start: number, end: number, quoted: boolean): WordPart[] {
    const { text } = this.script;
    const parts: WordPart[] = [];
    for (let at = start; at < end; at++) {
      const char = text[at] ?? "";
      const next = text[at + 1] ?? "";
      if (char === "\\" && at + 1 < end && (!quoted || /["\\$`\n]/.test(next))) {
        if (next !== "\n") this.addCharacter(parts, at, at + 1, quoted);
        at++;
      } else if (!quoted && (/[*?[\]{}]/.test(char) || (char === "~" && at === start)))
        parts.push({
          kind: "computed",
          variables: [],
          start: this.script.start(at),
          end: this.script.end(at),
        });
      else this.addCharacter(parts, at, at, quoted);
    }
    return parts;
  }

  /** The character at `last`, whose writing begins at `first`; put to the text before it where that is possible. */
  private addCharacter(parts: WordPart[], first: number, last: number, quoted: boolean): void {
    const char = this.script.text[last] ?? "";
    const start = this.script.start(first);
    const end = this.script.end(last);
    if (char === HOLE) {
      parts.push({ kind: "hole", quoted, interpolation: this.script.hole(last), start, end });
      return;
    }
    const before = parts.at(-1);
    const isPlain = (part: WordText): boolean => part.end - part.start === part.text.length;
    if (before?.kind === "text" && isPlain(before) && before.end === start && end - start === 1)
      parts[parts.length - 1] = { ...before, text: before.text + char, end };
    else parts.push({ kind: "text", text: char, start, end });
  }

  private placeOf(node: SyntaxNode): { readonly start: number; readonly end: number } {
    return { start: this.script.start(node.startIndex), end: this.script.end(node.endIndex - 1) };
  }
}
