/** completionItem/resolve: the documentation of an item that was offered, made when a person looks at it. */
import { type CompletionItem, CompletionResolveRequest } from "vscode-languageserver";
import { documentationOf, resolvesDocumentation } from "./completion.ts";
import type { RequestHandler } from "./handler.ts";

const nothing: CompletionItem = { label: "" };

export const completionResolveHandler: RequestHandler<CompletionItem, CompletionItem> = {
  method: CompletionResolveRequest.method,
  about: {
    title: "Documentation of completions",
    summary: "Says of the item a person looks at what it is, as hover does.",
    entities: {
      machine: "Its class, tags, services and roles.",
      tag: "Its machines.",
      role: "What it does, how many machines it takes, and which are in it.",
      service: "What it does, and its roles.",
      setting: "Type, default, description.",
      option: "Type, default, description.",
    },
    offered: "clients that ask for documentation when it is shown",
  },
  capability: ({ capabilities }) =>
    resolvesDocumentation(capabilities) ? { completionProvider: { resolveProvider: true } } : {},
  empty: nothing,
  handle(session, item) {
    const offered = session.offered?.find(session, Number(item.data?.index), item.label);
    return offered === undefined ? item : { ...item, ...documentationOf(session, offered) };
  },
};
