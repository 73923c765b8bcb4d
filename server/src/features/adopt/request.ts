/** What a person wants of a new clan. */
export interface AdoptRequest {
  /** `meta.name`. */
  readonly name: string;
  readonly machine: { readonly name: string; readonly class: "nixos" | "darwin" };
  /** Where it is deployed to: "root@web.example.org", or a host alone. */
  readonly target: string | undefined;
  /** Names of services of clan-core. */
  readonly services: readonly string[];
  /** Hosts of the flake that become machines of the clan. */
  readonly move: readonly Move[];
}

export interface Move {
  readonly name: string;
  readonly tags?: readonly string[];
  /** Where it is deployed to. */
  readonly target?: string | undefined;
}

/** New texts of files by absolute path, and what a person should know of them. */
export interface AdoptPlan {
  readonly files: ReadonlyMap<string, string>;
  readonly notes: readonly string[];
}

/** Why it cannot be done: full sentences. */
export interface Refusal {
  readonly reasons: readonly string[];
}
