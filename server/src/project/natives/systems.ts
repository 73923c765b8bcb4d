/**
 * The `systems` input (nix-systems/default): a flake that is imported as a list.
 *
 *   import inputs.systems   ->   [ "aarch64-darwin" "aarch64-linux" "x86_64-darwin" "x86_64-linux" ]
 */
import { attrs, string, unknown } from "../../nix/make.ts";
import { Thunk } from "../../nix/thunk.ts";
import type { NativeInput } from "../flake.ts";
import { DEFAULT_SYSTEMS } from "./flake-utils.ts";

/** Stands for its place in the store; nothing can be there. */
const DIRECTORY = "/nix/store/native-systems";

export const systemsInput: NativeInput = {
  matches: ({ name, repository }) =>
    repository === undefined
      ? name === "systems"
      : repository === "nix-systems/default" || repository === "systems",
  value: () =>
    Thunk.of(attrs({ outPath: string(DIRECTORY) }, undefined, unknown("only the list of systems is known"))),
  files: new Map([
    [`${DIRECTORY}/default.nix`, `[ ${DEFAULT_SYSTEMS.map((system) => `"${system}"`).join(" ")} ]`],
  ]),
};
