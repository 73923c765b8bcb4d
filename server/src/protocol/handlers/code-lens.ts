/** textDocument/codeLens: above a name, what can be done with it, or what it comes to. */
import { type CodeLens, type CodeLensParams, CodeLensRequest, type Command } from "vscode-languageserver";
import { type ShowPlacesArguments, showPlacesCommand } from "../../../../shared/requests.ts";
import { collectCodeLenses, type CodeLens as OurLens } from "../../features/code-lenses.ts";
import type { Converter } from "../convert.ts";
import type { RequestHandler } from "./handler.ts";
import { queryFile } from "./query.ts";

export const codeLensHandler: RequestHandler<CodeLensParams, CodeLens[]> = {
  method: CodeLensRequest.method,
  about: {
    title: "Code lenses",
    summary:
      "Says above a name what can be done with it. All are switched off with `clan.codeLens.enabled`, each kind with a setting of its own.",
    entities: {
      machine:
        "Update; generate vars. `clan.codeLens.machines`: `multiline` (above machines that are written over several lines), `always` or `never`.",
      role: "Its machines; a click shows them. `clan.codeLens.roles`: `computed` (where several tags or names come together), `always` or `never`.",
      generator: "Generate; regenerate; how many of its files there are. `clan.codeLens.generators`.",
    },
    offered: "clients with the commands of `shared/requests.ts`, as VS Code has them.",
  },
  capability: ({ options }) => (options.commands === true ? { codeLensProvider: {} } : {}),
  empty: [],
  handle(session, { textDocument }) {
    const query = queryFile(session, textDocument);
    const wanted = session.settings.codeLens;
    if (query === undefined || wanted === undefined || session.options.commands !== true) return [];
    const converter = session.converter();
    return collectCodeLenses(query, wanted).map((lens) => ({
      range: converter.toRange(query.path, lens.range),
      command: toCommand(lens, query.path, converter),
    }));
  },
};

function toCommand({ title, range, action }: OurLens, path: string, converter: Converter): Command {
  if (action.kind === "machine")
    return converter.toMachineCommand(title, action.command, action.clan, action.machine);
  if (action.kind === "generator") return converter.toGeneratorCommand(title, action);
  const argument: ShowPlacesArguments = {
    from: converter.toLocation({ path, ...range }),
    places: action.places.map((place) => converter.toLocation(place)),
  };
  return { title, command: showPlacesCommand, arguments: [argument] };
}
