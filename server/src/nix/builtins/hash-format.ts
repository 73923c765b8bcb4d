/**
 * Hashes and the ways Nix writes them: base 16, Nix's own base 32, base 64, and SRI.
 *
 *   formatHash(digest("sha256", "abc"), "sri")  ->  "sha256-ungWv48Bz+pBQUDeXa4iI7ADYaOWF3qctBD/YfIAFa0="
 */
import { md5, sha1 } from "@noble/hashes/legacy.js";
import { sha256, sha512 } from "@noble/hashes/sha2.js";
import { toByteArray } from "./byte-string.ts";

export type HashAlgorithm = "md5" | "sha1" | "sha256" | "sha512";
export type HashFormat = "base16" | "nix32" | "base64" | "sri";

export interface Hash {
  readonly algorithm: HashAlgorithm;
  readonly bytes: Uint8Array;
}

const ALGORITHMS = { md5, sha1, sha256, sha512 };
/** Length of a hash in bytes. */
const SIZES: Readonly<Record<HashAlgorithm, number>> = { md5: 16, sha1: 20, sha256: 32, sha512: 64 };
/** Without e, o, u and t. */
const NIX32 = "0123456789abcdfghijklmnpqrsvwxyz";

export class HashError extends Error {}

export function isHashAlgorithm(name: string): name is HashAlgorithm {
  return Object.hasOwn(ALGORITHMS, name);
}

/** The hash of the text's UTF-8 bytes. */
export function digest(algorithm: HashAlgorithm, text: string): Hash {
  return { algorithm, bytes: ALGORITHMS[algorithm](toByteArray(text)) };
}

/** Without prefix, except SRI. */
export function formatHash({ algorithm, bytes }: Hash, format: HashFormat): string {
  switch (format) {
    case "base16":
      return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
    case "nix32":
      return toNix32(bytes);
    case "base64":
      return btoa(String.fromCharCode(...bytes));
    case "sri":
      return `${algorithm}-${formatHash({ algorithm, bytes }, "base64")}`;
  }
}

/**
 * Reads `sha256:…`, `sha256-…` (SRI) or, if `expected` says the algorithm, a bare hash; the length
 * tells the base. Throws HashError.
 */
export function parseHash(text: string, expected: string | undefined): Hash {
  if (expected !== undefined && !isHashAlgorithm(expected))
    throw new HashError(`unknown hash algorithm '${expected}'`);
  const [, prefix, separator, rest] = /^(?:([^:-]*)([:-]))?(.*)$/s.exec(text) as unknown as string[];
  const named = prefix ?? expected;
  if (named === undefined) throw new HashError(`hash '${text}' does not include a type`);
  if (!isHashAlgorithm(named)) throw new HashError(`unknown hash algorithm '${named}'`);
  if (expected !== undefined && expected !== named)
    throw new HashError(`hash '${text}' should have type '${expected}'`);
  const bytes = decode(rest as string, SIZES[named], separator === "-");
  if (bytes === undefined) throw new HashError(`hash '${text}' has wrong length or bad digits for ${named}`);
  return { algorithm: named, bytes };
}

function decode(text: string, size: number, sri: boolean): Uint8Array | undefined {
  if (!sri && text.length === size * 2 && /^[0-9a-fA-F]*$/.test(text))
    return Uint8Array.from({ length: size }, (_, index) =>
      Number.parseInt(text.slice(2 * index, 2 * index + 2), 16),
    );
  if (!sri && text.length === Math.ceil((size * 8) / 5)) return fromNix32(text, size);
  if (text.length !== Math.ceil(size / 3) * 4 || !/^[A-Za-z0-9+/]*={0,2}$/.test(text)) return undefined;
  const decoded = atob(text);
  return decoded.length === size ? Uint8Array.from(decoded, (byte) => byte.charCodeAt(0)) : undefined;
}

/** Five bits a digit, the last bits first. */
export function toNix32(bytes: Uint8Array): string {
  let text = "";
  for (let digit = Math.ceil((bytes.length * 8) / 5) - 1; digit >= 0; digit--) {
    const bit = digit * 5;
    const index = bit >> 3;
    const pair = (bytes[index] as number) | ((bytes[index + 1] ?? 0) << 8);
    text += NIX32[(pair >> (bit & 7)) & 31];
  }
  return text;
}

function fromNix32(text: string, size: number): Uint8Array | undefined {
  const bytes = new Uint8Array(size);
  for (let digit = 0; digit < text.length; digit++) {
    const value = NIX32.indexOf(text[text.length - 1 - digit] as string);
    if (value < 0) return undefined;
    const bit = digit * 5;
    const shifted = value << (bit & 7);
    const index = bit >> 3;
    bytes[index] = (bytes[index] as number) | (shifted & 0xff);
    if (index + 1 < size) bytes[index + 1] = (bytes[index + 1] as number) | (shifted >> 8);
    else if (shifted >> 8 !== 0) return undefined;
  }
  return bytes;
}
