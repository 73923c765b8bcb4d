/**
 * The built language server's files, as a browser needs them: a worker that runs it, and the syntax wasm files.
 *
 *   await readWasmFiles(extensionUri)   { runtime: "AGFzbQ…", grammar: "AGFzbQ…", shell: "AGFzbQ…" }
 */
import { Uri, workspace } from "vscode";
import type { InitializationOptions } from "../../shared/requests.ts";

/** A worker that runs the server. Rejects when its file is missing from the extension. */
export async function startServerWorker(extensionUri: Uri): Promise<Worker> {
  const script = await readServerFile(extensionUri, "clan-ls.js");
  // From its text: a browser starts no worker from where an extension may be installed.
  const address = URL.createObjectURL(new Blob([script], { type: "text/javascript" }));
  return new Worker(address);
}

/** The files in base64. Rejects when one is missing from the extension. */
export async function readWasmFiles(extensionUri: Uri): Promise<NonNullable<InitializationOptions["wasm"]>> {
  const [runtime, grammar, shell] = await Promise.all([
    readServerFile(extensionUri, "web-tree-sitter.wasm"),
    readServerFile(extensionUri, "tree-sitter-nix.wasm"),
    readServerFile(extensionUri, "tree-sitter-bash.wasm"),
  ]);
  return { runtime: toBase64(runtime), grammar: toBase64(grammar), shell: toBase64(shell) };
}

async function readServerFile(extensionUri: Uri, name: string): Promise<Uint8Array<ArrayBuffer>> {
  return new Uint8Array(await workspace.fs.readFile(Uri.joinPath(extensionUri, "dist/server", name)));
}

function toBase64(bytes: Uint8Array): string {
  // In pieces: a call takes only so many arguments.
  const pieces: string[] = [];
  for (let start = 0; start < bytes.length; start += 0x8000) {
    pieces.push(String.fromCharCode(...bytes.subarray(start, start + 0x8000)));
  }
  return btoa(pieces.join(""));
}
