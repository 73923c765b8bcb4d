/**
 * All requests the server answers. A new one is a file beside this and a line in the list.
 *
 *   capabilitiesOf(session)   ->   { hoverProvider: true, … }, as the client is told
 */
import type { Connection, ServerCapabilities } from "vscode-languageserver";
import type { Guard } from "../guard.ts";
import { sendInPieces } from "../partial-results.ts";
import type { Session } from "../session.ts";
import { adoptHandler, adoptionHandler, secretsHandler, secretToGeneratorHandler } from "./adopt.ts";
import { askToolHandler } from "./ask-tool.ts";
import { incomingCallsHandler, outgoingCallsHandler, prepareCallHierarchyHandler } from "./call-hierarchy.ts";
import { codeActionHandler } from "./code-action.ts";
import { codeLensHandler } from "./code-lens.ts";
import { completionHandler } from "./completion.ts";
import { completionResolveHandler } from "./completion-resolve.ts";
import { declarationHandler } from "./declaration.ts";
import { definitionHandler } from "./definition.ts";
import { deployProblemsHandler } from "./deploy-problems.ts";
import { diagnosticHandler } from "./diagnostic.ts";
import { documentHandler } from "./document.ts";
import { documentHighlightHandler } from "./document-highlight.ts";
import { documentLinkHandler } from "./document-link.ts";
import { documentSymbolHandler } from "./document-symbol.ts";
import { foldingRangeHandler } from "./folding-range.ts";
import type { RequestHandler } from "./handler.ts";
import { hoverHandler } from "./hover.ts";
import { inlayHintHandler } from "./inlay-hint.ts";
import { inventoryHandler } from "./inventory.ts";
import { generatorPlacesHandler, newGeneratorHandler } from "./new-generator.ts";
import { newInstanceHandler, servicesHandler } from "./new-instance.ts";
import { newMachineHandler } from "./new-machine.ts";
import { newMembersHandler } from "./new-members.ts";
import { nixQuestionsHandler } from "./nix-questions.ts";
import { onTypeFormattingHandler } from "./on-type-formatting.ts";
import { prepareRenameHandler } from "./prepare-rename.ts";
import { referencesHandler } from "./references.ts";
import { removeMachineHandler } from "./remove-machine.ts";
import { renameHandler } from "./rename.ts";
import { selectionRangeHandler } from "./selection-range.ts";
import {
  semanticTokensDeltaHandler,
  semanticTokensHandler,
  semanticTokensRangeHandler,
} from "./semantic-tokens.ts";
import { thingAtHandler } from "./thing-at.ts";
import { varsHandler } from "./vars.ts";
import { willRenameFilesHandler } from "./will-rename-files.ts";
import { workspaceSymbolHandler } from "./workspace-symbol.ts";

/** In the order docs/features.md shows them. */
export const requestHandlers: readonly RequestHandler<never, unknown>[] = [
  diagnosticHandler,
  completionHandler,
  completionResolveHandler,
  onTypeFormattingHandler,
  hoverHandler,
  definitionHandler,
  declarationHandler,
  referencesHandler,
  documentHighlightHandler,
  documentLinkHandler,
  renameHandler,
  prepareRenameHandler,
  willRenameFilesHandler,
  codeActionHandler,
  codeLensHandler,
  documentSymbolHandler,
  workspaceSymbolHandler,
  inlayHintHandler,
  semanticTokensHandler,
  semanticTokensDeltaHandler,
  semanticTokensRangeHandler,
  foldingRangeHandler,
  selectionRangeHandler,
  prepareCallHierarchyHandler,
  incomingCallsHandler,
  outgoingCallsHandler,
  inventoryHandler,
  thingAtHandler,
  varsHandler,
  deployProblemsHandler,
  nixQuestionsHandler,
  documentHandler,
  newMachineHandler,
  adoptionHandler,
  adoptHandler,
  secretsHandler,
  secretToGeneratorHandler,
  servicesHandler,
  newInstanceHandler,
  newMembersHandler,
  generatorPlacesHandler,
  newGeneratorHandler,
  removeMachineHandler,
  askToolHandler,
];

/** With those of the server that are no method's. */
export function capabilitiesOf(session: Session, others: ServerCapabilities): ServerCapabilities {
  return requestHandlers.map((handler) => handler.capability(session)).reduce(merge, others);
}

export function registerRequests(connection: Connection, guard: Guard): void {
  for (const handler of requestHandlers) {
    const answer = guard.request(handler);
    // A request without parameters comes with the token alone.
    connection.onRequest(handler.method, async (...args) => {
      const [params, token] = [args[0] as never, args.at(-1)];
      const result = await answer(params, token);
      return handler.isLong === true ? sendInPieces(connection, params, result, token) : result;
    });
  }
}

/** Two handlers can share a provider, as completion and completionItem/resolve do. */
function merge(some: object, more: object): object {
  const both = new Map<string, unknown>(Object.entries(some));
  for (const [name, value] of Object.entries(more)) {
    const before = both.get(name);
    both.set(name, isObject(before) && isObject(value) ? merge(before, value) : value);
  }
  return Object.fromEntries(both);
}

function isObject(value: unknown): value is object {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
