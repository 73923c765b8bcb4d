/**
 * Store paths, computed as Nix does.
 *
 *   copiedPath("a.nix", hash of its NAR)   ->   "/nix/store/m1a49k28kbvny5dnbkymp1nia4b403q8-a.nix"
 */
import { digest, formatHash, type Hash, toNix32 } from "./builtins/hash-format.ts";

/** Bytes of the hash in a store path. */
const PATH_HASH_SIZE = 20;

/** The path of a file or tree by the sha256 hash of its NAR. It must refer to no other store path. */
export function copiedPath(name: string, narHash: Hash): string {
  return storePath("source", formatHash(narHash, "base16"), name);
}

/** The path of what was fetched by its hash: that of its NAR if `recursive`, else of a single file's contents. */
export function fixedOutputPath(name: string, hash: Hash, recursive: boolean): string {
  if (recursive && hash.algorithm === "sha256") return copiedPath(name, hash);
  const inner = `fixed:out:${recursive ? "r:" : ""}${hash.algorithm}:${formatHash(hash, "base16")}:`;
  return storePath("output:out", formatHash(digest("sha256", inner), "base16"), name);
}

/** The path of a text file; `references` are the store paths it names, sorted. */
export function textPath(name: string, text: string, references: readonly string[]): string {
  return storePath(["text", ...references].join(":"), formatHash(digest("sha256", text), "base16"), name);
}

/** The path of the output `output` of the derivation `name`; `hash` in base 16. */
export function derivationOutputPath(name: string, output: string, hash: string): string {
  return storePath(`output:${output}`, hash, output === "out" ? name : `${name}-${output}`);
}

function storePath(type: string, hex: string, name: string): string {
  const fingerprint = digest("sha256", `${type}:sha256:${hex}:/nix/store:${name}`).bytes;
  const folded = new Uint8Array(PATH_HASH_SIZE);
  fingerprint.forEach((byte, index) => {
    folded[index % PATH_HASH_SIZE] = (folded[index % PATH_HASH_SIZE] as number) ^ byte;
  });
  return `/nix/store/${toNix32(folded)}-${name}`;
}
