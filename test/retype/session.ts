/**
 * An editor's session with `clan-ls --stdio`, as VS Code has it: its capabilities, its requests after a key, and
 * everything the server says that a person would see or find in a log.
 */
import { pathToFileURL } from "node:url";
import {
  type CompletionItem,
  CompletionRequest,
  type Diagnostic,
  type DocumentDiagnosticReport,
  type DocumentSymbol,
  type Position,
  type Range,
} from "vscode-languageserver/node";
import { asked, capabilities, positionAt } from "../stdio/editor.ts";
import { ServerProcess } from "../stdio/server-process.ts";

export interface Answers {
  readonly diagnostics: readonly Diagnostic[];
  readonly completion: readonly CompletionItem[];
}

export class EditorSession {
  private readonly uri: string;
  private version = 0;
  private tokens: string | undefined;

  private constructor(
    private readonly server: ServerProcess,
    file: string,
    private text: string,
  ) {
    this.uri = pathToFileURL(file).href;
  }

  /** Opens `file` with `text` in a fresh server over the clan in `folder`. */
  static async open(root: string, folder: string, file: string, text: string): Promise<EditorSession> {
    const server = await ServerProcess.start(root, [folder], capabilities);
    const session = new EditorSession(server, file, text);
    const textDocument = { uri: session.uri, languageId: "nix", version: 0, text };
    await server.notify("textDocument/didOpen", { textDocument });
    return session;
  }

  /** Requests the server answered with an error, with the error. */
  get failed(): string[] {
    return this.server.failed;
  }

  /** What it wrote to stderr, logged as an error or a warning, or showed. */
  get said(): string[] {
    return this.server.said;
  }

  /** One edit, as an editor sends it: the part that differs. */
  async change(text: string): Promise<void> {
    const before = this.text;
    let start = 0;
    while (start < text.length && start < before.length && text[start] === before[start]) start++;
    let same = 0;
    while (
      same < text.length - start &&
      same < before.length - start &&
      text[text.length - 1 - same] === before[before.length - 1 - same]
    )
      same++;
    const range = { start: positionAt(before, start), end: positionAt(before, before.length - same) };
    this.text = text;
    this.version++;
    await this.server.notify("textDocument/didChange", {
      textDocument: { uri: this.uri, version: this.version },
      contentChanges: [{ range, text: text.slice(start, text.length - same) }],
    });
  }

  async complete(cursor: number): Promise<readonly CompletionItem[]> {
    const answer = await this.ask<{ items: CompletionItem[] }>(CompletionRequest.method, {
      position: positionAt(this.text, cursor),
    });
    return answer?.items ?? [];
  }

  async diagnose(): Promise<readonly Diagnostic[]> {
    const answer = await this.ask<DocumentDiagnosticReport>("textDocument/diagnostic", {});
    return answer?.kind === "full" ? answer.items : [];
  }

  /** Everything an editor asks after a key. */
  async askAll(cursor: number): Promise<Answers> {
    const position = positionAt(this.text, cursor);
    const whole = { start: { line: 0, character: 0 }, end: positionAt(this.text, this.text.length) };
    const completion = this.complete(cursor);
    const symbols = this.ask<DocumentSymbol[]>("textDocument/documentSymbol", {});
    const others = asked
      .filter(([capability]) => this.server.offers[capability] !== undefined)
      .map(([, method, params]) => this.ask(method, params({ position, whole })));
    await Promise.all([this.askTokens(), ...others]);
    const [first] = await completion;
    if (first !== undefined) await this.ask("completionItem/resolve", first, false);
    this.checkSymbols((await symbols) ?? []);
    const diagnostics = await this.diagnose();
    const context = { diagnostics: diagnostics.filter(({ range }) => isIn(position, range)) };
    await this.ask("textDocument/codeAction", { range: { start: position, end: position }, context });
    return { diagnostics, completion: await completion };
  }

  /** VS Code refuses all symbols of a file, with a message, when one of them has no name or its name lies outside. */
  private checkSymbols(symbols: readonly DocumentSymbol[]): void {
    for (const { name, range, selectionRange, children = [] } of symbols) {
      if (name === "") this.failed.push("textDocument/documentSymbol: name must not be falsy");
      if (!isIn(selectionRange.start, range) || !isIn(selectionRange.end, range))
        this.failed.push("textDocument/documentSymbol: selectionRange must be contained in fullRange");
      this.checkSymbols(children);
    }
  }

  /** All of them, and then what changed since the last answer. */
  private async askTokens(): Promise<void> {
    const [method, params] =
      this.tokens === undefined
        ? ["textDocument/semanticTokens/full", {}]
        : ["textDocument/semanticTokens/full/delta", { previousResultId: this.tokens }];
    this.tokens = (await this.ask<{ resultId?: string }>(method, params))?.resultId;
  }

  private ask<T>(method: string, params: object, isOfDocument = true): Promise<T | undefined> {
    const textDocument = { uri: this.uri };
    return this.server.ask<T>(method, isOfDocument ? { textDocument, ...params } : params);
  }

  close(): Promise<void> {
    return this.server.close();
  }
}

function isIn({ line, character }: Position, { start, end }: Range): boolean {
  return (
    (line > start.line || (line === start.line && character >= start.character)) &&
    (line < end.line || (line === end.line && character <= end.character))
  );
}
