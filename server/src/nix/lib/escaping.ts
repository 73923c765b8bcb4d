/**
 * The escaping functions of `lib.strings`.
 *
 *   lib.escapeShellArg "it's"  ->  "'it'\\''s'"        lib.escapeRegex "a.b"  ->  "a\\.b"
 */
import { quoteJson } from "../builtins/json-text.ts";
import { fail } from "../errors.ts";
import { expectAttrs, expectClosedAttrs, expectClosedList, expectString } from "../expect.ts";
import { apply } from "../interpreter.ts";
import { string } from "../make.ts";
import { sortedAttrs } from "../order.ts";
import type { Eval } from "../step.ts";
import { Thunk } from "../thunk.ts";
import type { StringValue, Value } from "../value.ts";
import { isStringLike, joined, lazily, like, type Members, onStrings, shownOf, textOf } from "./native.ts";

const XML: Readonly<Record<string, string>> = {
  '"': "&quot;",
  "'": "&apos;",
  "<": "&lt;",
  ">": "&gt;",
  "&": "&amp;",
};
/** Unlike in nix-text.ts, `or` counts here. */
const KEYWORDS = new Set("assert else if in inherit let or rec then with".split(" "));

export function escapingMembers(builtins: Members): Members {
  const toJson = (value: Thunk): Thunk => apply(builtins.toJSON as Value, value);
  return {
    ...onStrings({
      escapeRegex: (text) => like(text, text.value.replace(/[\\[{()^$?*+|.]/g, "\\$&")),
      escapeXML: (text) =>
        like(
          text,
          text.value.replace(/["'<>&]/g, (found) => XML[found] as string),
        ),
      // Other control characters and non-ASCII text stay as they are, as in nixpkgs.
      escapeURL: (text) =>
        like(
          text,
          text.value.replace(/[\t\n\r -,/:-@[-^`{-}]/g, (found) => `%${hex(found).toUpperCase()}`),
        ),
    }),
    ...lazily({
      escape: (characters, text) => escapeWith(characters, text, (character) => `\\${character}`),
      escapeC: (characters, text) => escapeWith(characters, text, (character) => `\\x${hex(character)}`),
      escapeShellArg: shellArg,
      escapeShellArgs: shellArgs,
      escapeNixString: function* (value) {
        return escapeDollar(expectString(yield toJson(value)));
      },
      escapeNixIdentifier: function* (name) {
        const text = expectString(yield name);
        return like(text, quotedIdentifier(text.value));
      },
      toShellVar: shellVar,
      toShellVars: function* (set) {
        const lines: StringValue[] = [];
        for (const [name, { value }] of sortedAttrs(expectClosedAttrs(yield set)))
          lines.push(yield* assignment(name, value));
        return joined(lines, "\n");
      },
    }),
  };
}

/** An attribute name, in quotes where it needs them. */
export function quotedIdentifier(name: string): string {
  const plain = /^[a-zA-Z_][a-zA-Z0-9_'-]*$/.test(name) && !KEYWORDS.has(name);
  return plain ? name : quoteJson(name).replaceAll("$", "\\$");
}

function hex(byte: string): string {
  return byte.charCodeAt(0).toString(16).padStart(2, "0");
}

function escapeDollar(text: StringValue): StringValue {
  return like(text, text.value.replaceAll("$", "\\$"));
}

/** Replaces each of the given strings wherever it stands. */
function* escapeWith(
  characters: Thunk,
  text: Thunk,
  replacement: (character: string) => string,
): Eval<Value> {
  const wanted: string[] = [];
  for (const element of expectClosedList(yield characters).elements)
    wanted.push(expectString(yield element).value);
  const whole = expectString(yield text);
  let result = "";
  for (let offset = 0; offset < whole.value.length; ) {
    const found = wanted.find((character) => character !== "" && whole.value.startsWith(character, offset));
    result += found === undefined ? whole.value[offset] : replacement(found);
    offset += found?.length ?? 1;
  }
  return like(whole, result);
}

function* shellArg(arg: Thunk): Eval<StringValue> {
  const text = yield* shownOf(arg);
  if (/^[0-9A-Za-z,._+:@%/-]+$/.test(text.value)) return text;
  return like(text, `'${text.value.replaceAll("'", "'\\''")}'`);
}

function* shellArgs(args: Thunk): Eval<StringValue> {
  const parts: StringValue[] = [];
  for (const element of expectClosedList(yield args).elements) parts.push(yield* shellArg(element));
  return joined(parts, " ");
}

function* shellVar(name: Thunk, value: Thunk): Eval<Value> {
  return yield* assignment((yield* textOf(name)).value, value);
}

function* assignment(name: string, value: Thunk): Eval<StringValue> {
  if (!/^[a-zA-Z_][a-zA-Z0-9_]*$/.test(name))
    fail("throw", `toShellVar: ${name} is not a valid shell variable name`);
  const given = yield value;
  if (given.type === "attrs" && !isStringLike(given)) {
    const entries: StringValue[] = [];
    for (const [key, { value: item }] of sortedAttrs(expectClosedAttrs(expectAttrs(given)))) {
      const quotedKey = yield* shellArg(Thunk.of(string(key)));
      entries.push(joined([string(`[${quotedKey.value}]=`), yield* shellArg(item)]));
    }
    return joined([string(`declare -A ${name}=(`), joined(entries, " "), string(")")]);
  }
  if (given.type === "list")
    return joined([string(`declare -a ${name}=(`), yield* shellArgs(value), string(")")]);
  return joined([string(`${name}=`), yield* shellArg(value)]);
}
