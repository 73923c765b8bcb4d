/** The errors of a run that failed, in Problems at the places they name, until the same task runs again. */
import {
  Diagnostic,
  type DiagnosticCollection,
  Disposable,
  languages,
  Range,
  type Task,
  type TextDocument,
  tasks,
  type Uri,
  workspace,
} from "vscode";
import type { PrintedPlace } from "../terminal-links.ts";
import { ownFileOfPlace, positionIn } from "../workspace-place.ts";
import type { PrintedError } from "./printed-errors.ts";

/** A place in a file of the workspace. */
export interface FoundPlace {
  readonly file: Uri;
  readonly place: PrintedPlace;
}

export class RunProblems implements Disposable {
  /** By what tells one task from another. */
  private readonly collections = new Map<string, DiagnosticCollection>();
  private readonly following = tasks.onDidStartTask(({ execution: { task } }) => this.clear(task));

  /** `name`: of the task, as the person knows it. Answers where the first error is, if a file of the workspace has it. */
  async show(
    task: Task,
    name: string,
    errors: readonly PrintedError[],
    clans: readonly Uri[],
  ): Promise<FoundPlace | undefined> {
    const found = await Promise.all(
      errors.map(async (error) => [error, await nearest(error, clans)] as const),
    );
    const collection = languages.createDiagnosticCollection(name);
    this.clear(task);
    this.collections.set(keyOf(task), collection);
    for (const [{ message }, at] of found) {
      if (at === undefined) continue;
      const problem = new Diagnostic(wordAt(await workspace.openTextDocument(at.file), at.place), message);
      problem.source = name;
      collection.set(at.file, [...(collection.get(at.file) ?? []), problem]);
    }
    return found[0]?.[1];
  }

  private clear(task: Task): void {
    this.collections.get(keyOf(task))?.dispose();
    this.collections.delete(keyOf(task));
  }

  dispose(): void {
    Disposable.from(this.following, ...this.collections.values()).dispose();
  }
}

function keyOf({ name, scope }: Task): string {
  return JSON.stringify([name, typeof scope === "object" ? scope.uri.toString() : scope]);
}

async function nearest({ places }: PrintedError, clans: readonly Uri[]): Promise<FoundPlace | undefined> {
  for (const place of places) {
    const file = await ownFileOfPlace(place, clans);
    if (file !== undefined) return { file, place };
  }
  return undefined;
}

/** From the place to the end of the word there. */
function wordAt(document: TextDocument, place: PrintedPlace): Range {
  const start = positionIn(document, place);
  const from = document.offsetAt(start);
  const [word = ""] = /^(?:[\w'-]+|[^\s\w]+)/.exec(document.getText().slice(from)) ?? [];
  return new Range(start, document.positionAt(from + word.length));
}
