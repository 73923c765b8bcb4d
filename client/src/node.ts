/** The extension on a machine: the language server is a process of its own, run by the editor's own Node. */
import type { ExtensionContext } from "vscode";
import { LanguageClient, TransportKind } from "vscode-languageclient/node";
import { clientId, clientName, clientOptions } from "./client-options.ts";
import { activateExtension } from "./extension.ts";
import { machinePrograms } from "./programs.ts";

export function activate(context: ExtensionContext): Promise<void> {
  return activateExtension(context, {
    programs: machinePrograms(process.env),
    async createClient({ asAbsolutePath }, log) {
      // Forked with `--stdio`, as any other editor starts it.
      const server = { module: asAbsolutePath("dist/server/clan-ls.js"), transport: TransportKind.stdio };
      const debug = { ...server, options: { execArgv: ["--inspect=6009"] } };
      const options = clientOptions(log, { commands: true });
      return new LanguageClient(clientId, clientName, { run: server, debug }, options);
    },
  });
}
