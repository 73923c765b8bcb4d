/**
 * Nix strings are bytes, ours are UTF-16. Operations that count or cut bytes go through "binary
 * strings": one character a byte.
 *
 *   toBytes("é") -> "\u00c3\u00a9"        fromBytes("\u00c3\u00a9") -> "é"
 *
 * A byte that is no UTF-8 (half of a cut character) becomes a lone surrogate U+DC80…U+DCFF, so that
 * cutting a string and joining it again loses nothing.
 */

const NON_ASCII = /[^\0-\x7f]/;
const STRAY = /[\udc80-\udcff]/;

/** The UTF-8 bytes of `text`. ASCII text is its own binary string. */
export function toBytes(text: string): string {
  if (!NON_ASCII.test(text)) return text;
  let bytes = "";
  for (const character of text) {
    const code = character.codePointAt(0) as number;
    if (code < 0x80) bytes += character;
    else if (code >= 0xdc80 && code <= 0xdcff) bytes += String.fromCharCode(code - 0xdc00);
    else bytes += encode(code);
  }
  return bytes;
}

function encode(code: number): string {
  const tail = (shift: number): number => 0x80 | ((code >> shift) & 0x3f);
  if (code < 0x800) return String.fromCharCode(0xc0 | (code >> 6), tail(0));
  if (code < 0x10000) return String.fromCharCode(0xe0 | (code >> 12), tail(6), tail(0));
  return String.fromCharCode(0xf0 | (code >> 18), tail(12), tail(6), tail(0));
}

/** The text whose bytes these are; bytes that are no UTF-8 become lone surrogates. */
export function fromBytes(bytes: string): string {
  if (!NON_ASCII.test(bytes)) return bytes;
  let text = "";
  for (let index = 0; index < bytes.length; ) {
    const lead = bytes.charCodeAt(index);
    const length = sequenceLength(lead);
    const code = length === 0 ? undefined : decode(bytes, index, length);
    if (code === undefined) {
      text += String.fromCharCode(0xdc00 + lead);
      index++;
    } else {
      text += String.fromCodePoint(code);
      index += length;
    }
  }
  return text;
}

/** Bytes a sequence starting with `lead` has; 0 if none starts with it. */
function sequenceLength(lead: number): number {
  if (lead < 0x80) return 1;
  if (lead >= 0xc2 && lead < 0xe0) return 2;
  if (lead >= 0xe0 && lead < 0xf0) return 3;
  return lead >= 0xf0 && lead < 0xf5 ? 4 : 0;
}

const SMALLEST = [0, 0, 0x80, 0x800, 0x10000];

function decode(bytes: string, index: number, length: number): number | undefined {
  if (index + length > bytes.length) return undefined;
  let code = bytes.charCodeAt(index);
  if (length > 1) code &= 0xff >> (length + 1);
  for (let offset = 1; offset < length; offset++) {
    const next = bytes.charCodeAt(index + offset);
    if ((next & 0xc0) !== 0x80) return undefined;
    code = (code << 6) | (next & 0x3f);
  }
  const surrogate = code >= 0xd800 && code <= 0xdfff;
  return code < (SMALLEST[length] as number) || code > 0x10ffff || surrogate ? undefined : code;
}

/** Number of UTF-8 bytes of `text`. */
export function byteLength(text: string): number {
  return toBytes(text).length;
}

/** Joined text in which cut characters have grown together again. */
export function mend(text: string): string {
  return STRAY.test(text) ? fromBytes(toBytes(text)) : text;
}

/** The bytes as an array, for hashing. */
export function toByteArray(text: string): Uint8Array {
  const bytes = toBytes(text);
  const array = new Uint8Array(bytes.length);
  for (let index = 0; index < bytes.length; index++) array[index] = bytes.charCodeAt(index);
  return array;
}
