/**
 * Where in the Nix store the source of a locked flake input lies, computed from its NAR hash as Nix does
 * (`makeFixedOutputPath` for a recursive sha256 hash, the store object named "source").
 *
 *   storePathOf("sha256-47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=")   ->   "/nix/store/…-source"
 */
import { digest, formatHash, HashError, parseHash, toNix32 } from "../nix/builtins/hash-format.ts";

/** Bytes of the hash in a store path. */
const PATH_HASH_SIZE = 20;

/** `narHash` is in SRI form, as in flake.lock. Undefined if it is no sha256 hash. */
export function storePathOf(narHash: string): string | undefined {
  const hex = hexOf(narHash);
  if (hex === undefined) return undefined;
  const fingerprint = digest("sha256", `source:sha256:${hex}:/nix/store:source`).bytes;
  const folded = new Uint8Array(PATH_HASH_SIZE);
  fingerprint.forEach((byte, index) => {
    folded[index % PATH_HASH_SIZE] = (folded[index % PATH_HASH_SIZE] as number) ^ byte;
  });
  return `/nix/store/${toNix32(folded)}-source`;
}

function hexOf(narHash: string): string | undefined {
  try {
    return formatHash(parseHash(narHash, "sha256"), "base16");
  } catch (error) {
    if (error instanceof HashError) return undefined;
    throw error;
  }
}
