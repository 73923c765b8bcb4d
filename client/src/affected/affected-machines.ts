/**
 * The machines that what has changed concerns, for the sidebar and the lens above a changed file: compared when somebody looks,
 * and again when a file was saved, a commit made, or a command of clan has ended.
 */
import { Disposable, EventEmitter, type Memento, Uri, workspace } from "vscode";
import type { Programs } from "../platform.ts";
import type { Runs } from "../runs/runs.ts";
import { type Comparison, compareWith } from "./comparison.ts";

export class AffectedMachines implements Disposable {
  private readonly changed = new EventEmitter<void>();
  private readonly known = new Map<string, Promise<Comparison>>();
  /** Ends what is compared of a state that is no more. */
  private outdated = new AbortController();
  private readonly following: Disposable;
  readonly onDidChange = this.changed.event;

  /** `state` keeps the revisions that the person chose. */
  constructor(
    private readonly programs: Programs,
    private readonly state: Memento,
    runs: Pick<Runs, "onDidEnd">,
  ) {
    // Git adds to it with each commit, and with each change of the branch.
    const commits = workspace.createFileSystemWatcher("**/.git/logs/HEAD");
    const forget = () => this.forget();
    this.following = Disposable.from(
      commits,
      commits.onDidChange(forget),
      commits.onDidCreate(forget),
      workspace.onDidSaveTextDocument(forget),
      runs.onDidEnd(forget),
    );
  }

  /** What is compared with. `root`: URI of the clan's folder. */
  revisionOf(root: string): string {
    return this.state.get<string>(keyOf(root)) ?? "HEAD";
  }

  async choose(root: string, revision: string): Promise<void> {
    await this.state.update(keyOf(root), revision);
    this.forget();
  }

  of(root: string): Promise<Comparison> {
    const known =
      this.known.get(root) ??
      compareWith(this.programs, this.revisionOf(root), Uri.parse(root).fsPath, this.outdated.signal);
    this.known.set(root, known);
    return known;
  }

  forget(): void {
    this.outdated.abort();
    this.outdated = new AbortController();
    this.known.clear();
    this.changed.fire();
  }

  dispose(): void {
    this.outdated.abort();
    Disposable.from(this.following, this.changed).dispose();
  }
}

function keyOf(root: string): string {
  return `clan.affectedSince ${root}`;
}
