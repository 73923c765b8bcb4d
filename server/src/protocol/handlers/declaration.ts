/** textDocument/declaration: the same places as the definition's; Nix declares nothing apart from defining it. */
import { DeclarationRequest, type DefinitionParams, type Location } from "vscode-languageserver";
import { definitionHandler } from "./definition.ts";
import type { RequestHandler } from "./handler.ts";

export const declarationHandler: RequestHandler<DefinitionParams, Location[]> = {
  ...definitionHandler,
  method: DeclarationRequest.method,
  about: {
    title: "Go to declaration",
    summary: "The same places as the definition: Nix declares nothing apart from defining it.",
    entities: definitionHandler.about.entities,
  },
  capability: () => ({ declarationProvider: true }),
};
