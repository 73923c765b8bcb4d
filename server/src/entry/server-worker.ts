/** The language server in a browser's web worker, which is handed the parser's bytes and all files. */
import manifest from "../../package.json" with { type: "json" };
import { serveWorker } from "../protocol/worker.ts";
import { createParser } from "../syntax/parser.ts";
import { loadTools } from "./load-tools.ts";

declare const self: DedicatedWorkerGlobalScope;

serveWorker(self, {
  version: manifest.version,
  fileSystem: undefined,
  loadTools,
  async loadParser({ wasm }) {
    if (wasm === undefined)
      throw new Error("the client did not send the parser (initializationOptions.wasm)");
    return createParser({
      runtime: fromBase64(wasm.runtime),
      grammar: fromBase64(wasm.grammar),
      get shell() {
        return fromBase64(wasm.shell);
      },
    });
  },
});

function fromBase64(text: string): Uint8Array {
  return Uint8Array.from(atob(text), (character) => character.charCodeAt(0));
}
