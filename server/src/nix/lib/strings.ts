/**
 * `lib.strings`: prefixes, splitting, joining, versions, numbers. Escaping is in escaping.ts.
 *
 *   lib.removePrefix "web-" "web-1"  ->  "1"        lib.splitString "," "a,b"  ->  [ "a" "b" ]
 */

import { distance } from "fastest-levenshtein";
import { nameOf } from "../builtins/attrsets.ts";
import { byteLength, fromBytes, mend, toBytes } from "../builtins/byte-string.ts";
import { JsonError, parseJson, quoteJson } from "../builtins/json-text.ts";
import { compareVersions, parseName } from "../builtins/version.ts";
import { fail } from "../errors.ts";
import {
  expectAttrs,
  expectBool,
  expectClosedAttrs,
  expectClosedList,
  expectInt,
  expectString,
  findAttr,
} from "../expect.ts";
import { apply } from "../interpreter.ts";
import { listRoom, repeatText } from "../limits.ts";
import { bool, int, list, string } from "../make.ts";
import { sortedAttrs } from "../order.ts";
import type { Eval } from "../step.ts";
import { Thunk } from "../thunk.ts";
import type { StringValue, Value } from "../value.ts";
import { escapingMembers } from "./escaping.ts";
import { featureMembers } from "./feature-flags.ts";
import {
  eagerly,
  holds,
  isStringLike,
  joined,
  lazily,
  like,
  type Members,
  onStrings,
  pick,
  shownOf,
  textOf,
} from "./native.ts";
import { getOutput } from "./outputs.ts";

const BUILTINS =
  "compareVersions concatStringsSep elem elemAt filter fromJSON genList head isInt isList isAttrs isPath isString match " +
  "parseDrvName readFile replaceStrings split storeDir stringLength substring tail toJSON typeOf unsafeDiscardStringContext " +
  "appendContext";

