/**
 * What stands in for `vscode` in unit tests (vitest.config.mts): the editor in memory, by the names of VS Code. It does what
 * `@types/vscode` says of what the extension uses, and nothing else is there.
 */
import type * as vscode from "vscode";
import type { TextEdit } from "vscode-languageserver-textdocument";
import { Disposable, EventEmitter, FileType, type Range, Uri, WorkspaceEdit } from "./classes.ts";
import { type Dialogue, edited, editor, globPattern, type SettingValues } from "./editor.ts";

export * from "./classes.ts";

/** Of the editor of the test that runs. */
const editorEvent =
  <Name extends keyof typeof editor.events>(name: Name) =>
  (listener: (event: never) => unknown): Disposable =>
    (editor.events[name] as unknown as EventEmitter<never>).event(listener);

type Handler = (...parameters: readonly unknown[]) => unknown;

function register(name: string, what: unknown): Disposable {
  if (editor.registered.has(name)) throw new Error(`${name} is registered already`);
  const { registered } = editor;
  registered.set(name, what);
  return new Disposable(() => registered.delete(name));
}

export const commands = {
  registerCommand(id: string, handler: Handler): Disposable {
    const { commands: known } = editor;
    if (known.has(id)) throw new Error(`command '${id}' already exists`);
    known.set(id, handler);
    return new Disposable(() => known.delete(id));
  },
  async executeCommand(id: string, ...parameters: readonly unknown[]): Promise<unknown> {
    if (editor.commands.has(id)) return editor.run(id, ...parameters);
    editor.executed.push([id, ...parameters]);
    return editor.results.get(id);
  },
};

const message =
  (kind: Dialogue["kind"]) =>
  async (text: string, ...rest: readonly unknown[]): Promise<string | undefined> => {
    const [first] = rest;
    const options = typeof first === "object" && first !== null ? { ...first } : {};
    const choices = rest.filter((one) => typeof one === "string");
    return editor.ask({ kind, text, choices, options });
  };

type Item = vscode.QuickPickItem;

function rowsOf(items: readonly Item[]): Item[] {
  return items.filter(({ kind }) => kind !== -1);
}

