/** textDocument/references: `inventory.machines.we▮b` -> every place that names the machine, in all files. */
import { type Location, type ReferenceParams, ReferencesRequest } from "vscode-languageserver";
import { findReferences } from "../../features/references.ts";
import type { RequestHandler } from "./handler.ts";
import { queryAt } from "./query.ts";

export const referencesHandler: RequestHandler<ReferenceParams, Location[]> = {
  method: ReferencesRequest.method,
  about: {
    title: "Find references",
    summary:
      "Every place that names what the word under the cursor names, over all files, however the name got there.",
    entities: {
      machine: "Roles, tags, settings, `self.nixosConfigurations`, and paths into its folders.",
      tag: "Lists of machines, roles and `inventory.tags`.",
      instance: "Its name, and where code selects it.",
      role: "All instances of its service, and the service's own code.",
      service: "`modules` and each instance of it.",
      setting: "All instances, and the service's own code.",
      generator: "Dependencies, scripts and configuration; also of its files and prompts.",
      input: "Each `module.input`.",
      path: "Each path that leads to the same file.",
    },
  },
  capability: () => ({ referencesProvider: true }),
  empty: [],
  isLong: true,
  prepare: (session) => session.evaluateMachines(),
  handle(session, params) {
    const query = queryAt(session, params);
    if (query === undefined) return [];
    const converter = session.converter();
    return findReferences(query, session.occurrences)
      .filter(({ isDeclaration }) => params.context.includeDeclaration || !isDeclaration)
      .map((occurrence) => converter.toLocation(occurrence));
  },
};
