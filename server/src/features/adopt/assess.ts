/**
 * What there is in a flake that is to get a clan: how it is made, its hosts, its tools, and what would collide.
 *
 *   assess(snapshot, "/nix-config")   ->   { layout: "nixos-unified", hosts: [ stibnite (darwin), … ], … }
 */
import { isClanCore } from "../../clan/core-versions.ts";
import type { Clan } from "../../clan/model.ts";
import type { Snapshot } from "../../project/snapshot.ts";
import type { Assessment } from "./assessment.ts";
import { collectCollisions } from "./collisions.ts";
import { followsOf } from "./flake-inputs-edit.ts";
import { collectHosts } from "./hosts.ts";
import { layoutOf } from "./layout.ts";
import { isOldNixpkgs } from "./nixpkgs-age.ts";
import { readFlake } from "./read-flake.ts";
import { collectDeployment, collectSecretTools } from "./tools.ts";
import { collectFiles, collectWritten } from "./written-options.ts";

/** Inputs of the flake that clan-core's would follow, by their names: "nix-darwin: darwin" where they differ. */
export function sharedInputs(snapshot: Snapshot, root: string): readonly string[] {
  const { inputs } = readFlake(snapshot, root).flake;
  return followsOf(inputs)
    .filter(([core]) => core !== "nixpkgs" || !isOldNixpkgs(inputs))
    .map(([core, own]) => (core === own ? core : `${core}: ${own}`));
}

/** `clans`: those found in the folder. Never throws. */
export function assess(snapshot: Snapshot, root: string, clans: readonly Clan[]): Assessment {
  const view = readFlake(snapshot, root);
  const layout = layoutOf(view);
  const files = collectFiles(snapshot, root);
  const written = collectWritten(snapshot, files);
  const hosts = collectHosts(view, layout, files, written);
  return {
    layout,
    hosts,
    secrets: collectSecretTools(view, written, files),
    deployment: collectDeployment(view, files),
    collisions: collectCollisions(view, written, hosts),
    hasClan: clans.some((clan) => clan.root === root) || [...view.flake.inputs.values()].some(isClanCore),
  };
}
