/**
 * An editor's session with `clan-ls --stdio`, as VS Code has it: its capabilities, its requests after a key, and
 * everything the server says that a person would see or find in a log.
 */
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import path from "node:path";
import { pathToFileURL } from "node:url";
import {
  type ClientCapabilities,
  type CompletionItem,
  CompletionRequest,
  createProtocolConnection,
  type Diagnostic,
  type DocumentDiagnosticReport,
  type DocumentSymbol,
  ExitNotification,
  InitializedNotification,
  InitializeRequest,
  MessageType,
  type Position,
  type ProtocolConnection,
  type Range,
  type ServerCapabilities,
  ShutdownRequest,
  StreamMessageReader,
  StreamMessageWriter,
} from "vscode-languageserver/node";

const capabilities: ClientCapabilities = {
  workspace: { workspaceFolders: true, configuration: true },
  textDocument: {
    completion: {
      completionItem: {
        snippetSupport: true,
        commitCharactersSupport: true,
        deprecatedSupport: true,
        labelDetailsSupport: true,
        tagSupport: { valueSet: [1] },
        resolveSupport: { properties: ["documentation", "detail"] },
      },
    },
    codeAction: {
      codeActionLiteralSupport: { codeActionKind: { valueSet: ["", "quickfix", "refactor", "source"] } },
      dataSupport: true,
      isPreferredSupport: true,
    },
    diagnostic: { relatedDocumentSupport: false },
    documentSymbol: { hierarchicalDocumentSymbolSupport: true },
    foldingRange: { lineFoldingOnly: true },
    hover: { contentFormat: ["markdown", "plaintext"] },
    semanticTokens: {
      requests: { full: { delta: true }, range: true },
      tokenTypes: [
        "class",
        "interface",
        "struct",
        "type",
        "parameter",
        "variable",
        "property",
        "enumMember",
        "function",
      ],
      tokenModifiers: ["declaration", "definition", "readonly", "defaultLibrary"],
      formats: ["relative"],
    },
  },
};

/** What VS Code asks after a key, by the capability that says the server answers it. */
const asked: readonly (readonly [keyof ServerCapabilities, string, (at: Cursor) => object])[] = [
  ["hoverProvider", "textDocument/hover", ({ position }) => ({ position })],
  ["signatureHelpProvider", "textDocument/signatureHelp", ({ position }) => ({ position })],
  ["documentHighlightProvider", "textDocument/documentHighlight", ({ position }) => ({ position })],
  ["foldingRangeProvider", "textDocument/foldingRange", () => ({})],
  ["documentLinkProvider", "textDocument/documentLink", () => ({})],
  ["codeLensProvider", "textDocument/codeLens", () => ({})],
  ["inlayHintProvider", "textDocument/inlayHint", ({ whole }) => ({ range: whole })],
  ["selectionRangeProvider", "textDocument/selectionRange", ({ position }) => ({ positions: [position] })],
  ["semanticTokensProvider", "textDocument/semanticTokens/range", ({ whole }) => ({ range: whole })],
];

interface Cursor {
  readonly position: Position;
  readonly whole: Range;
}

export interface Answers {
  readonly diagnostics: readonly Diagnostic[];
  readonly completion: readonly CompletionItem[];
}

export class EditorSession {
  /** Requests the server answered with an error, with the error. */
  readonly failed: string[] = [];
  /** What it wrote to stderr, logged as an error or a warning, or showed. */
  readonly said: string[] = [];
  private readonly uri: string;
  private text = "";
  private version = 0;
  private tokens: string | undefined;

  private constructor(
    private readonly server: ChildProcess,
    private readonly connection: ProtocolConnection,
    private readonly offers: ServerCapabilities,
    file: string,
  ) {
    this.uri = pathToFileURL(file).href;
  }

  /** Opens `file` with `text` in a fresh server over the clan in `folder`. */
  static async open(root: string, folder: string, file: string, text: string): Promise<EditorSession> {
    const server = spawn(process.execPath, [path.join(root, "server/bin/clan-ls.js"), "--stdio"], {
      stdio: ["pipe", "pipe", "pipe"],
    });
    const connection = createProtocolConnection(
      new StreamMessageReader(server.stdout),
      new StreamMessageWriter(server.stdin),
    );
    connection.onRequest("workspace/configuration", ({ items }) => items.map(() => null));
    connection.onRequest("client/registerCapability", () => null);
    connection.onRequest("window/workDoneProgress/create", () => null);
    for (const what of ["codeLens", "diagnostic", "inlayHint", "semanticTokens"])
      connection.onRequest(`workspace/${what}/refresh`, () => null);
    const said: string[] = [];
    const note = (how: string) => (params: { type: number; message: string }) => {
      if (how === "shown" || params.type <= MessageType.Warning) said.push(`${how}: ${params.message}`);
    };
    connection.onNotification("window/logMessage", note("logged"));
    connection.onNotification("window/showMessage", note("shown"));
    connection.onRequest("window/showMessageRequest", (params) => {
      note("shown")(params);
      return null;
    });
    server.stderr.on("data", (data) => said.push(`stderr: ${data}`));
    connection.listen();
    const { capabilities: offers } = await connection.sendRequest(InitializeRequest.type, {
      processId: process.pid,
      rootUri: null,
      capabilities,
      workspaceFolders: [{ uri: pathToFileURL(folder).href, name: path.basename(folder) }],
    });
    await connection.sendNotification(InitializedNotification.type, {});
    const session = new EditorSession(server, connection, offers, file);
    // What was said before the session was made is part of it.
    Object.assign(session, { said });
    session.text = text;
    const textDocument = { uri: session.uri, languageId: "nix", version: 0, text };
    await connection.sendNotification("textDocument/didOpen", { textDocument });
    return session;
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
    await this.connection.sendNotification("textDocument/didChange", {
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
      .filter(([capability]) => this.offers[capability] !== undefined)
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

  private async ask<T>(method: string, params: object, isOfDocument = true): Promise<T | undefined> {
    const textDocument = { uri: this.uri };
    try {
      return await this.connection.sendRequest<T>(
        method,
        isOfDocument ? { textDocument, ...params } : params,
      );
    } catch (error) {
      this.failed.push(`${method}: ${error}`);
      return undefined;
    }
  }

  async close(): Promise<void> {
    const ended = once(this.server, "exit");
    await this.connection.sendRequest(ShutdownRequest.type);
    await this.connection.sendNotification(ExitNotification.type);
    await ended;
    this.connection.dispose();
  }
}

export function positionAt(text: string, offset: number): Position {
  const lines = text.slice(0, offset).split("\n");
  return { line: lines.length - 1, character: lines.at(-1)?.length ?? 0 };
}

function isIn({ line, character }: Position, { start, end }: Range): boolean {
  return (
    (line > start.line || (line === start.line && character >= start.character)) &&
    (line < end.line || (line === end.line && character <= end.character))
  );
}
