/**
 * NAR, the form in which Nix hashes what lies at a path.
 *
 *   narHash({ type: "regular", contents: "1\n", executable: false })   ->   the sha256 hash that names its copy
 */
import { fromBytes, toBytes } from "./builtins/byte-string.ts";
import { digest, type Hash } from "./builtins/hash-format.ts";
import { compareText } from "./order.ts";

/** Files and directories as the store keeps them. */
export type Tree =
  | { readonly type: "regular"; readonly contents: string; readonly executable: boolean }
  | { readonly type: "directory"; readonly entries: ReadonlyMap<string, Tree> };

export function narHash(tree: Tree): Hash {
  const fields = ["nix-archive-1", ...fieldsOf(tree)];
  return digest("sha256", fromBytes(fields.map(narString).join("")));
}

function fieldsOf(tree: Tree): string[] {
  if (tree.type === "regular") {
    const flag = tree.executable ? ["executable", ""] : [];
    return ["(", "type", "regular", ...flag, "contents", toBytes(tree.contents), ")"];
  }
  const entries = [...tree.entries].sort(([a], [b]) => compareText(a, b));
  return [
    "(",
    "type",
    "directory",
    ...entries.flatMap(([name, entry]) => [
      "entry",
      "(",
      "name",
      toBytes(name),
      "node",
      ...fieldsOf(entry),
      ")",
    ]),
    ")",
  ];
}

/** Its length in eight bytes, the lowest first, then the bytes, filled up to a multiple of eight. */
function narString(bytes: string): string {
  let size = "";
  for (let rest = bytes.length; size.length < 8; rest = Math.floor(rest / 256))
    size += String.fromCharCode(rest % 256);
  return size + bytes + "\0".repeat((8 - (bytes.length % 8)) % 8);
}