export const window = {
  showInformationMessage: message("information"),
  showWarningMessage: message("warning"),
  showErrorMessage: message("error"),
  async showQuickPick(
    items: readonly Item[],
    options: { title?: string; canPickMany?: boolean } = {},
  ): Promise<Item | readonly Item[] | undefined> {
    const rows = rowsOf(items);
    const choices = rows.map(({ label }) => label);
    const label = editor.ask({
      kind: "list",
      text: options.title ?? "",
      choices,
      options: { ...options, items },
    });
    const picked = rows.find((row) => row.label === label);
    // Of several that can be ticked, the person ticks the one that is named.
    return options.canPickMany === true && picked !== undefined ? [picked] : picked;
  },
  async showInputBox(options: vscode.InputBoxOptions): Promise<string | undefined> {
    for (;;) {
      const text = editor.ask({
        kind: "box",
        text: options.title ?? "",
        choices: [],
        options: { ...options },
      });
      const problem = text === undefined ? undefined : await options.validateInput?.(text);
      // The box stays until what is typed is valid.
      if (problem === undefined || problem === null || problem === "") return text;
      editor.problems.push(String(problem));
    }
  },
  createQuickPick: () => {
    const [value, accept, hide] = [
      new EventEmitter<string>(),
      new EventEmitter<void>(),
      new EventEmitter<void>(),
    ];
    let isShown = false;
    const list = {
      selectedItems: [] as readonly Item[],
      activeItems: [] as readonly Item[],
      isDisposed: false,
      onDidChangeValue: value.event,
      onDidAccept: accept.event,
      onDidHide: hide.event,
      show() {
        isShown = true;
        editor.registered.set("open list", {
          list,
          type: value.fire.bind(value),
          accept: () => accept.fire(),
        });
      },
      hide() {
        if (isShown) hide.fire();
        isShown = false;
      },
      dispose() {
        list.isDisposed = true;
      },
    };
    return list;
  },
  createOutputChannel: (name: string) => ({
    ...register(`output ${name}`, undefined),
    dispose: () => undefined,
    show: () => editor.executed.push(["show output", name]),
    warn: (text: string) => editor.logged.push(`warn: ${text}`),
    error: (text: string) => editor.logged.push(`error: ${text}`),
  }),
  setStatusBarMessage: (text: string) => editor.statusMessages.push(text),
  createTreeView(id: string, options: { readonly treeDataProvider: unknown }) {
    const registration = register(`tree ${id}`, options.treeDataProvider);
    const view = {
      ...options,
      message: "",
      description: "",
      badge: undefined,
      visible: true,
      selection: [] as readonly unknown[],
      async reveal(row: { readonly id: string }, how: object) {
        view.selection = [row];
        editor.executed.push(["reveal", id, row.id, how]);
      },
      dispose: () => registration.dispose(),
    };
    editor.views.set(id, view);
    return view;
  },
  createWebviewPanel(id: string, title: string, _column: number, options: object) {
    const [received, gone] = [new EventEmitter<unknown>(), new EventEmitter<void>()];
    const registration = register(`webview ${id}`, undefined);
    const panel = {
      title,
      options,
      visible: true,
      reveal: () => editor.executed.push(["reveal webview", id]),
      onDidDispose: gone.event,
      dispose() {
        registration.dispose();
        gone.fire();
      },
      posted: [] as unknown[],
      receive: received.fire.bind(received),
      webview: {
        html: "",
        cspSource: "https://webview.test",
        asWebviewUri: (uri: vscode.Uri) => Uri.parse(`https://webview.test${uri.path}`),
        onDidReceiveMessage: received.event,
        async postMessage(message: unknown) {
          panel.posted.push(message);
          return true;
        },
      },
    };
    editor.registered.set(`webview ${id}`, panel);
    return panel;
  },
  async showSaveDialog(options: vscode.SaveDialogOptions): Promise<vscode.Uri | undefined> {
    const text = options.defaultUri?.toString() ?? "";
    const answer = editor.ask({ kind: "box", text, choices: [], options: { ...options } });
    return answer === undefined ? undefined : Uri.parse(answer);
  },
  onDidStartTerminalShellExecution: editorEvent("terminalRuns"),
  onDidCloseTerminal: editorEvent("terminalClosed"),
  onDidChangeTextEditorSelection: editorEvent("cursor"),
  onDidChangeActiveTextEditor: editorEvent("activeEditor"),
  get terminals() {
    return editor.terminals;
  },
  createStatusBarItem(id: string) {
    const item = { ...register(`status bar ${id}`, undefined), text: "" };
    return Object.assign(item, {
      show: () => editor.statusItems.set(id, item.text),
      hide: () => editor.statusItems.delete(id),
      dispose: () => editor.registered.delete(`status bar ${id}`),
    });
  },
  registerTerminalLinkProvider: (provider: unknown) => register("terminal links", provider),
  async withProgress(
    options: { readonly title: string },
    act: (progress: unknown, token: vscode.CancellationToken) => Promise<unknown>,
  ): Promise<unknown> {
    const cancelled = new EventEmitter<void>();
    const token = { isCancellationRequested: false, onCancellationRequested: cancelled.event };
    editor.statusMessages.push(options.title);
    const done = act({}, token as unknown as vscode.CancellationToken);
    if (editor.cancelsProgress) {
      // Not before what it does has begun.
      await new Promise((resolve) => setImmediate(resolve));
      token.isCancellationRequested = true;
      cancelled.fire();
    }
    return done;
  },
  visibleTextEditors: [],
  get activeTextEditor() {
    return editor.active && { document: editor.active };
  },
  async showTextDocument({ uri }: { uri: vscode.Uri }, options: { selection?: Range } = {}) {
    editor.shown.push([uri.toString(), options.selection]);
  },
};

export class LanguageModelTextPart {
  constructor(readonly value: string) {}
}

export class LanguageModelToolResult {
  constructor(readonly content: readonly unknown[]) {}
}

export const lm = {
  registerTool: (name: string, tool: unknown) => register(`tool ${name}`, tool),
};

