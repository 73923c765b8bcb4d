/**
 * `builtins.toXML`: a value as an XML document, evaluated deeply.
 *
 *   toXml({ a = 1; })  ->  <expr><attrs><attr name="a"><int value="1" />…   (indented by two spaces)
 */
import { fail, Undecided } from "../errors.ts";
import { expectClosedAttrs, expectClosedList } from "../expect.ts";
import { TextBuilder } from "../limits.ts";
import { string } from "../make.ts";
import { compareText, sortedAttrs } from "../order.ts";
import type { Eval } from "../step.ts";
import type { Thunk } from "../thunk.ts";
import type { AttrsValue, LambdaValue, StringValue } from "../value.ts";
import { displayFloat } from "./display-float.ts";

/** Unknown if any part is. */
export function* toXml(value: Thunk): Eval<StringValue> {
  const writer = new Writer();
  writer.open("expr");
  yield* written(writer, value);
  writer.close("expr");
  return string(writer.written.text, writer.context);
}

/** Nix's own limit on nested calls, in elements: two for each level of a set. */
const MAX_DEPTH = 20_000;

class Writer {
  readonly written = new TextBuilder();
  readonly context = new Set<string>();
  readonly derivations = new Set<string>();
  depth = 0;

  constructor() {
    this.line("<?xml version='1.0' encoding='utf-8'?>");
  }

  open(name: string, attributes: Readonly<Record<string, string>> = {}): void {
    this.line(`<${name}${markup(attributes)}>`);
    this.depth++;
  }

  close(name: string): void {
    this.depth--;
    this.line(`</${name}>`);
  }

  empty(name: string, attributes: Readonly<Record<string, string>> = {}): void {
    this.line(`<${name}${markup(attributes)} />`);
  }

  private line(text: string): void {
    this.written.add(`${"  ".repeat(this.depth)}${text}\n`);
  }
}

const ESCAPES: Readonly<Record<string, string>> = {
  '"': "&quot;",
  "<": "&lt;",
  ">": "&gt;",
  "&": "&amp;",
  "\n": "&#xA;",
};

function markup(attributes: Readonly<Record<string, string>>): string {
  return Object.entries(attributes)
    .map(
      ([name, value]) => ` ${name}="${value.replace(/["<>&\n]/g, (character) => ESCAPES[character] ?? "")}"`,
    )
    .join("");
}

/** Yielded for parts, so that the depth of the data is not that of the stack. Its value means nothing. */
function* writeValue(writer: Writer, thunk: Thunk): Eval<StringValue> {
  if (writer.depth > MAX_DEPTH) fail("error", "stack overflow; max-call-depth exceeded");
  const value = yield thunk;
  switch (value.type) {
    case "null":
      writer.empty("null");
      break;
    case "bool":
    case "int":
    case "path":
      writer.empty(value.type, { value: String(value.value) });
      break;
    case "float":
      writer.empty("float", { value: displayFloat(value.value) });
      break;
    case "string":
      for (const reference of value.context ?? []) writer.context.add(reference);
      writer.empty("string", { value: value.value });
      break;
    case "list":
      writer.open("list");
      for (const element of expectClosedList(value).elements) yield* written(writer, element);
      writer.close("list");
      break;
    case "attrs":
      yield* writeAttrs(writer, expectClosedAttrs(value));
      break;
    case "lambda":
      writeFunction(writer, value);
      break;
    case "builtin":
      writer.empty("unevaluated");
      break;
    case "unknown":
      throw new Undecided(value);
  }
  return string("");
}

function* written(writer: Writer, part: Thunk): Eval<void> {
  const done = yield writeValue(writer, part);
  if (done.type === "unknown") throw new Undecided(done);
}

function* writeAttrs(writer: Writer, set: AttrsValue): Eval<void> {
  const derivation = yield* stringAttr(set, "type");
  if (derivation !== "derivation") {
    writer.open("attrs");
    yield* writeMembers(writer, set);
    writer.close("attrs");
    return;
  }
  const drvPath = yield* stringAttr(set, "drvPath");
  const outPath = yield* stringAttr(set, "outPath");
  writer.open("derivation", {
    ...(drvPath === undefined ? {} : { drvPath }),
    ...(outPath === undefined ? {} : { outPath }),
  });
  if (drvPath && !writer.derivations.has(drvPath)) {
    writer.derivations.add(drvPath);
    yield* writeMembers(writer, set);
  } else writer.empty("repeated");
  writer.close("derivation");
}

function* writeMembers(writer: Writer, set: AttrsValue): Eval<void> {
  for (const [name, { value }] of sortedAttrs(set)) {
    writer.open("attr", { name });
    yield* written(writer, value);
    writer.close("attr");
  }
}

function* stringAttr(set: AttrsValue, name: string): Eval<string | undefined> {
  const attribute = set.attrs.get(name);
  if (attribute === undefined) return undefined;
  const value = yield attribute.value;
  if (value.type === "unknown") throw new Undecided(value);
  return value.type === "string" ? value.value : undefined;
}

function writeFunction(writer: Writer, { node: { param } }: LambdaValue): void {
  writer.open("function");
  if (param.formals === undefined) writer.empty("varpat", { name: param.name?.name ?? "" });
  else {
    writer.open("attrspat", {
      ...(param.ellipsis ? { ellipsis: "1" } : {}),
      ...(param.name ? { name: param.name.name } : {}),
    });
    const names = param.formals.map((formal) => formal.name.name).sort(compareText);
    for (const name of names) writer.empty("attr", { name });
    writer.close("attrspat");
  }
  writer.close("function");
}
