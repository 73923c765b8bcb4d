/**
 * JSON read into the same tree as Nix, so that `inventory.json` has origins like everything else.
 *
 *   { "machines": { "web": {} } }   ->   attrset [ binding ["machines"] = … ]
 *
 * Objects become sets with quoted names, `null`, `true` and `false` identifiers. Nesting is limited by memory
 * only.
 */
import { createScanner } from "jsonc-parser";
import type { AttrName, Binding, Expr, Source, SyntaxProblem } from "./ast.ts";
import { Places, placed } from "./places.ts";
import { type Reread, type Unchanged, unchangedBindings } from "./relower.ts";
import { sourceTooLarge } from "./too-large.ts";

/** Never throws; text that is no JSON gives problems and as much as could be read. */
export function parseJsonSource(path: string, text: string): Source {
  return parseJson(path, text).source;
}

/** A source is whole if it has no problem and the tree has all that is written: of equal keys it has the last only. */
export function parseJson(path: string, text: string): { source: Source; isWhole: boolean } {
  const large = sourceTooLarge(path, text);
  if (large !== undefined) return { source: large, isWhole: false };
  const problems: SyntaxProblem[] = [];
  const source: { -readonly [K in keyof Source]: Source[K] } = {
    path,
    text,
    language: "json",
    root: undefined as unknown as Expr, // set below: nodes need the source first
    problems,
  };
  const reader = new JsonReader(new Places(source), problems, { from: 0, to: text.length });
  source.root = reader.read();
  problems.sort((a, b) => a.start - b.start || a.end - b.end);
  return { source, isWhole: problems.length === 0 && !reader.hasEqualKeys };
}

/** A binding or the root as a change has left it. What stands before or behind the change is not read again. */
export const rereadJson: Reread = (old, { source, places, problems }, change) => {
  const unchanged = unchangedBindings(old, change);
  const to = old.end + change.newEnd - change.oldEnd;
  const isBinding = old.kind === "binding";
  const part = isBinding ? { from: old.start, to } : { from: 0, to: source.text.length };
  const reader = new JsonReader(places, problems, part, (start) => {
    const found = unchanged.get(start);
    // A number goes on with the digits that are typed behind it.
    const isApart = found !== undefined && (found.end < change.start || start > change.newEnd);
    return isApart ? found : undefined;
  });
  const read = isBinding ? reader.readBinding() : reader.read();
  return reader.hasEqualKeys || (isBinding && read?.end !== to) ? undefined : read;
};

/** An object or array that has been opened. */
interface Frame {
  readonly kind: "object" | "array";
  readonly start: number;
  /** As in Nix's `fromJSON`, the last of equal keys counts. */
  readonly bindings: Map<string, Binding>;
  readonly elements: Expr[];
  /** What has to come next; in an array there are no keys and colons. */
  wants: "key" | "colon" | "value" | "comma";
  key: AttrName | undefined;
  /** Where the comma is that was read last. */
  comma: number | undefined;
  broken: boolean;
}

/**
 * After so many the text is read as something else than was meant, and what is made of it is only costly: a quote that is
 * typed into a file of one line turns all strings behind it inside out, and a list of three tags has 100,000.
 */
const MAX_PROBLEMS = 100;

class JsonReader {
  private readonly source: Source;
  private readonly scanner;
  private readonly frames: Frame[] = [];
  private root: Expr | undefined;
  hasEqualKeys = false;

  constructor(
    readonly places: Places,
    private readonly problems: SyntaxProblem[],
    /** What of the text is read. */
    private readonly part: { readonly from: number; readonly to: number },
    /** A binding that is known already to stand at an offset. */
    private readonly known?: (start: number) => Unchanged | undefined,
  ) {
    this.source = places.source;
    this.scanner = createScanner(this.source.text.slice(part.from, part.to));
  }

  /** Undefined unless the part is one name with its value. */
  readBinding(): Binding | undefined {
    this.open("object");
    this.readTokens();
    const [frame, ...more] = this.frames;
    const isOne = more.length === 0 && frame?.wants === "comma" && frame.bindings.size === 1;
    return isOne ? frame.bindings.values().next().value : undefined;
  }