function applyTold({ told }: WorkspaceEdit): boolean {
  for (const each of told)
    if (each.kind === "create") editor.files.set(each.uri, each.text);
    else {
      const { uri, range, text: newText } = each;
      editor.files.set(uri, edited(editor.files.get(uri) ?? "", [{ range, newText }]));
    }
  return true;
}

function textAt(uri: vscode.Uri): string {
  const text = editor.files.get(uri.toString());
  if (text === undefined) throw new Error(`EntryNotFound: ${uri}`);
  return text;
}

function folderOf(uri: vscode.Uri): vscode.WorkspaceFolder | undefined {
  const text = uri.toString();
  const found = editor.folders
    .filter((folder) => text === folder || text.startsWith(`${folder}/`))
    .toSorted((one, other) => other.length - one.length);
  return workspace.workspaceFolders?.find((folder) => folder.uri.toString() === found[0]);
}

/** The order in which they count, the strongest last. */
const levels = ["defaultValue", "globalValue", "workspaceValue", "workspaceFolderValue"] as const;

interface LspEdit {
  readonly changes?: Readonly<Record<string, readonly TextEdit[]>>;
  readonly documentChanges?: readonly {
    readonly kind?: string;
    readonly uri?: string;
    readonly textDocument?: { readonly uri: string };
    readonly edits?: readonly TextEdit[];
  }[];
}

export const workspace = {
  get isTrusted() {
    return editor.isTrusted;
  },
  get workspaceFolders(): vscode.WorkspaceFolder[] | undefined {
    if (editor.folders.length === 0) return undefined;
    return editor.folders.map((folder, index) => {
      const uri = Uri.parse(folder);
      return { uri, name: uri.path.split("/").at(-1) ?? "", index };
    });
  },
  get textDocuments() {
    return editor.documents;
  },
  getWorkspaceFolder: folderOf,
  asRelativePath(uri: vscode.Uri, includesFolder = editor.folders.length > 1): string {
    const folder = folderOf(uri);
    if (folder === undefined || folder.uri.toString() === uri.toString()) return uri.fsPath;
    const path = uri.path.slice(folder.uri.path.length + 1);
    return includesFolder ? `${folder.name}/${path}` : path;
  },
  getConfiguration(section?: string) {
    const prefix = section === undefined ? "" : `${section}.`;
    const valuesOf = (key: string): SettingValues | undefined => editor.settings.get(prefix + key);
    return {
      get(key: string): unknown {
        const values = valuesOf(key);
        return levels.map((level) => values?.[level]).findLast((value) => value !== undefined);
      },
      inspect: (key: string) => valuesOf(key),
      async update(key: string, value: unknown, target: number): Promise<void> {
        const level = levels[target];
        if (level !== undefined) editor.set(prefix + key, { ...valuesOf(key), [level]: value });
      },
    };
  },
  fs: {
    async readFile(uri: vscode.Uri): Promise<Uint8Array> {
      return new TextEncoder().encode(textAt(uri));
    },
    async writeFile(uri: vscode.Uri, text: Uint8Array): Promise<void> {
      editor.files.set(uri.toString(), new TextDecoder().decode(text));
    },
    async readDirectory(uri: vscode.Uri): Promise<(readonly [name: string, type: number])[]> {
      const inside = [...editor.files.keys()].filter((file) => file.startsWith(`${uri}/`));
      if (inside.length === 0) throw new Error(`EntryNotFound: ${uri}`);
      const paths = inside.map((file) => decodeURIComponent(file.slice(`${uri}/`.length)).split("/"));
      const types = paths.map(([name = "", ...rest]): readonly [string, number] => [
        name,
        rest.length > 0 ? FileType.Directory : FileType.File,
      ]);
      return [...new Map(types)];
    },
    async stat(uri: vscode.Uri): Promise<{ type: number }> {
      const isFolder = [...editor.files.keys()].some((file) => file.startsWith(`${uri}/`));
      if (!isFolder) textAt(uri);
      return { type: isFolder ? FileType.Directory : FileType.File };
    },
  },
  async findFiles(include: string, exclude: string, most: number): Promise<vscode.Uri[]> {
    const [wanted, left] = [globPattern(include), globPattern(exclude)];
    const found = [...editor.files.keys()].filter((uri) => wanted.test(uri) && !left.test(uri));
    return found.slice(0, most).map((uri) => Uri.parse(uri));
  },
  createFileSystemWatcher(glob: string) {
    const { watchers } = editor;
    const pattern = globPattern(glob);
    const watcher = {
      pattern,
      changed: new EventEmitter<vscode.Uri>(),
      created: new EventEmitter<vscode.Uri>(),
      deleted: new EventEmitter<vscode.Uri>(),
    };
    watchers.add(watcher);
    return {
      onDidChange: watcher.changed.event,
      onDidCreate: watcher.created.event,
      onDidDelete: watcher.deleted.event,
      dispose: () => watchers.delete(watcher),
    };
  },
  registerTextDocumentContentProvider: (scheme: string, provider: unknown) =>
    register(`documents ${scheme}`, provider),
  async openTextDocument(uri: vscode.Uri) {
    const open = editor.documents.find((document) => document.uri.toString() === uri.toString());
    return open ?? editor.open(uri.toString());
  },
  /** The language client hands over what the server sent as it is. */
  async applyEdit(edit: LspEdit, ...metadata: readonly unknown[]): Promise<boolean> {
    editor.applied.push([edit, ...metadata]);
    if (!editor.appliesEdits) return false;
    if (edit instanceof WorkspaceEdit) return applyTold(edit);
    const texts = Object.entries(edit.changes ?? {});
    for (const { kind, uri, textDocument, edits } of edit.documentChanges ?? []) {
      if (kind === "create" && uri !== undefined) editor.files.set(uri, "");
      if (textDocument !== undefined) texts.push([textDocument.uri, edits ?? []]);
    }
    for (const [uri, edits] of texts) editor.files.set(uri, edited(editor.files.get(uri) ?? "", edits));
    return true;
  },
  onDidGrantWorkspaceTrust: (listener: () => unknown) => editor.events.trust.event(listener),
  onDidSaveTextDocument: (listener: (document: { languageId: string }) => unknown) =>
    editor.events.saved.event(listener),
  onDidChangeWorkspaceFolders: (listener: () => unknown) => editor.events.folders.event(listener),
  onDidChangeConfiguration: (
    listener: (change: { affectsConfiguration(name: string): boolean }) => unknown,
  ) => editor.events.settings.event(listener),
};

