/**
 * An editor in memory: what a test puts into it, and what the extension did in it. `vscode.ts` is made of it.
 *
 *   editor.files.set("file:///clan/clan.nix", "{ }");
 *   editor.answers.push("Delete");               // what the person chooses, dialogue by dialogue
 *   await editor.run("clan.deleteMachine");      // and then editor.dialogues, editor.started, …
 */

import { beforeEach } from "vitest";
import type * as vscode from "vscode";
import { TextDocument as LspDocument, type TextEdit } from "vscode-languageserver-textdocument";
import { EventEmitter, Position, type Range, Uri } from "./classes.ts";

/** A message, a list or a box that the person was shown. */
export interface Dialogue {
  readonly kind: "information" | "warning" | "error" | "list" | "box";
  /** What a message says; the title of a list or box. */
  readonly text: string;
  /** Labels of buttons or rows, without separators. */
  readonly choices: readonly string[];
  /** All that was handed over. */
  readonly options: Readonly<Record<string, unknown>>;
}

/** Where a setting has which value. */
export interface SettingValues {
  readonly defaultValue?: unknown;
  readonly globalValue?: unknown;
  readonly workspaceValue?: unknown;
  readonly workspaceFolderValue?: unknown;
}

interface Watcher {
  readonly pattern: RegExp;
  readonly changed: EventEmitter<vscode.Uri>;
  readonly created: EventEmitter<vscode.Uri>;
  readonly deleted: EventEmitter<vscode.Uri>;
}

class Editor {
  isTrusted = true;
  folders: readonly string[] = ["file:///clan"];
  /** By URI. */
  readonly files = new Map<string, string>();
  /** Those that are open; one that is changed and not saved differs from its file. */
  readonly documents: OpenDocument[] = [];
  active: OpenDocument | undefined;
  /** By "clan.nixEval". */
  readonly settings = new Map<string, SettingValues>();
  readonly extensions = new Set<string>();
  readonly commands = new Map<string, (...parameters: readonly unknown[]) => unknown>();
  /** Commands of VS Code itself: the id and its arguments. */
  readonly executed: (readonly unknown[])[] = [];
  /** What commands of VS Code itself answer, by id. */
  readonly results = new Map<string, unknown>();
  /** Of messages and lists a label, of boxes a text; undefined, or none left: the person leaves. */
  readonly answers: (string | undefined)[] = [];
  readonly dialogues: Dialogue[] = [];
  /** What was said against a text that was typed. */
  readonly problems: string[] = [];
  readonly started: vscode.Task[] = [];
  /** Tasks that have not ended. */
  readonly running: vscode.Task[] = [];
  readonly #executions = new WeakMap<vscode.Task, vscode.TaskExecution>();
  readonly terminals: { readonly processId: Promise<number> }[] = [];
  readonly views = new Map<
    string,
    {
      message: string;
      description: string;
      badge: vscode.ViewBadge | undefined;
      visible: boolean;
      selection: readonly unknown[];
    }
  >();
  /** By id; of those that are shown, the text. */
  readonly statusItems = new Map<string, string>();
  readonly shown: (readonly [uri: string, at: Range | undefined])[] = [];
  readonly applied: (readonly unknown[])[] = [];
  /** Whether edits of the workspace are made; VS Code may refuse one. */
  appliesEdits = true;
  /** Whether files can be written. */
  savesFiles = true;
  clipboard = "";
  readonly statusMessages: string[] = [];
  readonly logged: string[] = [];
  /** What the extension itself put into Problems, by collection. */
  readonly diagnostics = new Set<ReadonlyMap<string, readonly vscode.Diagnostic[]>>();
  readonly watchers = new Set<Watcher>();
  /** What was registered, by a name of its own: "tree clan.machines", "tasks clan". */
  readonly registered = new Map<string, unknown>();
  cancelsProgress = false;
  readonly events = {
    trust: new EventEmitter<void>(),
    saved: new EventEmitter<{ languageId: string }>(),
    folders: new EventEmitter<void>(),
    settings: new EventEmitter<{ affectsConfiguration(section: string): boolean }>(),
    extensions: new EventEmitter<void>(),
    taskStarted: new EventEmitter<{ execution: vscode.TaskExecution }>(),
    processStarted: new EventEmitter<{ execution: vscode.TaskExecution; processId: number }>(),
    terminalRuns: new EventEmitter<{
      terminal: { processId: Promise<number> };
      execution: { read(): AsyncIterable<string> };
    }>(),
    cursor: new EventEmitter<unknown>(),
    activeEditor: new EventEmitter<unknown>(),
    terminalClosed: new EventEmitter<unknown>(),
    taskGone: new EventEmitter<{ execution: vscode.TaskExecution }>(),
    taskEnded: new EventEmitter<{ execution: vscode.TaskExecution; exitCode: number | undefined }>(),
  };

