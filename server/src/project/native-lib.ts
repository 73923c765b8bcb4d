/** The native `lib` of an evaluator: nixpkgs' library, with the module system in it. */
import { moduleLibrary } from "../modules/eval-modules.ts";
import { once } from "../modules/lazy-type.ts";
import { Evaluator } from "../nix/evaluator.ts";
import type { EvalHost } from "../nix/host.ts";
import { createLib } from "../nix/lib/index.ts";
import { Thunk } from "../nix/thunk.ts";

export function nativeLib(evaluator: Evaluator): Thunk {
  const lib: Thunk = new Thunk(() => createLib(evaluator, moduleLibrary(evaluator, lib)));
  return lib;
}

/** The names it has, and those it has in nixpkgs beside: the same for everybody, and made once. */
export const libraryNames = once((): ReadonlySet<string> => {
  const evaluator = new Evaluator(noFiles);
  const { attrs, open } = createLib(evaluator, moduleLibrary(evaluator, nativeLib(evaluator)));
  return new Set([...attrs.keys(), ...(open?.vocabulary ?? [])]);
});

const noFiles: EvalHost = {
  readFile: () => undefined,
  readDir: () => undefined,
  fileType: () => undefined,
  mayRead: () => false,
  source: () => undefined,
};