export const languages = {
  createDiagnosticCollection: (name: string) => {
    const byUri = new Map<string, readonly vscode.Diagnostic[]>();
    editor.diagnostics.add(byUri);
    return {
      name,
      get: (uri: vscode.Uri) => byUri.get(uri.toString()),
      set: (uri: vscode.Uri, found: readonly vscode.Diagnostic[]) => byUri.set(uri.toString(), found),
      dispose: () => editor.diagnostics.delete(byUri),
    };
  },
  createLanguageStatusItem: (id: string, selector: unknown) => {
    const item = { id, selector, dispose: () => registration.dispose() };
    const registration = register(`status ${id}`, item);
    return item;
  },
  registerCodeLensProvider: (selector: unknown, provider: unknown) =>
    register("lenses", { selector, provider }),
  registerCompletionItemProvider: (selector: unknown, provider: unknown, ...characters: readonly string[]) =>
    register("completion", { selector, provider, characters }),
};

export const tasks = {
  registerTaskProvider: (type: string, provider: unknown) => register(`tasks ${type}`, provider),
  get taskExecutions() {
    return editor.running.map((task) => editor.executionOf(task));
  },
  async executeTask(task: vscode.Task): Promise<void> {
    editor.started.push(task);
  },
  onDidStartTask: editorEvent("taskStarted"),
  onDidStartTaskProcess: editorEvent("processStarted"),
  onDidEndTaskProcess: editorEvent("taskEnded"),
  onDidEndTask: editorEvent("taskGone"),
};

export const extensions = {
  getExtension: (id: string) => (editor.extensions.has(id) ? { id } : undefined),
  onDidChange: (listener: () => unknown) => editor.events.extensions.event(listener),
};

export const env = {
  clipboard: {
    async writeText(text: string): Promise<void> {
      editor.clipboard = text;
    },
  },
};
