/**
 * A snapshot that remembers what it was asked and what it answered, so that whatever was computed from it can be
 * kept for as long as another state of the workspace would answer the same.
 *
 *   const tracked = new TrackedSnapshot(before);
 *   const clans = evaluate(tracked);      // reads /clan/flake.nix, lists /clan/machines
 *   tracked.moveTo(after)                 // true: an edit of /notes.md concerns neither
 *
 * An answer "not there" counts like any other: the file may appear.
 */
import type { FileType } from "../nix/host.ts";
import type { Source } from "../syntax/ast.ts";
import type { Repository } from "./repository.ts";
import type { Snapshot } from "./snapshot.ts";

type Answer = string | boolean | Source | Repository | ReadonlyMap<string, FileType> | undefined;

/** Asks a snapshot again what was asked before. */
interface Question {
  readonly ask: (snapshot: Snapshot) => Answer;
  readonly answer: Answer;
}

/** A view of the snapshot that was asked for in turn. */
interface View {
  readonly derive: (snapshot: Snapshot) => Snapshot;
  readonly tracked: TrackedSnapshot;
}

export class TrackedSnapshot implements Snapshot {
  private readonly questions = new Map<string, Question>();
  private readonly views: View[] = [];

  constructor(
    private current: Snapshot,
    /** The file whose text this view itself sets: what it says does not hang on the workspace. */
    private readonly replaced?: string,
  ) {}

  /**
   * Whether `snapshot` gives all answers that were given so far. If so, further questions go to it; if not,
   * nothing changes.
   */
  moveTo(snapshot: Snapshot): boolean {
    if (snapshot === this.current) return true;
    if (!this.holdsIn(snapshot)) return false;
    this.ask(snapshot);
    return true;
  }

  private holdsIn(snapshot: Snapshot): boolean {
    for (const { ask, answer } of this.questions.values()) if (!isSame(ask(snapshot), answer)) return false;
    return this.views.every(({ derive, tracked }) => tracked.holdsIn(derive(snapshot)));
  }

  /** From now on. */
  private ask(snapshot: Snapshot): void {
    this.current = snapshot;
    for (const { derive, tracked } of this.views) tracked.ask(derive(snapshot));
  }

  /** The state that is asked now, for questions that are not to be remembered here. */
  get state(): Snapshot {
    return this.current;
  }

  get revision(): number {
    return this.current.revision;
  }

  get roots(): readonly string[] {
    this.remember("roots", ({ roots }) => roots.join("\n"));
    return this.current.roots;
  }

  with(path: string, text: string): Snapshot {
    return this.view((snapshot) => snapshot.with(path, text), path);
  }

  including(directories: readonly string[]): Snapshot {
    return this.view((snapshot) => snapshot.including(directories));
  }

  readFile(path: string): string | undefined {
    return this.remember(`text ${path}`, (snapshot) => snapshot.readFile(path), path);
  }

  readDir(path: string): ReadonlyMap<string, FileType> | undefined {
    return this.remember(`list ${path}`, (snapshot) => snapshot.readDir(path));
  }

  fileType(path: string): FileType | undefined {
    return this.remember(`type ${path}`, (snapshot) => snapshot.fileType(path));
  }

  isExecutable(path: string): boolean | undefined {
    return this.remember(`mode ${path}`, (snapshot) => snapshot.isExecutable?.(path));
  }

  isDirectory(path: string): boolean {
    return this.remember(`folder ${path}`, (snapshot) => snapshot.isDirectory(path));
  }

  repository(folder: string): Repository | undefined {
    return this.remember(`git ${folder}`, (snapshot) => snapshot.repository(folder));
  }

  hasByteOrderMark(path: string): boolean {
    return this.remember(`mark ${path}`, (snapshot) => snapshot.hasByteOrderMark(path));
  }

  mayRead(path: string): boolean {
    return this.remember(`may ${path}`, (snapshot) => snapshot.mayRead(path));
  }

  /** The same tree, not only the same text: places are looked up by node. */
  source(path: string): Source | undefined {
    return this.remember(`tree ${path}`, (snapshot) => snapshot.source(path), path);
  }

  private remember<A extends Answer>(key: string, ask: (snapshot: Snapshot) => A, content?: string): A {
    const answer = ask(this.current);
    const isFixed = content !== undefined && content === this.replaced;
    if (!isFixed && !this.questions.has(key)) this.questions.set(key, { ask, answer });
    return answer;
  }

  private view(derive: View["derive"], replaced?: string): Snapshot {
    const tracked = new TrackedSnapshot(derive(this.current), replaced);
    this.views.push({ derive, tracked });
    return tracked;
  }
}

function isSame(a: Answer, b: Answer): boolean {
  if (!(a instanceof Map) || !(b instanceof Map)) return a === b;
  return a.size === b.size && [...a].every(([name, type]) => b.get(name) === type);
}
