/** clan/document, a request of our own: the text of a document that is no file, such as a service of the catalogue. */
import { type DocumentParams, documentRequest } from "../../../../shared/requests.ts";
import { findServiceDocument } from "../../features/service-document.ts";
import { serviceOf } from "../documents-of-ours.ts";
import type { RequestHandler } from "./handler.ts";

export const documentHandler: RequestHandler<DocumentParams, string | null> = {
  method: documentRequest,
  about: {
    title: "Documents of the catalogue",
    summary:
      "What the bundled catalogue knows of a service, to read: where its source is unavailable, _Go to definition_ leads there. It is not a method of the Language Server Protocol.",
    entities: { service: "Its description, roles and settings, with types and defaults." },
    offered: "clients with `documents` in their `initializationOptions`, as VS Code has it.",
  },
  capability: () => ({}),
  empty: null,
  handle(_session, { uri }) {
    const name = serviceOf(uri);
    return (name === undefined ? undefined : findServiceDocument(name)?.text) ?? null;
  },
};
