/**
 * `lib.systems`: only what stays the same over releases of nixpkgs.
 *
 *   lib.systems.flakeExposed  ->  [ "x86_64-linux" "aarch64-linux" … ] open
 */
import { list, string, unknown } from "../make.ts";
import { Thunk } from "../thunk.ts";
import type { Members } from "./native.ts";

const FLAKE_SYSTEMS = ["x86_64-linux", "aarch64-linux", "aarch64-darwin"];

export function systemMembers(): Members {
  return {
    flakeExposed: list(
      FLAKE_SYSTEMS.map((system) => Thunk.of(string(system))),
      undefined,
      unknown("which systems flakes are made for depends on the release of nixpkgs"),
    ),
  };
}
