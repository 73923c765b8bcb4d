/** textDocument/completion: `roles.▮` -> controller, moon, peer. */
import {
  type CompletionList,
  CompletionRequest,
  type TextDocumentPositionParams,
} from "vscode-languageserver";
import { complete } from "../../features/completion/complete.ts";
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
      service: "Names, in `module.name`, with their description.",
      setting: "Names and values by the interface of the role, with type and default.",
      option: "All options of the clan, with type and default; the values of enums and booleans.",
      input: "Names of the flake's inputs, in `module.input`.",
      syntax: "Variables in scope, where a value is expected.",
    },
  },
  capability: () => ({ completionProvider: { triggerCharacters: [".", '"'] } }),
  empty: nothing,
  handle(session, params) {
    const query = queryAt(session, params);
    if (query === undefined) return nothing;
    const converter = session.converter();
    return {
      isIncomplete: false,
      items: complete(query).map((item) => converter.toCompletionItem(query.path, item)),
    };
  },
};
