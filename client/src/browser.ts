/** The extension in a browser: the language server is a web worker, which is handed all it would read. */
import type { ExtensionContext } from "vscode";
import { BrowserMessageReader, BrowserMessageWriter, LanguageClient } from "vscode-languageclient/browser";
import { clientId, clientName, clientOptions } from "./client-options.ts";
import { activateExtension } from "./extension.ts";
import { readWasmFiles, startServerWorker } from "./server-files.ts";
import { sendWorkspaceFiles } from "./workspace-files.ts";

export function activate(context: ExtensionContext): Promise<void> {
  return activateExtension(context, {
    programs: undefined,
    async createClient({ extensionUri }, log, errorHandler) {
      const wasm = await readWasmFiles(extensionUri);
      const options = clientOptions(log, errorHandler, { commands: false, wasm });
      // Its messages, not the worker: VS Code wraps `Worker`, and the client would not know it for one.
      const server = async () => {
        const worker = await startServerWorker(extensionUri);
        return { reader: new BrowserMessageReader(worker), writer: new BrowserMessageWriter(worker) };
      };
      const client = new LanguageClient(clientId, clientName, server, options);
      context.subscriptions.push(sendWorkspaceFiles(client, log));
      return client;
    },
  });
}
