/**
 * flake-input-patcher, native: the inputs of the flake with patches on some of them. Patches change packages and
 * modules, not what is known natively of an input; so the inputs are handed on as they are.
 *
 *   flake-input-patcher.lib.x86_64-linux.patch inputs { nixpkgs.patches = [ ./fix.patch ]; }   ->   inputs
 */
import { lazy } from "../../nix/builtins/define.ts";
import { attrs, unknown } from "../../nix/make.ts";
import type { Eval } from "../../nix/step.ts";
import { Thunk } from "../../nix/thunk.ts";
import type { Value } from "../../nix/value.ts";
import type { NativeInput } from "../flake.ts";
import { DEFAULT_SYSTEMS } from "./flake-utils.ts";

export const flakeInputPatcherInput: NativeInput = {
  matches: ({ name, repository }) =>
    repository === undefined ? name === "flake-input-patcher" : /(^|\/)flake-input-patcher$/.test(repository),
  value: () => {
    const more = unknown("only patch of flake-input-patcher is known");
    const patcher = attrs({ patch: lazy("patch", patch) }, undefined, more);
    const systems = Object.fromEntries(DEFAULT_SYSTEMS.map((system) => [system, patcher]));
    return Thunk.of(attrs({ lib: attrs(systems, undefined, more) }, undefined, more));
  },
};

/** Older versions take the inputs and the patches one after the other. */
function* patch(argument: Thunk): Eval<Value> {
  const given = yield argument;
  const inputs = given.type === "attrs" ? given.attrs.get("unpatchedInputs")?.value : undefined;
  return inputs === undefined ? lazy("patch", (_patches) => argument) : yield inputs;
}
