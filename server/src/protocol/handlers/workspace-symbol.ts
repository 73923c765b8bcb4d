/** workspace/symbol: the things of all clans by name. */
import {
  type WorkspaceSymbol,
  type WorkspaceSymbolParams,
  WorkspaceSymbolRequest,
} from "vscode-languageserver";
import { collectWorkspaceSymbols } from "../../features/workspace-symbols.ts";
import type { RequestHandler } from "./handler.ts";
import { symbolKinds } from "./symbol-kinds.ts";

export const workspaceSymbolHandler: RequestHandler<WorkspaceSymbolParams, WorkspaceSymbol[]> = {
  method: WorkspaceSymbolRequest.method,
  about: {
    title: "Workspace symbols",
    summary: "Finds the things of all clans by some letters of their names.",
    entities: {
      machine: "By its name.",
      tag: "By its name; at the machine that has it first.",
      instance: "By its name.",
      role: "By its name, or that of its instance and its own.",
      service: "Those the flake defines.",
      generator:
        "By its name, where a machine's configuration or a service whose source is available defines it.",
    },
  },
  capability: () => ({ workspaceSymbolProvider: true }),
  empty: [],
  isLong: true,
  prepare: (session) => session.evaluateMachines(),
  handle(session, { query }) {
    const converter = session.converter();
    return collectWorkspaceSymbols(session.clans(session.workspace.snapshot()), query).map(
      ({ name, kind, container, location }) => ({
        name,
        kind: symbolKinds[kind],
        location: converter.toLocation(location),
        ...(container === undefined ? {} : { containerName: container }),
      }),
    );
  },
};
