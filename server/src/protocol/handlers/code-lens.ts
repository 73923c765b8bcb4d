/** textDocument/codeLens: above each machine, what can be done with it. */
import { type CodeLens, type CodeLensParams, CodeLensRequest } from "vscode-languageserver";
import { collectMachinePlaces } from "../../features/machine-places.ts";
import type { RequestHandler } from "./handler.ts";
import { queryFile } from "./query.ts";

const lenses = [
  { title: "Update", command: "update" },
  { title: "Generate vars", command: "generateVars" },
] as const;

export const codeLensHandler: RequestHandler<CodeLensParams, CodeLens[]> = {
  method: CodeLensRequest.method,
  about: {
    title: "Code lenses",
    summary: "Says above a name what can be done with it. Switched off with `clan.codeLens.enabled`.",
    entities: { machine: "Update; generate vars." },
    offered: "Clients with the commands `clan.updateMachines` and `clan.generateVars`, as VS Code has them.",
  },
  capability: ({ options }) => (options.commands === true ? { codeLensProvider: {} } : {}),
  empty: [],
  handle(session, { textDocument }) {
    const query = queryFile(session, textDocument);
    if (query === undefined || !session.settings.codeLens || session.options.commands !== true) return [];
    const converter = session.converter();
    return collectMachinePlaces(query).flatMap(({ clan, machine, range }) =>
      lenses.map(({ title, command }) =>
        converter.toCodeLens(query.path, range, title, command, clan, machine),
      ),
    );
  },
};