export function stringMembers(builtins: Members): Members {
  const readFile = builtins.readFile as Value;
  return {
    ...pick(builtins, BUILTINS),
    join: builtins.concatStringsSep as Value,
    lowerChars: characters("abcdefghijklmnopqrstuvwxyz"),
    upperChars: characters("ABCDEFGHIJKLMNOPQRSTUVWXYZ"),
    ...escapingMembers(builtins),
    ...featureMembers(),
    ...onStrings({
      hasPrefix: (prefix, text) => bool(text.value.startsWith(prefix.value)),
      hasSuffix: (suffix, text) => bool(text.value.endsWith(suffix.value)),
      hasInfix: (infix, text) => bool(text.value.includes(infix.value)),
      removePrefix: (prefix, text) =>
        text.value.startsWith(prefix.value) ? like(text, text.value.slice(prefix.value.length)) : text,
      removeSuffix: (suffix, text) =>
        text.value.endsWith(suffix.value)
          ? like(text, text.value.slice(0, text.value.length - suffix.value.length))
          : text,
      toLower: (text) => like(text, lower(text.value)),
      toUpper: (text) => like(text, upper(text.value)),
      trim: (text) => like(text, text.value.replace(/^[ \t\r\n]+|[ \t\r\n]+$/g, "")),
      addContextFrom: (source, target) => like(joined([source, target]), target.value),
      versionOlder: (version, other) => bool(compareVersions(version.value, other.value) < 0),
      versionAtLeast: (version, other) => bool(compareVersions(version.value, other.value) >= 0),
      isValidPosixName: (name) => bool(/^[a-zA-Z_][a-zA-Z0-9_]*$/.test(name.value)),
      sanitizeDerivationName: (name) => string(sanitizeName(name.value)),
      levenshtein: (a, b) => int(distance(a.value, b.value)),
      commonPrefixLength: (a, b) => int(commonLength(toBytes(a.value), toBytes(b.value))),
      commonSuffixLength: (a, b) => int(commonLength(reversed(a.value), reversed(b.value))),
      stringToCharacters: (text) => list(bytesOf(text.value).map((byte) => Thunk.of(like(text, byte)))),
      normalizePath: (text) => like(text, text.value.replace(/\/+/g, "/")),
      nameFromURL: (url, separator) => {
        const file = url.value.split("/").at(-1) ?? "";
        const name = file.split(separator.value)[0] ?? "";
        return name === file ? fail("assert", "assertion 'name != filename' failed") : like(url, name);
      },
    }),
    ...eagerly({
      toInt: (text) => toInt(expectString(text).value),
      toIntBase10: (text) => toIntBase10(expectString(text).value),
      toSentenceCase: (text) => {
        const { value } = expectOnlyString("toSentenceCase does", text);
        return like(expectString(text), upper(value.slice(0, 1)) + lower(value.slice(1)));
      },
      toCamelCase: (text) => {
        const { value } = expectOnlyString("toCamelCase does", text);
        const words = value.split(/[-_ ]/).flatMap((word) => word.split(/(?<=[a-z])(?=[A-Z])/));
        const camel = words.map((word, index) =>
          index === 0 ? lower(word) : upper(word.slice(0, 1)) + lower(word.slice(1)),
        );
        return like(expectString(text), camel.join(""));
      },
    }),
    ...lazily({
      concatStrings: (texts) => join(string(""), texts),
      concatLines: function* (lines) {
        const { elements } = expectClosedList(yield lines);
        if (elements.length === 0) return string("");
        return joined([yield* join(string("\n"), lines), string("\n")]);
      },
      concatMapStrings: (fn, xs) => joinMapped(string(""), fn, xs),
      concatMapStringsSep: function* (separator, fn, xs) {
        return yield* joinMapped(expectString(yield separator), fn, xs);
      },
      concatImapStrings: (fn, xs) => joinMapped(string(""), fn, xs, true),
      concatImapStringsSep: function* (separator, fn, xs) {
        return yield* joinMapped(expectString(yield separator), fn, xs, true);
      },
      concatMapAttrsStringSep: function* (separator, fn, set) {
        const texts: StringValue[] = [];
        for (const [name, attribute] of sortedAttrs(expectClosedAttrs(yield set)))
          texts.push(yield* textOf(apply(fn, nameOf(name, attribute), attribute.value)));
        return joinTexts(expectString(yield separator), texts);
      },
      intersperse: function* (separator, xs) {
        const { elements } = expectClosedList(yield xs);
        return list(elements.flatMap((element, index) => (index === 0 ? [element] : [separator, element])));
      },
      optionalString: function* (cond, text) {
        return expectBool(yield cond).value ? yield text : string("");
      },
      replaceString: (from, to, text) =>
        apply(builtins.replaceStrings as Value, Thunk.of(list([from])), Thunk.of(list([to])), text),
      replicate: function* (count, text) {
        const piece = yield* textOf(text);
        return like(piece, repeatText(piece.value, Number(expectInt(yield count).value)));
      },
      stringAsChars: function* (fn, text) {
        const bytes = toBytes((yield* textOf(text)).value);
        const parts: StringValue[] = [];
        for (const byte of bytes) parts.push(yield* textOf(apply(fn, Thunk.of(string(fromBytes(byte))))));
        return joinTexts(string(""), parts);
      },
      trimWith: function* (options, text) {
        const { attrs } = expectAttrs(yield options);
        const flag = function* (name: string): Eval<boolean> {
          const option = attrs.get(name);
          return option !== undefined && expectBool(yield option.value).value;
        };
        const whole = yield* textOf(text);
        let result = whole.value;
        if (yield* flag("start")) result = result.replace(/^[ \t\r\n]+/, "");
        if (yield* flag("end")) result = result.replace(/[ \t\r\n]+$/, "");
        return like(whole, result);
      },
      splitString: function* (separator, text) {
        const by = (yield* shownOf(separator)).value;
        const whole = yield* shownOf(text);
        // An empty pattern also matches before the first and after the last byte.
        const parts = by === "" ? ["", ...bytesOf(whole.value), ""] : whole.value.split(by);
        if ((yield text).type === "string") return list(parts.map((part) => Thunk.of(like(whole, part))));
        // Each takes over the context of what is no text.
        const piece = (part: string) =>
          new Thunk(function* () {
            return like(yield* textOf(text), part);
          });
        return list(parts.map(piece));
      },
      splitStringBy: splitStringBy,
      makeSearchPath: (folder, paths) => searchPath(folder, paths, (path) => path),
      makeSearchPathOutput: (output, folder, paths) =>
        searchPath(folder, paths, (path) => new Thunk(() => getOutput(output, path))),
      makeLibraryPath: (paths) => outputPath("lib", "lib", paths),
      makeIncludePath: (paths) => outputPath("dev", "include", paths),
      makeBinPath: (paths) => outputPath("bin", "bin", paths),
      getName: (pkg) => nameOrVersion(pkg, "pname", (name) => parseName(name).name),
      getVersion: (pkg) => nameOrVersion(pkg, "version", (name) => parseName(name).version),
      fixedWidthString: function* (width, filler, text) {
        const whole = yield* textOf(text);
        return like(
          whole,
          padded(Number(expectInt(yield width).value), expectString(yield filler).value, whole.value),
        );
      },
      fixedWidthNumber: function* (width, number) {
        return string(padded(Number(expectInt(yield width).value), "0", (yield* shownOf(number)).value));
      },
      floatToString: shownOf,
      fileContents: function* (file) {
        const text = expectString(yield apply(readFile, file));
        return like(text, text.value.replace(/\n$/, ""));
      },
      isStringLike: function* (value) {
        return bool(isStringLike(yield value));
      },
      isConvertibleWithToString: function* (value) {
        return bool(yield* isConvertible(value));
      },
      isStorePath: function* (value) {
        const given = yield value;
        if (!isStringLike(given)) return bool(false);
        const text = (yield* shownOf(value)).value;
        return bool(/^\/nix\/store\/[^/]*$/.test(text) || /^\/[0-9a-z]{52}$/.test(text));
      },
      levenshteinAtMost: function* (limit, a, b) {
        const [one, other] = [expectString(yield a).value, expectString(yield b).value];
        return bool(distance(one, other) <= Math.max(0, Number(expectInt(yield limit).value)));
      },
      charToInt: function* (character) {
        const bytes = toBytes(expectString(yield character).value);
        if (bytes.length !== 1) fail("error", `attribute '${fromBytes(bytes)}' missing`);
        return int(bytes.charCodeAt(0));
      },
    }),
  };
}