  read(): Expr {
    const { length } = this.source.text;
    this.readTokens();
    const isStopped = this.problems.length > MAX_PROBLEMS;
    for (const { start, kind } of isStopped ? [] : this.frames)
      this.report(start, start + 1, `This \`${kind === "object" ? "{" : "["}\` is never closed.`);
    while (this.frames.length > 0) this.close(true);
    if (this.root === undefined && this.problems.length === 0)
      this.report(0, length, "The file holds no value.");
    return this.root ?? placed(this, { start: 0, end: length }, { kind: "error", children: [] });
  }

  private readTokens(): void {
    for (this.scanner.scan(); this.offset < this.part.to; this.scanner.scan()) {
      if (this.problems.length >= MAX_PROBLEMS) {
        this.reportToken("After so many mistakes, the rest of the file is not read.");
        break;
      }
      this.readToken(this.tokenText());
    }
  }

  /** Where the present token starts in the whole text. */
  private get offset(): number {
    return this.part.from + this.scanner.getTokenOffset();
  }

  private readToken(text: string): void {
    if (text.trim() === "") return;
    if (text === "{") this.open("object");
    else if (text === "[") this.open("array");
    else if (text === "}") this.readClose("object");
    else if (text === "]") this.readClose("array");
    else if (text === ":") this.readColon();
    else if (text === ",") this.readComma();
    else if (text.startsWith('"')) this.readString(text);
    else if (/^-?\d/.test(text)) {
      const kind = /^-?\d+$/.test(text) ? "int" : "float";
      this.readValue(placed(this, this.place(), { kind, text }));
    } else if (this.wantsKey && /^\w/.test(text)) {
      this.reportToken("A name needs quotes.");
      this.readKey(text);
    } else if (text === "null" || text === "true" || text === "false")
      this.readValue(placed(this, this.place(), { kind: "identifier", name: text }));
    else if (/^\/[/*]/.test(text)) this.reportToken("JSON has no comments.");
    else {
      this.reportToken(`Unexpected \`${text}\`.`);
      this.readValue(placed(this, this.place(), { kind: "error", children: [] }));
    }
  }

  private get top(): Frame | undefined {
    return this.frames[this.frames.length - 1];
  }

  private open(kind: Frame["kind"]): void {
    this.expect("value");
    const start = this.offset;
    const wants = kind === "object" ? "key" : "value";
    const bindings = new Map<string, Binding>();
    this.frames.push({
      kind,
      start,
      bindings,
      elements: [],
      wants,
      key: undefined,
      comma: undefined,
      broken: false,
    });
  }

  private readClose(kind: Frame["kind"]): void {
    const at = this.frames.findLastIndex((frame) => frame.kind === kind);
    if (at < 0) {
      this.reportToken(`This \`${this.tokenText()}\` closes nothing.`);
      return;
    }
    for (const { start } of this.frames.slice(at + 1)) this.report(start, start + 1, "This is never closed.");
    while (this.frames.length > at + 1) this.close(true);
    const { top } = this;
    if (top?.wants === "colon") this.reportToken("Expected `:` and a value before this.");
    else if (top?.kind === "object" && top.wants === "value")
      this.reportToken("Expected a value before this.");
    else if (top?.comma !== undefined && top.wants !== "comma")
      this.report(top.comma, top.comma + 1, `JSON has no comma before \`${this.tokenText()}\`.`);
    this.close(top?.wants === "colon" || (top?.kind === "object" && top.wants === "value"));
  }

  /** Ends the innermost object or array at the present token. */
  private close(broken: boolean): void {
    const frame = this.frames.pop();
    if (frame === undefined) return;
    const end = this.offset + this.scanner.getTokenLength();
    const place = { start: frame.start, end };
    const isBroken = broken || frame.broken;
    const bindings = [...frame.bindings.values()];
    this.add(
      frame.kind === "array"
        ? placed(this, place, { kind: "list", elements: frame.elements, broken: isBroken })
        : placed(this, place, {
            kind: "attrset",
            recursive: false,
            legacyLet: false,
            bindings,
            broken: isBroken,
          }),
    );
  }

  private readColon(): void {
    const { top } = this;
    if (top?.wants === "colon") top.wants = "value";
    else this.reportToken("Unexpected `:`.");
  }

  private readComma(): void {
    const { top } = this;
    if (top?.wants === "comma") {
      top.wants = top.kind === "object" ? "key" : "value";
      top.comma = this.offset;
    } else if (top?.kind === "object" && top.wants !== "key") {
      this.reportToken("Expected a value before this.");
      top.wants = "key";
      top.key = undefined;
      top.broken = true;
    } else this.reportToken("Unexpected `,`.");
  }

  private readString(text: string): void {
    const isClosed = text.length > 1 && text.endsWith('"');
    if (this.scanner.getTokenError() !== 0)
      this.reportToken(
        isClosed ? "JSON does not know all of this string's escapes." : 'This `"` is never closed.',
      );
    const value = this.scanner.getTokenValue();
    if (this.wantsKey) {
      if (!this.keep(value)) this.readKey(value);
      return;
    }
    const place = this.place();
    const inside = { start: place.start + 1, end: place.end - 1 };
    const parts = value === "" ? [] : [placed(this, inside, { kind: "text", text: value })];
    this.readValue(placed(this, place, { kind: "string", indented: false, parts }));
  }

  /** A name can stand here, if only after a comma that is missing. */
  private get wantsKey(): boolean {
    return this.top?.kind === "object" && (this.top.wants === "key" || this.top.wants === "comma");
  }

  /** Takes over the binding that is known to stand here. */
  private keep(name: string): boolean {
    const { top } = this;
    const found = top?.wants === "key" ? this.known?.(this.offset) : undefined;
    if (top === undefined || found === undefined) return false;
    this.bind(top, name, found.binding);
    top.wants = "comma";
    this.scanner.setPosition(found.end - this.part.from);
    return true;
  }

  private bind({ bindings }: Frame, name: string, binding: Binding): void {
    this.hasEqualKeys ||= bindings.has(name);
    bindings.set(name, binding);
  }

  private readKey(name: string): void {
    const { top } = this;
    if (top === undefined) return;
    if (top.wants === "comma") this.expect("key");
    top.key = placed(this, this.place(), { kind: "attr-name", quoted: true, name, expr: undefined });
    top.wants = "colon";
  }

  private readValue(value: Expr): void {
    if (this.expect("value")) this.add(value);
  }

  /** Reports if something else has to come before a key or value; false if none can stand here at all. */
  private expect(what: "key" | "value"): boolean {
    const { top } = this;
    if (top === undefined) {
      if (this.root === undefined) return true;
      this.reportToken("A JSON file holds one value.");
      return false;
    }
    if (top.wants === what) return true;
    this.reportToken(
      top.wants === "key"
        ? "Expected a name in quotes."
        : `Expected \`${separators[top.wants]}\` before this.`,
    );
    top.broken = true;
    return top.wants !== "key";
  }

  /** Hands a finished value to what it stands in. */
  private add(value: Expr): void {
    const { top } = this;
    if (top === undefined) this.root ??= value;
    else if (top.kind === "array") top.elements.push(value);
    else if (top.key?.name !== undefined) {
      const { key } = top;
      const span = { start: key.start, end: value.end };
      this.bind(top, top.key.name, placed(this, span, { kind: "binding", path: [key], value }));
      top.key = undefined;
    }
    if (top !== undefined) top.wants = "comma";
  }

  private tokenText(): string {
    const start = this.offset;
    return this.source.text.slice(start, start + this.scanner.getTokenLength());
  }

  private place() {
    const start = this.offset;
    return { start, end: start + this.scanner.getTokenLength() };
  }

  private reportToken(message: string): void {
    const { start, end } = this.place();
    this.report(start, end, message);
  }

  private report(start: number, end: number, message: string): void {
    this.problems.push({ start, end, message });
  }
}

const separators = { colon: ":", comma: ",", value: ":" } as const;
