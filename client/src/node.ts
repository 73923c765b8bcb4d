/** The extension on a machine: the language server is a process of its own, run by the editor's own Node. */
import { type ExtensionContext, Uri } from "vscode";
import { LanguageClient, TransportKind } from "vscode-languageclient/node";
import { clientId, clientName, clientOptions } from "./client-options.ts";
import { activateExtension } from "./extension.ts";
import { machinePrograms } from "./programs.ts";

const serverFile = "dist/server/clan-ls.js";

export function activate(context: ExtensionContext): Promise<void> {
  return activateExtension(context, {
    programs: machinePrograms(process.env, context.asAbsolutePath(serverFile)),
    async createClient({ asAbsolutePath }, log, errorHandler) {
      // Forked with `--stdio`, as any other editor starts it.
      const server = { module: asAbsolutePath(serverFile), transport: TransportKind.stdio };
      // Node keeps the compiled program there, from 22.1 on.
      const env = { NODE_COMPILE_CACHE: Uri.joinPath(context.globalStorageUri, "compiled").fsPath };
      const run = { ...server, options: { env } };
      const debug = { ...server, options: { env, execArgv: ["--inspect=6009"] } };
      const options = clientOptions(log, errorHandler, { commands: true });
      return new LanguageClient(clientId, clientName, { run, debug }, options);
    },
  });
}