  /** As somebody who chose it in the palette. */
  run(command: string, ...parameters: readonly unknown[]): Promise<unknown> {
    const registered = this.commands.get(command);
    if (registered === undefined) return Promise.reject(new Error(`command '${command}' not found`));
    return Promise.resolve(registered(...parameters));
  }

  /** The one of the task: it is the same each time. */
  executionOf(task: vscode.Task): vscode.TaskExecution {
    const { running } = this;
    const terminate = () => void running.splice(running.indexOf(task), 1);
    const execution = this.#executions.get(task) ?? { task, terminate };
    this.#executions.set(task, execution);
    return execution;
  }

  /** What `registered` is under the name. Throws where it is nothing. */
  registration<T>(name: string): T {
    if (!this.registered.has(name)) throw new Error(`nobody registered ${name}`);
    return this.registered.get(name) as T;
  }

  /** What the person chooses or types, after it was noted. */
  ask(dialogue: Dialogue): string | undefined {
    this.dialogues.push(dialogue);
    const answer = this.answers.shift();
    if (answer !== undefined && dialogue.kind !== "box" && !dialogue.choices.includes(answer))
      throw new Error(`“${dialogue.text}” offers ${dialogue.choices.join(", ")}, not ${answer}`);
    return answer;
  }

  /** What was said, of messages alone. */
  get messages(): string[] {
    return this.dialogues
      .filter(({ kind }) => kind !== "list" && kind !== "box")
      .map(({ kind, text }) => `${kind}: ${text}`);
  }

  set(setting: string, values: SettingValues): void {
    this.settings.set(setting, values);
    this.events.settings.fire({
      affectsConfiguration: (section) => setting === section || setting.startsWith(`${section}.`),
    });
  }

  fileChanged(how: "changed" | "created" | "deleted", uri: string): void {
    for (const watcher of this.watchers) if (watcher.pattern.test(uri)) watcher[how].fire(Uri.parse(uri));
  }

  trust(): void {
    this.isTrusted = true;
    this.events.trust.fire();
  }

  open(uri: string, text = this.files.get(uri)): OpenDocument {
    if (text === undefined) throw new Error(`there is no file ${uri}`);
    const document = new OpenDocument(uri, text);
    this.documents.push(document);
    return document;
  }
}

/** A `TextDocument` of VS Code. */
class OpenDocument {
  readonly uri: vscode.Uri;
  readonly languageId: string;
  isSaved = false;

  constructor(
    uri: string,
    readonly text: string,
  ) {
    this.uri = Uri.parse(uri);
    this.languageId = uri.endsWith(".nix") ? "nix" : "plaintext";
  }

  get isDirty(): boolean {
    return editor.files.get(this.uri.toString()) !== this.text;
  }

  get #lines(): LspDocument {
    return LspDocument.create(this.uri.toString(), this.languageId, 1, this.text);
  }

  getText(): string {
    return this.text;
  }

  offsetAt(position: Position): number {
    return this.#lines.offsetAt(position);
  }

  positionAt(offset: number): Position {
    const { line, character } = this.#lines.positionAt(offset);
    return new Position(line, character);
  }

  validatePosition(position: Position): Position {
    return this.positionAt(this.offsetAt(position));
  }

  async save(): Promise<boolean> {
    if (!editor.savesFiles) return false;
    this.isSaved = true;
    editor.files.set(this.uri.toString(), this.text);
    return true;
  }
}

/** `text` with the edits of the Language Server Protocol. */
export function edited(text: string, edits: readonly TextEdit[]): string {
  return LspDocument.applyEdits(LspDocument.create("file:///", "nix", 1, text), [...edits]);
}

/** A glob with `**`, `*` and `{a,b}`, for whole paths. */
export function globPattern(glob: string): RegExp {
  const source = glob.replaceAll(/\*\*\/|\*\*|\*|\{|\}|,|[.+^$()|[\]\\]/g, (found) => {
    const pattern = { "**/": "(?:.*/)?", "**": ".*", "*": "[^/]*", "{": "(?:", "}": ")", ",": "|" }[found];
    return pattern ?? `\\${found}`;
  });
  return new RegExp(`^${source}$`);
}

/** The editor of the test that runs: each has a new one. */
export let editor = new Editor();

beforeEach(() => {
  editor = new Editor();
});
