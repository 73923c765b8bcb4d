/**
 * Reads and writes JSON text as Nix does: integers stay 64-bit integers, a number with a fraction or
 * exponent is a float, the last of two equal keys wins.
 *
 *   parseJson('{"a": [1, 2.5]}')  ->  Map { a -> [1n, 2.5] }
 *
 * It keeps its own stack, so deeply nested text is safe.
 */

export type Json = null | boolean | bigint | number | string | Json[] | Map<string, Json>;

export class JsonError extends Error {
  constructor(message: string, offset: number) {
    super(`${message} at offset ${offset} of the JSON text`);
  }
}

const SPACE = /[ \t\r\n]*/y;
const NUMBER = /-?(?:0|[1-9]\d*)(\.\d+)?([eE][+-]?\d+)?/y;
const WORD = /true|false|null/y;
// biome-ignore lint/suspicious/noControlCharactersInRegex: JSON strings must not hold them
const STRING = /"((?:[^"\\\0-\x1f]|\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4}))*)"/y;

const MAX_INT = 2n ** 63n - 1n;
const MIN_INT = -(2n ** 63n);

interface Container {
  readonly value: Json[] | Map<string, Json>;
  /** The key the next value belongs to. */
  key: string;
}

/** Throws JsonError. */
export function parseJson(text: string): Json {
  let offset = text.startsWith("\ufeff") ? 1 : 0;
  const take = (pattern: RegExp): RegExpExecArray | undefined => {
    pattern.lastIndex = offset;
    const match = pattern.exec(text);
    if (match !== null) offset = pattern.lastIndex;
    return match ?? undefined;
  };
  const next = (): string => {
    take(SPACE);
    return text[offset] ?? "";
  };
  const expect = (character: string): void => {
    if (next() !== character) throw new JsonError(`'${character}' expected`, offset);
    offset++;
  };
  const string = (): string => {
    next();
    const match = take(STRING);
    if (match === undefined) throw new JsonError("a string expected", offset);
    return unescapeString(match[1] as string, offset);
  };
  const scalar = (): Json => {
    if (text[offset] === '"') return string();
    const word = take(WORD);
    if (word !== undefined) return word[0] === "null" ? null : word[0] === "true";
    const number = take(NUMBER);
    if (number === undefined) throw new JsonError("a value expected", offset);
    return readNumber(number, offset);
  };

  const open: Container[] = [];
  for (;;) {
    let value: Json;
    const character = next();
    if (character === "[" || character === "{") {
      offset++;
      const container: Container = { value: character === "[" ? [] : new Map(), key: "" };
      const close = character === "[" ? "]" : "}";
      if (next() !== close) {
        if (character === "{") container.key = key();
        open.push(container);
        continue;
      }
      offset++;
      value = container.value;
    } else {
      value = scalar();
    }
    for (;;) {
      const container = open.at(-1);
      if (container === undefined) {
        if (next() !== "") throw new JsonError("the end expected", offset);
        return value;
      }
      if (Array.isArray(container.value)) container.value.push(value);
      else container.value.set(container.key, value);
      if (next() === ",") {
        offset++;
        if (!Array.isArray(container.value)) container.key = key();
        break;
      }
      expect(Array.isArray(container.value) ? "]" : "}");
      value = container.value;
      open.pop();
    }
  }

  function key(): string {
    const name = string();
    expect(":");
    return name;
  }
}

function readNumber([text, fraction, exponent]: RegExpExecArray, offset: number): bigint | number {
  if (fraction === undefined && exponent === undefined) {
    const value = BigInt(text);
    // Up to 2^64 it is an integer that does not fit; beyond, nlohmann-json reads a float.
    if (value >= MIN_INT && value <= MAX_INT) return value;
    if (value > MAX_INT && value < 2n ** 64n)
      throw new JsonError(`the number ${text} is outside of Nix's integers`, offset);
  }
  const value = Number(text);
  if (!Number.isFinite(value)) throw new JsonError(`number overflow in ${text}`, offset);
  return value;
}

const ESCAPES: Readonly<Record<string, string>> = {
  b: "\b",
  f: "\f",
  n: "\n",
  r: "\r",
  t: "\t",
};

function unescapeString(text: string, offset: number): string {
  if (!text.includes("\\")) return text;
  const result = text.replace(/\\(?:u(....)|(.))/g, (_, hex: string | undefined, letter: string) =>
    hex === undefined ? (ESCAPES[letter] ?? letter) : String.fromCharCode(Number.parseInt(hex, 16)),
  );
  if (result.includes("\0")) throw new JsonError("a string holds a null byte", offset);
  if (/[\ud800-\udfff]/u.test(result)) throw new JsonError("half of a surrogate pair", offset);
  return result;
}

const SHORT_ESCAPES: Readonly<Record<string, string>> = {
  '"': '\\"',
  "\\": "\\\\",
  "\b": "\\b",
  "\f": "\\f",
  "\n": "\\n",
  "\r": "\\r",
  "\t": "\\t",
};

/** `a"b` -> `"a\"b"` */
export function quoteJson(text: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what must be escaped
  const escaped = text.replace(/["\\\0-\x1f]/g, (character) => {
    const code = character.charCodeAt(0).toString(16).padStart(4, "0");
    return SHORT_ESCAPES[character] ?? `\\u${code}`;
  });
  return `"${escaped}"`;
}

/**
 * A float as nlohmann-json (Nix 2.13 and later) prints it: the shortest digits that read back, always
 * with a fraction or an exponent; not a number and infinity are null.
 *
 *   1 -> "1.0"   0.0001 -> "0.0001"   1e16 -> "1e+16"
 */
export function jsonFloat(value: number): string {
  if (!Number.isFinite(value)) return "null";
  if (value === 0) return Object.is(value, -0) ? "-0.0" : "0.0";
  const sign = value < 0 ? "-" : "";
  const [mantissa, power] = Math.abs(value).toExponential().split("e") as [string, string];
  const digits = mantissa.replace(".", "");
  /** Digits before the decimal point. */
  const point = Number(power) + 1;
  if (point > 15 || point <= -4) {
    const fraction = digits.length > 1 ? `${digits[0]}.${digits.slice(1)}` : digits;
    const exponent = String(Math.abs(point - 1)).padStart(2, "0");
    return `${sign}${fraction}e${point > 0 ? "+" : "-"}${exponent}`;
  }
  if (point <= 0) return `${sign}0.${"0".repeat(-point)}${digits}`;
  if (point >= digits.length) return `${sign}${digits.padEnd(point, "0")}.0`;
  return `${sign}${digits.slice(0, point)}.${digits.slice(point)}`;
}
