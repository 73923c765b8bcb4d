/**
 * `lib.generators`: values as text of various formats. What is not here (plist, Lua, Dhall, …) is unknown.
 *
 *   lib.generators.toINI { } { a.b = 1; }  ->  "[a]\nb=1\n"
 */
import { fail, Undecided } from "../errors.ts";
import { expectAttrs, expectBool, expectClosedAttrs, expectString, showType } from "../expect.ts";
import { apply } from "../interpreter.ts";
import { attrs, string } from "../make.ts";
import { sortedAttrs } from "../order.ts";
import { printBrief } from "../print-brief.ts";
import type { Eval } from "../step.ts";
import { Thunk } from "../thunk.ts";
import type { AttrsValue, StringValue, Value } from "../value.ts";
import { isDerivation } from "./attrsets.ts";
import { joined, lazily, like, type Members, shownOf, textOf } from "./native.ts";
import { toPretty } from "./to-pretty.ts";

export function generatorMembers(builtins: Members): Members {
  const toJson = builtins.toJSON as Value;
  return lazily({
    toJSON: (_options, value) => apply(toJson, value),
    toYAML: (_options, value) => apply(toJson, value),
    mkValueStringDefault: (_options, value) => valueText(value),
    mkKeyValueDefault: function* (options, separator, name, value) {
      const write = yield* option(options, "mkValueString");
      return yield* keyValue(write, expectString(yield separator).value, yield* textOf(name), value);
    },
    toKeyValue: function* (options, set) {
      return yield* linesOf(yield* lineStyle(options), expectClosedAttrs(yield set));
    },
    toINI: function* (options, sections) {
      return yield* sectionsText(options, expectClosedAttrs(yield sections));
    },
    toINIWithGlobalSection: function* (options, parts) {
      const globals = (yield* option(parts, "globalSection")) ?? fail("error", "'globalSection' missing");
      const sections = yield* option(parts, "sections");
      const top = expectClosedAttrs(yield globals);
      const head = yield* linesOf(yield* lineStyle(options), top);
      const rest = sections ? yield* sectionsText(options, expectClosedAttrs(yield sections)) : string("");
      return joined([head, string(top.attrs.size > 0 ? "\n" : ""), rest]);
    },
    toPretty: toPretty,
    mkLuaInline: (expr) => attrs({ _type: string("lua-inline"), expr }),
  });
}

/** A named argument, if it is given. */
function* option(options: Thunk, name: string): Eval<Thunk | undefined> {
  return expectAttrs(yield options).attrs.get(name)?.value;
}

/** Numbers, strings, booleans and null; what else there is has no text. */
function* valueText(thunk: Thunk): Eval<StringValue> {
  const value = yield thunk;
  switch (value.type) {
    case "unknown":
      throw new Undecided(value);
    case "string":
      return value;
    case "int":
    case "float":
    case "path":
      return yield* shownOf(thunk);
    case "bool":
      return string(String(value.value));
    case "null":
      return string("null");
    default:
      if (yield* isDerivation(value)) return yield* shownOf(thunk);
      return fail(
        "abort",
        `generators.mkValueStringDefault: ${showType(value)} is not supported: ${printBrief(value)}`,
      );
  }
}

/** `name=value`, the separator escaped in the name. */
function* keyValue(
  write: Thunk | undefined,
  separator: string,
  name: StringValue,
  value: Thunk,
): Eval<StringValue> {
  const key = like(name, name.value.replaceAll(separator, `\\${separator}`));
  const text = write ? yield* textOf(apply(write, value)) : yield* valueText(value);
  return joined([key, string(separator), text]);
}

interface LineStyle {
  /** `mkKeyValue`, if it is not the default. */
  readonly write: Thunk | undefined;
  readonly duplicateKeys: boolean;
  readonly indent: string;
}

function* lineStyle(options: Thunk): Eval<LineStyle> {
  const duplicateKeys = yield* option(options, "listsAsDuplicateKeys");
  const indent = yield* option(options, "indent");
  return {
    write: yield* option(options, "mkKeyValue"),
    duplicateKeys: duplicateKeys !== undefined && expectBool(yield duplicateKeys).value,
    indent: indent ? expectString(yield indent).value : "",
  };
}

function* linesOf(style: LineStyle, set: AttrsValue): Eval<StringValue> {
  const lines: StringValue[] = [];
  for (const [name, { value }] of sortedAttrs(set)) {
    const found = style.duplicateKeys ? yield value : undefined;
    for (const item of found?.type === "list" ? found.elements : [value]) {
      const line = style.write
        ? yield* textOf(apply(style.write, Thunk.of(string(name)), item))
        : yield* keyValue(undefined, "=", string(name), item);
      lines.push(joined([string(style.indent), line, string("\n")]));
    }
  }
  return joined(lines);
}

function* sectionsText(options: Thunk, sections: AttrsValue): Eval<StringValue> {
  const style = { ...(yield* lineStyle(options)), indent: "" };
  const writeName = yield* option(options, "mkSectionName");
  const texts: StringValue[] = [];
  for (const [name, { value }] of sortedAttrs(sections)) {
    const title = writeName
      ? yield* textOf(apply(writeName, Thunk.of(string(name))))
      : string(name.replace(/[[\]]/g, "\\$&"));
    const lines = yield* linesOf(style, expectClosedAttrs(yield value));
    texts.push(joined([string("["), title, string("]\n"), lines]));
  }
  return joined(texts, "\n");
}
