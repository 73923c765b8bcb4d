/**
 * An input whose source is not at hand, taken for a framework: many offer `lib.mkFlake`, which gets the
 * flake's outputs in an attribute `flake`.
 *
 *   adios-flake.lib.mkFlake { inherit inputs; flake.nixosModules = …; }   ->   { nixosModules = …; … }
 */
import { lazy } from "../../nix/builtins/define.ts";
import { attrs, attrsOf, unknown } from "../../nix/make.ts";
import type { Eval } from "../../nix/step.ts";
import { Thunk } from "../../nix/thunk.ts";
import type { Value } from "../../nix/value.ts";
import type { NativeInput } from "../flake.ts";

export const frameworkInput: NativeInput = {
  matches: ({ directory, flake }) => directory === undefined && flake,
  value: (_flake, { name, origins }) => {
    const reason = unknown(`the source of input ‘${name}’ is not available`);
    const mkFlake = lazy("mkFlake", (args) => outputsIn(args, name));
    return Thunk.of(attrs({ lib: attrs({ mkFlake }, undefined, reason) }, origins, reason));
  },
};

/** What is written under `flake`; the framework may add anything. */
function* outputsIn(args: Thunk, framework: string): Eval<Value> {
  const more = unknown(`input ‘${framework}’ may add outputs`);
  const given = yield args;
  const flake = given.type === "attrs" ? given.attrs.get("flake")?.value : undefined;
  const outputs = flake === undefined ? undefined : yield flake;
  if (outputs?.type !== "attrs") return more;
  return attrsOf(outputs.attrs, outputs.origins, more);
}
