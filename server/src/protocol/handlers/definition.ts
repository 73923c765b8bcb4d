/** textDocument/definition: `roles.peer.machines.we▮b` -> `inventory.machines.web`. */
import { type DefinitionParams, DefinitionRequest, type Location } from "vscode-languageserver";
import { findDefinitions } from "../../features/definition.ts";
import { findServicePlace } from "../../features/service-document.ts";
import { toRangeIn } from "../convert.ts";
import { serviceUri } from "../documents-of-ours.ts";
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
      role: "The role in the service's source; where that is unavailable, in the document of the catalogue.",
      service: "The service's module; where its source is unavailable, the document of the catalogue.",
      setting:
        "Its declaration in the role's interface; where the source is unavailable, in the document of the catalogue.",
      option: "Its declaration, where the source is available.",
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
    if (query === undefined) return [];
    const found = findDefinitions(query, session.occurrences);
    if (found.length > 0 || session.options.documents !== true)
      return found.map((location) => session.converter().toLocation(location));
    const place = findServicePlace(query);
    if (place === undefined) return [];
    return [{ uri: serviceUri(place.service), range: toRangeIn(place.text, place.range, session.formats) }];
  },
};
