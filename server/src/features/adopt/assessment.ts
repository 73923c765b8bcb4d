/** What is found in a flake that is to get a clan beside what it has. All paths are relative to the flake's folder. */
import type { HostClass } from "../../project/natives/host-builders.ts";

export interface Assessment {
  readonly layout: Layout;
  /** Sorted by class and name. */
  readonly hosts: readonly Host[];
  readonly secrets: readonly SecretTool[];
  /** Tools that deploy or install hosts today, sorted. */
  readonly deployment: readonly string[];
  readonly collisions: readonly Collision[];
  /** The flake makes a clan already, or has clan-core for it. */
  readonly hasClan: boolean;
}

/** How the outputs of the flake are made. */
export type Layout =
  | "flake-parts"
  | "nixos-unified"
  | "lib"
  | "snowfall"
  | "ez-configs"
  | "flake-utils-plus"
  | "blueprint"
  | "den"
  /** There is no flake.nix. */
  | "none"
  | "unknown";

export interface Host {
  readonly name: string;
  readonly class: HostClass;
  /** "x86_64-linux"; null where it cannot be told. */
  readonly system: string | null;
  /** The file its configuration begins in, else the one that names it. */
  readonly file: string;
}

export interface SecretTool {
  readonly tool: "sops-nix" | "agenix" | "ragenix";
  /** Configuration that uses it, and where it says who can read what; never the secrets themselves. */
  readonly files: readonly string[];
}

/** What clan does otherwise than this repository, or both do. `message` says the way out. */
export interface Collision {
  readonly code: string;
  readonly file: string;
  readonly message: string;
}
