/** The handlers of requests about a document: each asks one feature, and converts its answer. */
import {
  type CodeAction,
  CodeActionKind,
  type CodeActionParams,
  type CodeLens,
  type CodeLensParams,
  type CompletionList,
  type Connection,
  type Diagnostic,
  type DocumentDiagnosticParams,
  DocumentDiagnosticReportKind,
  type Hover,
  type Location,
  type ServerCapabilities,
  type TextDocumentPositionParams,
} from "vscode-languageserver";
import { collectFixes, collectMachineActions } from "../features/code-actions.ts";
import { complete } from "../features/completion/complete.ts";
import { findDefinitions } from "../features/definition.ts";
import { hover } from "../features/hover.ts";
import { collectMachinePlaces } from "../features/machine-places.ts";
import type { Query } from "../features/query.ts";
import { diagnosticSource } from "./convert.ts";
import { pulls } from "./diagnostics.ts";
import type { Guard } from "./guard.ts";
import type { Session } from "./session.ts";

/** What the handlers below answer, as the client is told. */
export function languageCapabilities(session: Session): ServerCapabilities {
  const { options } = session;
  return {
    completionProvider: { triggerCharacters: [".", '"'] },
    hoverProvider: true,
    definitionProvider: true,
    codeActionProvider: { codeActionKinds: [CodeActionKind.QuickFix, CodeActionKind.Empty] },
    ...(options.commands === true ? { codeLensProvider: {} } : {}),
    ...(pulls(session)
      ? {
          diagnosticProvider: {
            identifier: diagnosticSource,
            interFileDependencies: true,
            workspaceDiagnostics: false,
          },
        }
      : {}),
  };
}

type FullReport = { kind: typeof DocumentDiagnosticReportKind.Full; items: Diagnostic[] };

const noCompletion: CompletionList = { isIncomplete: false, items: [] };
const noDiagnostics: FullReport = { kind: DocumentDiagnosticReportKind.Full, items: [] };

export function registerLanguageFeatures(connection: Connection, guard: Guard): void {
  connection.onCompletion(guard.request("textDocument/completion", noCompletion, completion));
  connection.onHover(guard.request("textDocument/hover", null, hoverAt));
  connection.onDefinition(guard.request("textDocument/definition", [], definition));
  connection.onCodeAction(guard.request("textDocument/codeAction", [], codeActions));
  connection.onCodeLens(guard.request("textDocument/codeLens", [], codeLenses));
  connection.languages.diagnostics.on(guard.request("textDocument/diagnostic", noDiagnostics, diagnostics));
}

function completion(session: Session, params: TextDocumentPositionParams): CompletionList {
  const query = queryAt(session, params);
  if (query === undefined) return noCompletion;
  const converter = session.converter();
  return {
    isIncomplete: false,
    items: complete(query).map((item) => converter.toCompletionItem(query.path, item)),
  };
}

function hoverAt(session: Session, params: TextDocumentPositionParams): Hover | null {
  const query = queryAt(session, params);
  const found = query && hover(query);
  return query && found ? session.converter().toHover(query.path, found) : null;
}

function definition(session: Session, params: TextDocumentPositionParams): Location[] {
  const query = queryAt(session, params);
  const converter = session.converter();
  return query === undefined ? [] : findDefinitions(query).map((location) => converter.toLocation(location));
}

function codeActions(session: Session, { textDocument, range, context }: CodeActionParams): CodeAction[] {
  const query = queryAt(session, { textDocument, position: range.start });
  if (query === undefined) return [];
  const converter = session.converter();
  const isWanted = (kind: CodeActionKind) =>
    context.only === undefined ||
    context.only.some(
      (only) => only === CodeActionKind.Empty || kind === only || kind.startsWith(`${only}.`),
    );
  const fixes = isWanted(CodeActionKind.QuickFix)
    ? collectFixes(session.findings(), query.path, converter.toOurRange(query.path, range))
    : [];
  const commands =
    session.options.commands === true && isWanted(CodeActionKind.Empty) ? collectMachineActions(query) : [];
  return [...fixes, ...commands].map((action) => converter.toCodeAction(action));
}

const lenses = [
  { title: "Update", command: "update" },
  { title: "Generate vars", command: "generateVars" },
] as const;

function codeLenses(session: Session, { textDocument }: CodeLensParams): CodeLens[] {
  const path = session.uris.toPath(textDocument.uri);
  if (path === undefined || !session.settings.codeLens || session.options.commands !== true) return [];
  const converter = session.converter();
  const places = collectMachinePlaces({ snapshot: session.workspace.snapshot(), clans: session.clans, path });
  return places.flatMap(({ clan, machine, range }) =>
    lenses.map(({ title, command }) => converter.toCodeLens(path, range, title, command, clan, machine)),
  );
}

function diagnostics(session: Session, { textDocument }: DocumentDiagnosticParams): FullReport {
  const path = session.uris.toPath(textDocument.uri);
  const converter = session.converter();
  const items = session.findings().filter((finding) => finding.path === path);
  return {
    kind: DocumentDiagnosticReportKind.Full,
    items: items.map((finding) => converter.toDiagnostic(finding)),
  };
}

/** Undefined for a document that is no file. */
function queryAt(
  session: Session,
  { textDocument, position }: TextDocumentPositionParams,
): Query | undefined {
  const path = session.uris.toPath(textDocument.uri);
  if (path === undefined) return undefined;
  return {
    snapshot: session.workspace.snapshot(),
    clans: session.clans,
    path,
    offset: session.converter().toOffset(path, position),
  };
}
