/** The native `lib` of an evaluator: nixpkgs' library, with the module system in it. */
import { moduleLibrary } from "../modules/eval-modules.ts";
import type { Evaluator } from "../nix/evaluator.ts";
import { createLib } from "../nix/lib/index.ts";
import { Thunk } from "../nix/thunk.ts";

export function nativeLib(evaluator: Evaluator): Thunk {
  const lib: Thunk = new Thunk(() => createLib(evaluator, moduleLibrary(evaluator, lib)));
  return lib;
}

/** What it has, and what it has in nixpkgs beside that. */
export function libraryNames(evaluator: Evaluator): ReadonlySet<string> {
  const { attrs, open } = createLib(evaluator, moduleLibrary(evaluator, nativeLib(evaluator)));
  return new Set([...attrs.keys(), ...(open?.vocabulary ?? [])]);
}
