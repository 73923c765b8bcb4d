/** textDocument/completion: `roles.▮` -> controller, moon, peer. */
import {
  type ClientCapabilities,
  type CompletionItem,
  type CompletionList,
  CompletionRequest,
  type TextDocumentPositionParams,
} from "vscode-languageserver";
import type { CompletionItem as Offered } from "../../features/completion/item.ts";
import { Offer } from "../offer.ts";
import type { Session } from "../session.ts";
import type { RequestHandler } from "./handler.ts";
import { queryAt } from "./query.ts";

const nothing: CompletionList = { isIncomplete: false, items: [] };

export const completionHandler: RequestHandler<TextDocumentPositionParams, CompletionList> = {
  method: CompletionRequest.method,
  about: {
    title: "Completion",
    summary:
      "Offers what can be written at the cursor, in half-written code too. What is not written yet comes first.",
    entities: {
      machine: "Names, wherever a machine is meant: `machines`, a role's `machines`, a tag's list.",
      tag: "Names, in `tags` of machines and roles; predefined ones too.",
      instance: "Options of an instance: `module`, `roles`.",
      role: "The roles of the instance's service, each with what it does.",
      service:
        "Names, in `module.name`, with their description; in a service of one's own its manifest and roles.",
      setting: "Names and values by the interface of the role, with type and default.",
      option: "All options of the clan, with type and default; the values of enums and booleans.",
      generator:
        "Names of generators, their files and prompts, in `dependencies`, configurations and scripts.",
      input:
        "Names of the flake's inputs, in `module.input`; in flake.nix clan-core's address and what its inputs can follow.",
      syntax: "Variables in scope after `inherit`; files and folders in a path.",
    },
  },
  capability: () => ({ completionProvider: { triggerCharacters: [".", '"', "/"] } }),
  empty: nothing,
  ofTextThen: true,
  handle(session, params, then) {
    const query = queryAt(session, params, then);
    if (query === undefined) return nothing;
    const converter = session.converter(query.snapshot);
    const offer = Offer.at(session, query);
    session.offered = offer;
    const isLazy = resolvesDocumentation(session.capabilities);
    const items = offer.items.map((item, index) => ({
      ...converter.toCompletionItem(query.path, item),
      ...(item.offersNext && session.options.opensSuggestions === true ? { command: openSuggestions } : {}),
      ...(isLazy ? { data: { index } } : documentationOf(session, item)),
    }));
    return { isIncomplete: offer.isIncomplete, items };
  },
};

/** A command of VS Code's own: only a client that says so has it. */
const openSuggestions = { title: "Open the list of suggestions", command: "editor.action.triggerSuggest" };

/** Whether the client asks for the documentation of an item when it is looked at. */
export function resolvesDocumentation({ textDocument }: ClientCapabilities): boolean {
  const support = textDocument?.completion?.completionItem?.resolveSupport;
  return support?.properties.includes("documentation") === true;
}

/** As part of an item of the protocol. */
export function documentationOf(session: Session, item: Offered): Pick<CompletionItem, "documentation"> {
  const text = item.documentation?.();
  return text === undefined ? {} : { documentation: session.converter().toMarkup(text) };
}
