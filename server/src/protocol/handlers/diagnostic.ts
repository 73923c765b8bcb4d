/** textDocument/diagnostic: what is wrong in a document, for a client that asks. */
import {
  type Diagnostic,
  type DocumentDiagnosticParams,
  DocumentDiagnosticReportKind,
  DocumentDiagnosticRequest,
} from "vscode-languageserver";
import { diagnosticSource } from "../convert.ts";
import { pulls } from "../diagnostics.ts";
import type { RequestHandler } from "./handler.ts";

interface FullReport {
  readonly kind: typeof DocumentDiagnosticReportKind.Full;
  readonly items: Diagnostic[];
}

export const diagnosticHandler: RequestHandler<DocumentDiagnosticParams, FullReport> = {
  method: DocumentDiagnosticRequest.method,
  about: {
    title: "Diagnostics",
    summary:
      "What Nix or clan would refuse, and what is surely not meant: see [the rules](rules). Other clients are pushed the same, and every client what is wrong in files that are not open.",
    entities: {
      machine: "Names that no machine has; machines that nothing configures.",
      tag: "Names that no machine has.",
      instance: "More of them than the service allows.",
      role: "Names the service does not have; too many or too few machines.",
      service: "Names that are no service.",
      setting: "Unknown, missing and doubled ones; values of the wrong type.",
      option: "Unknown, removed and deprecated ones; values of the wrong type.",
      generator:
        "Unknown ones, and files and prompts that are not declared; cycles; files the script never writes; secrets that would be read.",
      input: "Names that are no input of the flake.",
      path: "Files that git does not track, which the flake does not see.",
      syntax: "What the parser cannot read.",
    },
    offered: "clients that ask for diagnostics.",
  },
  capability: (session) =>
    pulls(session)
      ? {
          diagnosticProvider: {
            identifier: diagnosticSource,
            interFileDependencies: true,
            // No client can say whether it will ask for all files. One that does not would see nothing of those it has
            // not open if they were no longer pushed, and one that does would see them twice if they were.
            workspaceDiagnostics: false,
          },
        }
      : {},
  empty: { kind: DocumentDiagnosticReportKind.Full, items: [] },
  prepare: (session) => session.evaluateMachines(),
  handle(session, { textDocument }) {
    const path = session.uris.toPath(textDocument.uri);
    const converter = session.converter();
    const items = session.findings().filter((finding) => finding.path === path);
    return {
      kind: DocumentDiagnosticReportKind.Full,
      items: items.map((finding) => converter.toDiagnostic(finding)),
    };
  },
};
