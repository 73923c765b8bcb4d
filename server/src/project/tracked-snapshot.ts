/**
 * A snapshot that remembers what it was asked and what it answered, so that whatever was computed from it can be
 * shared by all states of the workspace that would answer the same.
 *
 *   const tracked = new TrackedSnapshot(readerOf(before));
 *   const clans = evaluate(tracked);      // reads /clan/flake.nix, lists /clan/machines
 *   tracked.holdsIn(after)                // true: an edit of /notes.md concerns neither
 *   tracked.share(readerOf(after))
 *
 * An answer "not there" counts like any other: the file may appear. What is computed late asks further questions: the
 * states that share it are asked, too, and one that answers otherwise shares it no more.
 */
import type { FileType } from "../nix/host.ts";
import type { Source } from "../syntax/ast.ts";
import type { Repository } from "./repository.ts";
import type { Snapshot } from "./snapshot.ts";

/** A state that what is computed is for. */
export interface Reader {
  readonly snapshot: Snapshot;
  /** It would have been given another answer: whatever it took from what is shared may be wrong. */
  readonly differs: () => void;
}

/** One for whom everything is computed, and nothing shared. */
export function readerOf(snapshot: Snapshot): Reader {
  return { snapshot, differs: () => {} };
}

type Answer = string | boolean | Source | Repository | ReadonlyMap<string, FileType> | undefined;

/** Asks a snapshot again what was asked before. */
interface Question {
  readonly ask: (snapshot: Snapshot) => Answer;
  readonly answer: Answer;
}

/** All who read here. The first gives the answers; those of the others were the same so far. */
interface Readers {
  all: readonly Reader[];
}

/** What of a state is seen. */
type Derive = (state: Snapshot) => Snapshot;

class TrackedView implements Snapshot {
  private readonly questions = new Map<string, Question>();
  private readonly views: TrackedView[] = [];
  private seen: { readonly state: Snapshot; readonly view: Snapshot } | undefined;

  constructor(
    protected readonly readers: Readers,
    private readonly derive: Derive,
    /** The file whose text this view itself sets: what it says does not hang on the workspace. */
    private readonly replaced?: string,
  ) {}

  /** Whether the state gives all answers that were given so far. */
  holdsIn(state: Snapshot): boolean {
    const view = this.derive(state);
    for (const { ask, answer } of this.questions.values()) if (!isSame(ask(view), answer)) return false;
    return this.views.every((below) => below.holdsIn(state));
  }

  get revision(): number {
    return this.view.revision;
  }

  get isTried(): boolean {
    return this.view.isTried;
  }

  get roots(): readonly string[] {
    this.remember("roots", ({ roots }) => roots.join("\n"));
    return this.view.roots;
  }

  with(path: string, text: string): Snapshot {
    return this.below((snapshot) => snapshot.with(path, text), path);
  }

  including(directories: readonly string[]): Snapshot {
    return this.below((snapshot) => snapshot.including(directories));
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

  isHiddenFrom(path: string, flake: string, follow = false): boolean {
    return this.remember(`hidden ${follow} ${path} ${flake}`, (snapshot) =>
      snapshot.isHiddenFrom(path, flake, follow),
    );
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
    const answer = ask(this.view);
    const isFixed = content !== undefined && content === this.replaced;
    if (isFixed || this.questions.has(key)) return answer;
    this.questions.set(key, { ask, answer });
    const { all } = this.readers;
    const [first, ...others] = all;
    const different = others.filter(({ snapshot }) => !isSame(ask(this.derive(snapshot)), answer));
    if (different.length === 0) return answer;
    this.readers.all = all.filter((reader) => reader === first || !different.includes(reader));
    for (const { differs } of different) differs();
    return answer;
  }

  private get view(): Snapshot {
    const state = this.readers.all[0]?.snapshot;
    if (state === undefined) throw new Error("nobody reads here");
    if (this.seen?.state !== state) this.seen = { state, view: this.derive(state) };
    return this.seen.view;
  }

  private below(further: Derive, replaced?: string): Snapshot {
    const view = new TrackedView(this.readers, (state) => further(this.derive(state)), replaced);
    this.views.push(view);
    return view;
  }
}

export class TrackedSnapshot extends TrackedView {
  constructor(reader: Reader) {
    super({ all: [reader] }, (state) => state);
  }

  /**
   * From now on it is read for that state, too, in which it must hold. States of another revision are over: nobody
   * asks on their behalf any more. What a person sees comes first, whatever is tried.
   */
  share(reader: Reader): void {
    const { revision } = reader.snapshot;
    const others = this.readers.all.filter(
      ({ snapshot }) => snapshot !== reader.snapshot && snapshot.revision === revision,
    );
    this.readers.all = reader.snapshot.isTried ? [...others, reader] : [reader, ...others];
  }
}

function isSame(a: Answer, b: Answer): boolean {
  if (!(a instanceof Map) || !(b instanceof Map)) return a === b;
  return a.size === b.size && [...a].every(([name, type]) => b.get(name) === type);
}
