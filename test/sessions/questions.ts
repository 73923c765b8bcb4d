/** All that an editor asks: of a document as a whole, at a place in it, and of the workspace. */
import type { CompletionItem, Diagnostic } from "vscode-languageserver/node";
import { positionAt } from "../stdio/editor.ts";
import type { ServerProcess } from "../stdio/server-process.ts";
import { uriOf } from "./world.ts";

export interface Question {
  readonly method: string;
  readonly params: object;
}

export function questionsOf(path: string, text: string): Question[] {
  const textDocument = { uri: uriOf(path) };
  const range = { start: { line: 0, character: 0 }, end: positionAt(text, text.length) };
  const whole = [
    "diagnostic",
    "documentSymbol",
    "semanticTokens/full",
    "codeLens",
    "foldingRange",
    "documentLink",
  ];
  return [
    ...whole.map((what) => ({ method: `textDocument/${what}`, params: { textDocument } })),
    { method: "textDocument/inlayHint", params: { textDocument, range } },
  ];
}

export function questionsAt(path: string, text: string, offset: number): Question[] {
  const position = positionAt(text, offset);
  const at = { textDocument: { uri: uriOf(path) }, position };
  const plain = ["hover", "completion", "definition", "declaration", "documentHighlight", "prepareRename"];
  return [
    ...plain.map((what) => ({ method: `textDocument/${what}`, params: at })),
    { method: "textDocument/references", params: { ...at, context: { includeDeclaration: true } } },
    { method: "textDocument/rename", params: { ...at, newName: "renamed" } },
    { method: "textDocument/selectionRange", params: { ...at, positions: [position] } },
    {
      method: "textDocument/codeAction",
      params: {
        ...at,
        range: { start: position, end: position },
        context: { diagnostics: [] as Diagnostic[] },
      },
    },
  ];
}

export const workspaceQuestions: readonly Question[] = ["", "w", "s"].map((query) => ({
  method: "workspace/symbol",
  params: { query },
}));

/** The answer, or the words of a refusal: a rename is refused with the reason. */
export async function answerTo(server: ServerProcess, { method, params }: Question): Promise<unknown> {
  const failed = server.failed.length;
  const answer = await server.ask<unknown>(method, params);
  if (server.failed.length > failed) return server.failed.splice(failed).join();
  if (method !== "textDocument/completion") return answer;
  // The documentation of some that are offered, which is asked for by itself.
  const items = (answer as { items?: CompletionItem[] } | null)?.items ?? [];
  const documented: unknown[] = [];
  for (const item of items.slice(0, 2))
    documented.push(await server.ask<unknown>("completionItem/resolve", item));
  return { answer, documented };
}

/** What must be equal: versions and names of results are the session's own. */
export function comparable(answer: unknown): string {
  return JSON.stringify(answer ?? null, (key, value: unknown) =>
    key === "resultId" || key === "version" ? undefined : value,
  );
}
