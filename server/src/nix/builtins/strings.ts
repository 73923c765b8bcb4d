/**
 * Strings: `substring`, `replaceStrings`, `match`, `split`, `concatStringsSep`, …
 *
 *   builtins.match "([a-z]+)-([0-9]+)" "web-1"  ->  [ "web" "1" ]
 *
 * Lengths and offsets count UTF-8 bytes.
 */
import { fail, Undecided } from "../errors.ts";
import { expectClosedList, expectInt, expectString, expectStringWithoutContext } from "../expect.ts";
import { joinTexts, TextBuilder } from "../limits.ts";
import { attrs, int, list, nullValue, string, unknown } from "../make.ts";
import type { Eval } from "../step.ts";
import { Thunk } from "../thunk.ts";
import type { BuiltinValue, Value } from "../value.ts";
import { byteLength, fromBytes, mend, toBytes } from "./byte-string.ts";
import { eager, lazy } from "./define.ts";
import { type Groups, PatternError, PosixRegex, RegexLimit } from "./posix-regex.ts";
import { shownOf, textOf } from "./text-of.ts";
import { compareVersions, parseName, splitVersion } from "./version.ts";

export function stringBuiltins(): BuiltinValue[] {
  const patterns = new Map<string, PosixRegex>();
  const compiled = (pattern: Value): PosixRegex => {
    const source = expectStringWithoutContext(pattern).value;
    let regex = patterns.get(source);
    if (regex === undefined) {
      regex = compile(source);
      patterns.set(source, regex);
    }
    return regex;
  };
  return [
    lazy("toString", shownOf),
    lazy("stringLength", function* (value) {
      return int(byteLength((yield* textOf(value)).value));
    }),
    lazy("substring", substring),
    lazy("concatStringsSep", concatStringsSep),
    lazy("replaceStrings", replaceStrings),
    eager("match", (pattern, text) => {
      const regex = compiled(pattern);
      const groups = bounded(() => regex.matchWhole(expectString(text).value));
      return groups === undefined ? nullValue() : groupList(groups);
    }),
    eager("split", (pattern, text) => {
      const regex = compiled(pattern);
      const parts = bounded(() => regex.split(expectString(text).value));
      // A text without a match is handed on as it is, context and all.
      if (parts.length === 1) return list([Thunk.of(text)]);
      return list(parts.map((part) => Thunk.of(typeof part === "string" ? string(part) : groupList(part))));
    }),
    eager("compareVersions", (left, right) =>
      int(compareVersions(expectStringWithoutContext(left).value, expectStringWithoutContext(right).value)),
    ),
    eager("splitVersion", (version) =>
      list(splitVersion(expectStringWithoutContext(version).value).map((part) => Thunk.of(string(part)))),
    ),
    eager("parseDrvName", (name) => {
      const parsed = parseName(expectStringWithoutContext(name).value);
      return attrs({ name: string(parsed.name), version: string(parsed.version) });
    }),
  ];
}

function compile(source: string): PosixRegex {
  try {
    return new PosixRegex(source);
  } catch (error) {
    if (error instanceof PatternError) fail("error", `invalid regular expression '${source}'`);
    throw error;
  }
}

/** A search that takes too long says nothing. */
function bounded<T>(search: () => T): T {
  try {
    return search();
  } catch (error) {
    if (error instanceof RegexLimit) throw new Undecided(unknown(error.message));
    throw error;
  }
}

function groupList(groups: Groups): Value {
  return list(groups.map((group) => Thunk.of(group === undefined ? nullValue() : string(group))));
}

function* substring(start: Thunk, length: Thunk, text: Thunk): Eval<Value> {
  const from = expectInt(yield start).value;
  if (from < 0n) fail("error", "negative start position in 'substring'");
  const count = expectInt(yield length).value;
  const whole = yield* textOf(text);
  const bytes = toBytes(whole.value);
  // A negative length means up to the end.
  const end = count < 0n ? bytes.length : Number(from + count);
  return string(fromBytes(bytes.slice(Number(from), end)), whole.context);
}

function* concatStringsSep(separator: Thunk, strings: Thunk): Eval<Value> {
  const between = expectString(yield separator);
  const { elements } = expectClosedList(yield strings);
  const context = new Set(between.context);
  const texts: string[] = [];
  for (const element of elements) {
    const text = yield* textOf(element);
    for (const reference of text.context ?? []) context.add(reference);
    texts.push(text.value);
  }
  return string(mend(joinTexts(texts, between.value)), context);
}

function* replaceStrings(from: Thunk, to: Thunk, text: Thunk): Eval<Value> {
  const patterns = expectClosedList(yield from).elements;
  const replacements = expectClosedList(yield to).elements;
  if (patterns.length !== replacements.length)
    fail("error", "'from' and 'to' arguments to 'replaceStrings' have different lengths");
  const wanted: string[] = [];
  for (const pattern of patterns) wanted.push(toBytes(expectString(yield pattern).value));
  const whole = expectString(yield text);
  const bytes = toBytes(whole.value);
  const context = new Set(whole.context);
  const result = new TextBuilder();
  const candidates = byFirstByte(wanted);
  /** Where what was not replaced yet begins. */
  let kept = 0;
  // One position past the end: an empty pattern matches there too.
  for (let offset = 0; offset <= bytes.length; ) {
    const index =
      candidates(bytes[offset]).find((at) => bytes.startsWith(wanted[at] as string, offset)) ?? -1;
    const found = wanted[index] ?? "";
    if (index >= 0) {
      if (kept < offset) result.add(bytes.slice(kept, offset));
      const replacement = expectString(yield replacements[index] as Thunk);
      for (const reference of replacement.context ?? []) context.add(reference);
      result.add(toBytes(replacement.value));
      kept = offset + found.length;
    }
    offset += found.length || 1;
  }
  if (kept < bytes.length) result.add(bytes.slice(kept));
  return string(fromBytes(result.text), context);
}

/** The patterns that may match where a byte is, by their index: those that begin with it, and the empty ones. */
function byFirstByte(patterns: readonly string[]): (byte: string | undefined) => readonly number[] {
  const known = new Map<string | undefined, readonly number[]>();
  return (byte) => {
    let found = known.get(byte);
    if (found === undefined) {
      found = [...patterns.keys()].filter((index) => patterns[index] === "" || patterns[index]?.[0] === byte);
      known.set(byte, found);
    }
    return found;
  };
}
