/** The classes of `vscode` that the extension makes objects of, as far as `@types/vscode` says what they do. */
import type * as vscode from "vscode";
import { URI, Utils } from "vscode-uri";

/** `vscode-uri` is VS Code's own, with two functions kept apart. */
export const Uri = Object.assign(URI, { joinPath: Utils.joinPath });

export class Disposable {
  constructor(private readonly callOnDispose: () => unknown) {}

  static from(...parts: readonly { dispose(): unknown }[]): Disposable {
    return new Disposable(() => {
      for (const part of parts) part.dispose();
    });
  }

  dispose(): void {
    this.callOnDispose();
  }
}

export class EventEmitter<T> {
  #listeners: { readonly call: (event: T) => unknown }[] = [];

  readonly event = (listener: (event: T) => unknown): Disposable => {
    const entry = { call: listener };
    this.#listeners.push(entry);
    return new Disposable(() => {
      this.#listeners = this.#listeners.filter((one) => one !== entry);
    });
  };

  /** How many listen now. */
  get size(): number {
    return this.#listeners.length;
  }

  fire(event: T): void {
    for (const { call } of [...this.#listeners]) call(event);
  }

  dispose(): void {
    this.#listeners = [];
  }
}

export class Position {
  constructor(
    readonly line: number,
    readonly character: number,
  ) {
    if (line < 0 || character < 0) throw new Error("a position is not negative");
  }

  with(line: number = this.line, character: number = this.character): Position {
    return new Position(line, character);
  }
}

export class Range {
  readonly start: Position;
  readonly end: Position;

  constructor(start: Position | number, end: Position | number, line?: number, character?: number) {
    this.start = typeof start === "number" ? new Position(start, Number(end)) : start;
    this.end = typeof end === "number" ? new Position(Number(line), Number(character)) : end;
  }
}

export class CodeLens {
  constructor(
    readonly range: Range,
    readonly command?: vscode.Command,
  ) {}
}

export class Location {
  constructor(
    readonly uri: vscode.Uri,
    readonly range: Range,
  ) {}
}

export class Diagnostic {
  source: string | undefined;

  constructor(
    readonly range: Range,
    readonly message: string,
  ) {}
}

export class ThemeIcon {
  constructor(
    readonly id: string,
    readonly color?: ThemeColor,
  ) {}
}

export class ThemeColor {
  constructor(readonly id: string) {}
}

export class TreeItem {
  constructor(
    readonly label: string,
    readonly collapsibleState: number,
  ) {}
}

export class CompletionItem {
  constructor(
    readonly label: string,
    readonly kind: number,
  ) {}
}

export class ProcessExecution {
  constructor(
    readonly process: string,
    readonly args: readonly string[],
    readonly options: { readonly cwd?: string },
  ) {}
}

export class CustomExecution {
  constructor(readonly callback: () => Promise<vscode.Pseudoterminal>) {}
}

export class Task {
  presentationOptions: vscode.TaskPresentationOptions = {};

  constructor(
    readonly definition: vscode.TaskDefinition,
    readonly scope: vscode.WorkspaceFolder | number,
    readonly name: string,
    readonly source: string,
    readonly execution: ProcessExecution | CustomExecution,
    readonly problemMatchers: readonly string[],
  ) {}
}

export const TaskScope = { Global: 1, Workspace: 2 };
export const TreeItemCollapsibleState = { None: 0, Collapsed: 1, Expanded: 2 };
export const StatusBarAlignment = { Left: 1, Right: 2 };
export const QuickPickItemKind = { Separator: -1, Default: 0 };
export const ConfigurationTarget = { Global: 1, Workspace: 2, WorkspaceFolder: 3 };
export const ProgressLocation = { SourceControl: 1, Window: 10, Notification: 15 };
export const FileType = { Unknown: 0, File: 1, Directory: 2, SymbolicLink: 64 };
export const LogLevel = { Off: 0, Trace: 1, Debug: 2, Info: 3 };
export const LanguageStatusSeverity = { Information: 0, Warning: 1, Error: 2 };
export const CompletionItemKind = { Struct: 21, Folder: 18, Variable: 5 };
export const ViewColumn = { Active: -1, Beside: -2 };

/** What it was told, in order; the editor in memory makes it. */
export class WorkspaceEdit {
  readonly told: (
    | { readonly kind: "create"; readonly uri: string; readonly text: string }
    | {
        readonly kind: "replace";
        readonly uri: string;
        readonly range: Range;
        readonly text: string;
        readonly metadata?: object;
      }
  )[] = [];

  createFile(uri: { toString(): string }, { contents }: { readonly contents: Uint8Array }): void {
    this.told.push({ kind: "create", uri: uri.toString(), text: new TextDecoder().decode(contents) });
  }

  replace(uri: { toString(): string }, range: Range, text: string, metadata?: object): void {
    const more = metadata === undefined ? {} : { metadata };
    this.told.push({ kind: "replace", uri: uri.toString(), range, text, ...more });
  }
}
