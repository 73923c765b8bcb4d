/**
 * Whether the nixpkgs of a flake is older than clan needs. clan builds its machines with the flake's own input `nixpkgs`, and
 * refuses one before 25.11 (clan-core's modules/clan/checks.nix).
 *
 *   github:NixOS/nixpkgs/nixos-25.05, locked last week   ->   old: the branch counts more than the day
 */
import type { FlakeInput } from "../../project/flake.ts";

const OLDEST = 25.11;

/** When unstable became 26.05: what it was before, "25.11pre", counts as less than 25.11. */
const OLDEST_DAY = Date.UTC(2025, 10, 24) / 1000;

/** False where it is not known. */
export function isOldNixpkgs(inputs: ReadonlyMap<string, FlakeInput>): boolean {
  const nixpkgs = inputs.get("nixpkgs");
  const reference = `${nixpkgs?.lock?.original?.ref ?? ""} ${nixpkgs?.url ?? ""}`;
  const release = /\b(?:nixos|release|nixpkgs)-(\d\d\.\d\d)\b/.exec(reference)?.[1];
  if (release !== undefined) return Number(release) < OLDEST;
  const modified = nixpkgs?.lock?.locked?.lastModified;
  return modified !== undefined && modified < OLDEST_DAY;
}
