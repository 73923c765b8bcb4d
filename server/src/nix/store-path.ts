/**
 * Store paths, computed as Nix does.
 *
 *   copiedPath("a.nix", hash of its NAR)   ->   "/nix/store/m1a49k28kbvny5dnbkymp1nia4b403q8-a.nix"
 */
import { fromBytes, toBytes } from "./builtins/byte-string.ts";
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

/** The hash of the NAR of a regular file with these contents: what names its copy in the store. */
export function fileNarHash(contents: string, executable: boolean): Hash {
  const flag = executable ? ["executable", ""] : [];
  const fields = ["nix-archive-1", "(", "type", "regular", ...flag, "contents", toBytes(contents), ")"];
  return digest("sha256", fromBytes(fields.map(narString).join("")));
}

/** Its length in eight bytes, the lowest first, then the bytes, filled up to a multiple of eight. */
function narString(bytes: string): string {
  let size = "";
  for (let rest = bytes.length; size.length < 8; rest = Math.floor(rest / 256))
    size += String.fromCharCode(rest % 256);
  return size + bytes + "\0".repeat((8 - (bytes.length % 8)) % 8);
}

function storePath(type: string, hex: string, name: string): string {
  const fingerprint = digest("sha256", `${type}:sha256:${hex}:/nix/store:${name}`).bytes;
  const folded = new Uint8Array(PATH_HASH_SIZE);
  fingerprint.forEach((byte, index) => {
    folded[index % PATH_HASH_SIZE] = (folded[index % PATH_HASH_SIZE] as number) ^ byte;
  });
  return `/nix/store/${toNix32(folded)}-${name}`;
}
