/**
 * Hashes: `hashString`, `convertHash`, `placeholder`.
 *
 *   builtins.hashString "sha256" "abc"  ->  "ba7816bf8f01cfea…"
 */
import { fail } from "../errors.ts";
import { expectAttrs, expectString, expectStringWithoutContext, findAttr } from "../expect.ts";
import { string } from "../make.ts";
import type { Eval } from "../step.ts";
import type { Thunk } from "../thunk.ts";
import type { AttrsValue, BuiltinValue, Value } from "../value.ts";
import { eager, lazy } from "./define.ts";
import {
  digest,
  formatHash,
  type HashAlgorithm,
  HashError,
  type HashFormat,
  isHashAlgorithm,
  parseHash,
} from "./hash-format.ts";

export function hashBuiltins(): BuiltinValue[] {
  return [
    eager("hashString", (algorithm, text) =>
      string(formatHash(digest(expectAlgorithm(algorithm), expectString(text).value), "base16")),
    ),
    lazy("convertHash", convertHash),
    eager("placeholder", (output) => {
      const hash = digest("sha256", `nix-output:${expectStringWithoutContext(output).value}`);
      return string(`/${formatHash(hash, "nix32")}`);
    }),
  ];
}

export function expectAlgorithm(value: Value): HashAlgorithm {
  const name = expectStringWithoutContext(value).value;
  return isHashAlgorithm(name) ? name : fail("error", `unknown hash algorithm '${name}'`);
}

const FORMATS: ReadonlyMap<string, HashFormat> = new Map([
  ["base16", "base16"],
  ["nix32", "nix32"],
  ["base32", "nix32"],
  ["base64", "base64"],
  ["sri", "sri"],
]);

function* convertHash(argument: Thunk): Eval<Value> {
  const args = expectAttrs(yield argument);
  const text = (yield* stringArgument(args, "hash")) ?? fail("error", "attribute 'hash' missing");
  const algorithm = yield* stringArgument(args, "hashAlgo");
  const wanted =
    (yield* stringArgument(args, "toHashFormat")) ?? fail("error", "attribute 'toHashFormat' missing");
  const format = FORMATS.get(wanted) ?? fail("error", `unknown hash format '${wanted}'`);
  try {
    return string(formatHash(parseHash(text, algorithm), format));
  } catch (error) {
    if (error instanceof HashError) fail("error", error.message);
    throw error;
  }
}

function* stringArgument(args: AttrsValue, name: string): Eval<string | undefined> {
  const argument = findAttr(args, name);
  return argument && expectStringWithoutContext(yield argument).value;
}
