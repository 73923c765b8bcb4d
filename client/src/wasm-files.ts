/**
 * The syntax wasm files of the built extension, as the server in a web worker is given them.
 *
 *   await readWasmFiles(extensionUri)   { runtime: "AGFzbQ…", grammar: "AGFzbQ…" }
 */
import { Uri, workspace } from "vscode";
import type { InitializationOptions } from "../../shared/requests.ts";

/** Both files in base64. Rejects when one is missing from the extension. */
export async function readWasmFiles(extensionUri: Uri): Promise<NonNullable<InitializationOptions["wasm"]>> {
  const read = async (name: string) =>
    toBase64(await workspace.fs.readFile(Uri.joinPath(extensionUri, "dist/server", name)));
  const [runtime, grammar] = await Promise.all([read("web-tree-sitter.wasm"), read("tree-sitter-nix.wasm")]);
  return { runtime, grammar };
}

function toBase64(bytes: Uint8Array): string {
  // In pieces: a call takes only so many arguments.
  const pieces: string[] = [];
  for (let start = 0; start < bytes.length; start += 0x8000) {
    pieces.push(String.fromCharCode(...bytes.subarray(start, start + 0x8000)));
  }
  return btoa(pieces.join(""));
}