/** Each byte a text of its own. */
function bytesOf(text: string): string[] {
  const bytes = toBytes(text);
  listRoom(bytes.length);
  return Array.from(bytes, fromBytes);
}

function characters(text: string): Value {
  return list([...text].map((character) => Thunk.of(string(character))));
}

/** Only ASCII letters change, as in Nix. */
function lower(text: string): string {
  return text.replace(/[A-Z]/g, (letter) => letter.toLowerCase());
}

function upper(text: string): string {
  return text.replace(/[a-z]/g, (letter) => letter.toUpperCase());
}

function reversed(text: string): string {
  return [...toBytes(text)].toReversed().join("");
}

function commonLength(a: string, b: string): number {
  let length = 0;
  while (length < Math.min(a.length, b.length) && a[length] === b[length]) length++;
  return length;
}

function* join(separator: StringValue, texts: Thunk): Eval<StringValue> {
  const parts: StringValue[] = [];
  for (const element of expectClosedList(yield texts).elements) parts.push(yield* textOf(element));
  return joinTexts(separator, parts);
}

function* joinMapped(separator: StringValue, fn: Thunk, xs: Thunk, counted = false): Eval<StringValue> {
  const parts: StringValue[] = [];
  for (const [index, element] of expectClosedList(yield xs).elements.entries()) {
    const args = counted ? [Thunk.of(int(index + 1)), element] : [element];
    parts.push(yield* textOf(apply(fn, ...args)));
  }
  return joinTexts(separator, parts);
}

function joinTexts(separator: StringValue, parts: readonly StringValue[]): StringValue {
  const text = joined(parts, separator.value);
  return like(joined([separator, text]), mend(text.value));
}

function expectOnlyString(who: string, value: Value): StringValue {
  if (value.type === "string" || value.type === "unknown") return expectString(value);
  return fail("throw", `${who} only accepts string values, but got ${value.type}`);
}

