/**
 * nixos-unified, native: `lib.mkFlake` is flake-parts' with every module of `modules/flake` imported, or of another folder.
 *
 *   nixos-unified.lib.mkFlake { inherit inputs; root = ./.; }
 */

import { lazy } from "../../nix/builtins/define.ts";
import { expectAttrs } from "../../nix/expect.ts";
import type { EvalHost } from "../../nix/host.ts";
import { apply } from "../../nix/interpreter.ts";
import { attrs, list, path, unknown } from "../../nix/make.ts";
import { resolvePath } from "../../nix/path.ts";
import type { Eval } from "../../nix/step.ts";
import { Thunk } from "../../nix/thunk.ts";
import type { Value } from "../../nix/value.ts";
import type { FlakeInProgress, NativeInput } from "../flake.ts";

export const nixosUnifiedInput: NativeInput = {
  matches: ({ name, repository }) =>
    repository === undefined ? name === "nixos-unified" : /(^|\/)nixos-unified$/.test(repository),
  value: (flake) => {
    const more = unknown("only mkFlake of nixos-unified is known");
    const lib = attrs({ mkFlake: lazy("mkFlake", (args) => mkFlake(flake, args)) }, undefined, more);
    return Thunk.of(attrs({ lib }, undefined, more));
  },
};

function* mkFlake({ evaluator }: FlakeInProgress, args: Thunk): Eval<Value> {
  const given = expectAttrs(yield args);
  const inputs = given.attrs.get("inputs")?.value;
  const root = given.attrs.get("root")?.value;
  if (inputs === undefined || root === undefined) return unknown("mkFlake needs inputs and root");
  const flakeParts = expectAttrs(yield inputs).attrs.get("flake-parts")?.value;
  const lib = flakeParts === undefined ? undefined : expectAttrs(yield flakeParts).attrs.get("lib")?.value;
  const evaluate = lib === undefined ? undefined : expectAttrs(yield lib).attrs.get("mkFlake")?.value;
  const place = yield root;
  if (evaluate === undefined || (place.type !== "path" && place.type !== "string"))
    return unknown("flake-parts is not among the inputs");
  // Its own modules declare options, too.
  const own = Thunk.of(unknown("the modules of nixos-unified are not evaluated"));
  const module = Thunk.of(attrs({ imports: list([own, ...flakeModules(evaluator.host, place.value)]) }));
  return yield apply(evaluate, args, module);
}

/** The first of these that is there is meant. */
const FOLDERS = ["nix/modules/flake", "modules/flake", "nix/modules/flake-parts", "modules/flake-parts"];

/** Files and folders alike, as `import` takes both. */
function flakeModules(host: EvalHost, root: string): Thunk[] {
  const folders = FOLDERS.map((folder) => resolvePath(root, folder));
  const directory = folders.find((folder) => host.fileType(folder) === "directory") ?? root;
  const names = directory === root ? [] : [...(host.readDir(directory)?.keys() ?? [])].sort();
  return names.map((name) => Thunk.of(path(resolvePath(directory, name))));
}
