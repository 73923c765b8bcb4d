/**
 * Where in the Nix store the source of a locked flake input lies: its copy, called "source".
 *
 *   storePathOf("sha256-47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=")   ->   "/nix/store/…-source"
 */
import { HashError, parseHash } from "../nix/builtins/hash-format.ts";
import { copiedPath } from "../nix/store-path.ts";

/** `narHash` is in SRI form, as in flake.lock. Undefined if it is no sha256 hash. */
export function storePathOf(narHash: string): string | undefined {
  try {
    return copiedPath("source", parseHash(narHash, "sha256"));
  } catch (error) {
    if (error instanceof HashError) return undefined;
    throw error;
  }
}
