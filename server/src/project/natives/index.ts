/** The flake inputs that are known without their source, and what others are taken for. */
import type { FlakeInProgress, NativeInput } from "../flake.ts";
import { flakeInputPatcherInput } from "./flake-input-patcher.ts";
import { type FlakePartsExtras, flakePartsInput } from "./flake-parts.ts";
import { flakeUtilsInput } from "./flake-utils.ts";
import { frameworkInput } from "./framework.ts";
import { importTreeInput } from "./import-tree.ts";
import { nixosUnifiedInput } from "./nixos-unified.ts";
import { nixpkgsInput } from "./nixpkgs.ts";
import { systemsInput } from "./systems.ts";

/** In the order in which they are tried; `first` come before all. */
export function standardInputs(
  first: readonly NativeInput[],
  flakeParts: (flake: FlakeInProgress) => FlakePartsExtras,
): readonly NativeInput[] {
  return [
    ...first,
    flakePartsInput(flakeParts),
    importTreeInput,
    flakeUtilsInput,
    flakeInputPatcherInput,
    nixosUnifiedInput,
    nixpkgsInput,
    systemsInput,
    frameworkInput,
  ];
}
