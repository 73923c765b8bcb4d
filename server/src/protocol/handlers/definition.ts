/** textDocument/definition: `roles.peer.machines.we▮b` -> `inventory.machines.web`. */
import { type DefinitionParams, DefinitionRequest, type Location } from "vscode-languageserver";
import { findDefinitions } from "../../features/definition.ts";
import type { RequestHandler } from "./handler.ts";
import { queryAt } from "./query.ts";

export const definitionHandler: RequestHandler<DefinitionParams, Location[]> = {
  method: DefinitionRequest.method,
  about: {
    title: "Go to definition",
    summary: "Leads to where the word under the cursor is defined, over all files of the clan.",
    entities: {
      machine: "Its entry in the inventory, `machines` or inventory.json, and its configuration.nix.",
      tag: "Each machine's list that has it.",
      instance: "Its name under `instances`.",
      role: "The role in the service's source, where that is at hand.",
      service: "The service's module, where its source is at hand.",
      setting: "Its declaration in the role's interface, where the source is at hand.",
      option: "Its declaration, where the source is at hand.",
      generator:
        "Its definition; also of its files and prompts, from dependencies, scripts and configuration.",
      input: "The input in flake.nix.",
      path: "The file; of a folder its default.nix.",
    },
  },
  capability: () => ({ definitionProvider: true }),
  empty: [],
  handle(session, params) {
    const query = queryAt(session, params);
    const converter = session.converter();
    return query === undefined
      ? []
      : findDefinitions(query, session.occurrences).map((location) => converter.toLocation(location));
  },
};