function toInt(text: string): Value {
  const digits = /^[ \t-\r]*(-?[0-9]+)[ \t-\r]*$/.exec(text)?.[1];
  if (digits !== undefined && /^0[0-9]+$/.test(digits))
    fail(
      "throw",
      `toInt: Ambiguity in interpretation of ${quoteJson(text)} between octal and zero padded integer.`,
    );
  return parseInteger("toInt", text, digits);
}

function toIntBase10(text: string): Value {
  return parseInteger("toIntBase10", text, /^[ \t-\r]*0*(-?[0-9]+)[ \t-\r]*$/.exec(text)?.[1]);
}

function parseInteger(who: string, text: string, digits: string | undefined): Value {
  try {
    const number = digits === undefined ? undefined : parseJson(digits);
    if (typeof number === "bigint") return int(number);
  } catch (error) {
    if (!(error instanceof JsonError)) throw error;
    fail("error", error.message);
  }
  return fail("throw", `${who}: Could not convert ${quoteJson(text)} to int.`);
}

/** The longest end of the name that the store accepts. */
function sanitizeName(name: string): string {
  if (name.length <= 207 && /^[0-9A-Za-z+_?=-][0-9A-Za-z+._?=-]*$/.test(name)) return name;
  const clean = name.replace(/^\.+/, "").replace(/[^0-9A-Za-z+._?=-]+/g, "-");
  return clean.slice(Math.max(0, clean.length - 207)) || "unknown";
}

function* splitStringBy(predicate: Thunk, keep: Thunk, text: Thunk): Eval<Value> {
  const whole = expectString(yield text);
  const bytes = toBytes(whole.value);
  const keeps = expectBool(yield keep).value;
  const parts: string[] = [""];
  for (let index = 0; index < bytes.length; index++) {
    const current = fromBytes(bytes[index] as string);
    const previous = fromBytes(bytes[index - 1] ?? "");
    if (yield* holds(predicate, Thunk.of(string(previous)), Thunk.of(string(current))))
      parts.push(keeps ? (bytes[index] as string) : "");
    else parts[parts.length - 1] += bytes[index] as string;
  }
  return list(parts.map((part) => Thunk.of(like(whole, fromBytes(part)))));
}

/** `PATH`-like: null entries are left out. */
function* searchPath(folder: Thunk, paths: Thunk, select: (path: Thunk) => Thunk): Eval<Value> {
  const directory = expectString(yield folder);
  const parts: StringValue[] = [];
  for (const element of expectClosedList(yield paths).elements) {
    const path = select(element);
    if ((yield path).type === "null") continue;
    const text = yield* textOf(path);
    parts.push(joined([text, string("/"), directory]));
  }
  return joined(parts, ":");
}

function outputPath(output: string, folder: string, paths: Thunk): Eval<Value> {
  const wanted = Thunk.of(string(output));
  return searchPath(Thunk.of(string(folder)), paths, (path) => new Thunk(() => getOutput(wanted, path)));
}

/** Of a package its attribute or what its name says; of a name what it says. */
function* nameOrVersion(pkg: Thunk, attribute: string, parse: (name: string) => string): Eval<Value> {
  const value = yield pkg;
  if (value.type === "string") return string(parse(value.value));
  const set = expectAttrs(value);
  const given = findAttr(set, attribute);
  if (given) return yield given;
  const name = findAttr(set, "name") ?? fail("error", "attribute 'name' missing");
  return string(parse(expectString(yield name).value));
}

function padded(width: number, filler: string, text: string): string {
  const length = byteLength(text);
  if (length > width)
    fail(
      "throw",
      `fixedWidthString: requested string length (${width}) must not be shorter than actual length (${length})`,
    );
  const missing = width - length;
  if (missing === 0) return text;
  if (filler === "" || missing % byteLength(filler) !== 0)
    fail("throw", `fixedWidthString: a length of ${width} cannot be reached with '${filler}'`);
  return repeatText(filler, missing / byteLength(filler)) + text;
}

function* isConvertible(thunk: Thunk): Eval<boolean> {
  const todo = [thunk];
  for (let next = todo.pop(); next !== undefined; next = todo.pop()) {
    const value = yield next;
    if (value.type === "list") todo.push(...expectClosedList(value).elements);
    else if (!isStringLike(value) && !["null", "int", "float", "bool"].includes(value.type)) return false;
  }
  return true;
}
