/**
 * Reads the sentence in which nixpkgs describes an option type and gives the type as data
 * (`OptionType` in server/src/modules/option-type.ts, with submodules as `{ options: {} }` to be filled
 * in from the nested options).
 *
 *   'null or one of "a", "b"'  ->  { kind: "nullOr", of: { kind: "enum", values: ["a", "b"] } }
 *
 * How types are put into words: `description` and `descriptionClass` in nixpkgs lib/types.nix. `either`
 * joins with " or "; everything composite inside `either`, `listOf` and `attrsOf` is in parentheses, so
 * a top-level " or " binds loosest.
 */

const nouns = {
  boolean: { kind: "bool" },
  string: { kind: "str" },
  'strings concatenated with "\\n"': { kind: "str" },
  "non-empty string": { kind: "str", nonEmpty: true },
  // lib.types.singleLineStr strips one trailing newline before it checks.
  "(optionally newline-terminated) single-line string": { kind: "str", pattern: "[^\n\r]*\n?" },
  "signed integer": { kind: "int" },
  "unsigned integer, meaning >=0": { kind: "int", min: 0 },
  "positive integer, meaning >0": { kind: "int", min: 1 },
  "floating point number": { kind: "float" },
  "absolute path": { kind: "path" },
  package: { kind: "package" },
  module: { kind: "deferredModule" },
  "deferred custom module. Must be JSON serializable.": { kind: "settings" },
  "raw value": { kind: "raw" },
  anything: { kind: "anything" },
  "attribute set": { kind: "attrsOf", of: { kind: "anything" } },
  submodule: { kind: "submodule", options: {} },
};

const prefixes = [
  ["list of ", (of) => ({ kind: "listOf", of })],
  ["non-empty ", (list) => ({ ...list, nonEmpty: true })],
  ["attribute set of ", (of) => ({ kind: "attrsOf", of })],
  ["lazy attribute set of ", (of) => ({ kind: "attrsOf", of, lazy: true })],
  ["open submodule of ", (freeform) => ({ kind: "submodule", options: {}, freeform })],
  ["function that evaluates to a(n) ", (of) => ({ kind: "functionTo", of })],
];

const pattern = "string matching the pattern ";
const convertible = " convertible to it";

/**
 * @param {string} text
 * @returns {Record<string, unknown>} `{ kind: "opaque", description: text }` for what it cannot read
 */
export function parseTypeDescription(text) {
  return parse(text.trim()) ?? { kind: "opaque", description: text };
}

function parse(text) {
  if (Object.hasOwn(nouns, text)) return structuredClone(nouns[text]);
  if (text.startsWith("(") && closing(text, 0) === text.length - 1) return parse(text.slice(1, -1));
  // A pattern may hold anything and goes on to the end.
  if (text.startsWith(pattern)) return { kind: "str", pattern: text.slice(pattern.length) };
  if (text.endsWith(convertible)) return parseCoerced(text.slice(0, -convertible.length));
  const alternatives = splitAlternatives(text);
  if (alternatives.length > 1) return parseEither(alternatives);
  return parseEnum(text) ?? parseRange(text) ?? parsePrefixed(text);
}

function parsePrefixed(text) {
  for (const [prefix, wrap] of prefixes) {
    if (!text.startsWith(prefix)) continue;
    const of = parse(text.slice(prefix.length));
    return of && wrap(of);
  }
  return undefined;
}

/** `T or F`, where an `F` is converted to a `T`. */
function parseCoerced(text) {
  const alternatives = splitAlternatives(text);
  const from = parse(alternatives.pop());
  const to = parse(alternatives.join(" or "));
  return from && to && { kind: "coercedTo", from, to };
}

function parseEither(alternatives) {
  if (alternatives[0] === "null") {
    const of = parse(alternatives.slice(1).join(" or "));
    return of && { kind: "nullOr", of };
  }
  const of = alternatives.map(parse);
  return of.includes(undefined) ? undefined : { kind: "either", of };
}

function parseEnum(text) {
  const single = /^value (.*) \(singular enum\)$/.exec(text);
  const list = /^one of (.*)$/.exec(text);
  const values = single?.[1] ?? list?.[1];
  if (values === undefined) return undefined;
  try {
    return { kind: "enum", values: JSON.parse(`[${values}]`) };
  } catch {
    return undefined;
  }
}

/** `16 bit unsigned integer; between 0 and 65535 (both inclusive)`, `integer between 1 and 9 (both inclusive)` */
function parseRange(text) {
  const found =
    /^(?:\d+ bit (?:un)?signed integer;|integer) between (-?\d+) and (-?\d+) \(both inclusive\)$/.exec(text);
  return found ? { kind: "int", min: Number(found[1]), max: Number(found[2]) } : undefined;
}

/** Splits at " or " outside parentheses and quotes; a pattern swallows what follows it. */
function splitAlternatives(text) {
  const parts = [];
  let start = 0;
  for (let i = 0; i < text.length; i++) {
    if (text[i] === "(") i = closing(text, i);
    else if (text[i] === '"') i = text.indexOf('"', i + 1);
    else if (text.startsWith(pattern, i)) break;
    else if (text.startsWith(" or ", i)) {
      parts.push(text.slice(start, i));
      start = i + 4;
      i += 3;
    }
    if (i < 0) break;
  }
  return [...parts, text.slice(start)];
}

/** Offset of the parenthesis that closes the one at `open`; the end of the text if there is none. */
function closing(text, open) {
  let depth = 0;
  for (let i = open; i < text.length; i++) {
    if (text[i] === "(") depth++;
    if (text[i] === ")" && --depth === 0) return i;
  }
  return text.length;
}
