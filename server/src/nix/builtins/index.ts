/**
 * The value of `builtins`, name by name.
 *
 *   createBuiltins(context).get("length")  ->  the native function
 */
import type { Context } from "../context.ts";
import { int, string } from "../make.ts";
import type { Value } from "../value.ts";
import { arithmeticBuiltins } from "./arithmetic.ts";
import { attrsetBuiltins } from "./attrsets.ts";
import { controlBuiltins } from "./control.ts";
import { derivationBuiltins } from "./derivations.ts";
import { fileBuiltins } from "./files.ts";
import { flakeRefBuiltins } from "./flake-ref.ts";
import { hashBuiltins } from "./hashes.ts";
import { listBuiltins } from "./lists.ts";
import { pathBuiltins } from "./path-text.ts";
import { sortBuiltins } from "./sort.ts";
import { contextBuiltins } from "./string-context.ts";
import { stringBuiltins } from "./strings.ts";
import { textFormatBuiltins } from "./text-formats.ts";
import { typeBuiltins } from "./types.ts";
import { unavailableBuiltins } from "./unavailable.ts";

/** The version of Nix whose language we follow. */
const NIX_VERSION = "2.31.0";

/** Everything in `builtins` but constants of the language and `builtins` itself (globals.ts adds them). */
export function createBuiltins(context: Context): ReadonlyMap<string, Value> {
  const natives = [
    ...typeBuiltins(),
    ...arithmeticBuiltins(),
    ...listBuiltins(),
    ...sortBuiltins(),
    ...attrsetBuiltins(context),
    ...stringBuiltins(),
    ...contextBuiltins(),
    ...textFormatBuiltins(context),
    ...hashBuiltins(),
    ...controlBuiltins(context),
    ...pathBuiltins(),
    ...fileBuiltins(context),
    ...derivationBuiltins(),
    ...flakeRefBuiltins(),
  ];
  return new Map<string, Value>([
    ["langVersion", int(6)],
    ["nixVersion", string(NIX_VERSION)],
    ["storeDir", string("/nix/store")],
    ...natives.map((native) => [native.name, native] as const),
    ...unavailableBuiltins(context),
  ]);
}
