/**
 * The clans of snapshots, evaluated no more often than needed: states of the workspace share an evaluation as long as
 * everything it read is the same in all of them.
 *
 *   const cache = new ClanCache();
 *   cache.clansOf(before)   ->   evaluates the clans of /infra and /lab
 *   cache.clansOf(after)    ->   a file of /lab was edited: evaluates that of /lab only
 *
 * The clans of a state are its own for good, whatever they share. Where a file that is read late differs between two
 * states, they share no more; `consistently` asks again whoever may have seen some of both.
 */
import { createSharedNodes } from "../modules/evaluate.ts";
import type { SharedNodes } from "../modules/shared-nodes.ts";
import { CodeCache } from "../nix/evaluator.ts";
import type { Snapshot } from "../project/snapshot.ts";
import { type Reader, TrackedSnapshot } from "../project/tracked-snapshot.ts";
import type { BuiltClan } from "./build-clan.ts";
import type { EntryOptions } from "./entry.ts";
import { collectProjects, evaluateProject } from "./evaluate.ts";
import type { Clan } from "./model.ts";
import { MachinePool } from "./vars/kept-machines.ts";

/** Where services of inputs come from, besides the inputs that are at hand anyway. */
export type ServiceSources = Pick<EntryOptions, "overrides" | "nixServices">;

/** What the clans of one folder are in all states that share it, but for their machines. */
interface Evaluation {
  readonly read: TrackedSnapshot;
  /** What the next evaluation can take over. */
  readonly shared: SharedNodes;
  readonly pool: MachinePool;
  /** The states, the one used last first. */
  states: readonly State[];
}

/** The clans of one folder in one state. */
interface State {
  readonly snapshot: Snapshot;
  readonly built: readonly BuiltClan[];
}

/** Of each folder, evaluations; and of each of them states: that which a person sees, and one that is tried. */
const KEPT = 2;
/** After so many attempts nothing is shared between states that are looked at together. */
const ATTEMPTS = 3;

export class ClanCache {
  private readonly codes = new CodeCache();
  /** By folder, the one used last first. */
  private readonly evaluations = new Map<string, readonly Evaluation[]>();
  private options: ServiceSources = {};
  /** How often a state was found to be different from one it shared an evaluation with. */
  private forks = 0;
  private isShared = true;

  /**
   * `stop` is asked now and then whether an evaluation must end here, and leave open what it has not come to. A defect
   * of ours in one folder leaves it without clans, and `onDefect` is told.
   */
  constructor(
    private readonly stop: () => boolean = () => false,
    private readonly onDefect: (folder: string, thrown: unknown) => void = rethrow,
  ) {}

  /** From now on; what was evaluated otherwise is forgotten. */
  configure(options: ServiceSources): void {
    this.options = options;
    this.evaluations.clear();
  }

  /**
   * In order of their folders; the same objects for the same snapshot. Whatever is older than the newest one that was
   * asked for is over, and must not be looked at any more. Never throws.
   */
  readonly clansOf = (snapshot: Snapshot): readonly Clan[] => {
    const folders = collectProjects(snapshot);
    for (const known of this.evaluations.keys()) if (!folders.includes(known)) this.evaluations.delete(known);
    return folders.flatMap((folder) => this.clansIn(snapshot, folder));
  };

  /** The clans of one of the folders. */
  clansIn(snapshot: Snapshot, folder: string): readonly Clan[] {
    snapshot.settle?.();
    return this.stateOf(snapshot, folder).built.map(({ clan }) => clan);
  }

  /** Asked later: whether no state has been found since to be different from one it shared an evaluation with. */
  watch(): () => boolean {
    const { forks } = this;
    return () => this.forks === forks;
  }

  /** What `work`, which changes nothing, makes of the clans of several states: none of it is that of another state. */
  consistently<T>(work: () => T): T {
    try {
      for (let attempt = 1; ; attempt++) {
        const isConsistent = this.watch();
        this.isShared = attempt <= ATTEMPTS;
        const result = work();
        if (isConsistent()) return result;
      }
    } finally {
      this.isShared = true;
    }
  }

  private stateOf(snapshot: Snapshot, folder: string): State {
    const known = this.evaluations.get(folder) ?? [];
    for (const { states } of known) for (const state of states) if (state.snapshot === snapshot) return state;
    const reader = this.readerOf(snapshot, folder);
    for (const evaluation of known) {
      const state = this.mayShare(evaluation, snapshot) ? sharedState(evaluation, reader) : undefined;
      if (state !== undefined) return this.use(folder, evaluation, state);
    }
    return this.evaluate(reader, folder, known[0]);
  }

  private mayShare({ states }: Evaluation, { revision }: Snapshot): boolean {
    return this.isShared || states.every(({ snapshot }) => snapshot.revision !== revision);
  }

  /** A state that differs is forgotten: whoever asks for its clans again gets others. */
  private readerOf(snapshot: Snapshot, folder: string): Reader {
    const differs = () => {
      this.forks++;
      for (const evaluation of this.evaluations.get(folder) ?? [])
        evaluation.states = evaluation.states.filter((state) => state.snapshot !== snapshot);
    };
    return { snapshot, differs };
  }

  private evaluate(reader: Reader, folder: string, before: Evaluation | undefined): State {
    const read = new TrackedSnapshot(reader);
    const shared = before?.shared.next() ?? createSharedNodes();
    const pool = before?.pool ?? new MachinePool();
    const options = { ...this.options, codes: this.codes, shared, budget: { stop: this.stop } };
    let built: readonly BuiltClan[] = [];
    try {
      built = evaluateProject(reader, folder, options, pool, read);
    } catch (thrown) {
      this.onDefect(folder, thrown);
    }
    return this.use(folder, { read, shared, pool, states: [] }, { snapshot: reader.snapshot, built });
  }

  /** It is a state of the evaluation now; those of other revisions are over. */
  private use(folder: string, evaluation: Evaluation, state: State): State {
    const { revision } = state.snapshot;
    const known = this.evaluations.get(folder) ?? [];
    const isOver = ({ snapshot }: State): boolean => snapshot.revision !== revision;
    const over = known.flatMap(({ states }) => states.filter(isOver));
    for (const one of known) one.states = one.states.filter((each) => !isOver(each));
    evaluation.states = [state, ...seenFirst(evaluation.states)].slice(0, KEPT);
    const others = known.filter((one) => one !== evaluation && one.states.length > 0);
    others.sort((a, b) => Number(isSeen(b)) - Number(isSeen(a)));
    const kept = [evaluation, ...others].slice(0, KEPT);
    const inUse = kept.flatMap(({ states }) => states.flatMap(machinesOf));
    for (const machines of over.flatMap(machinesOf)) machines.release(inUse);
    this.evaluations.set(folder, kept);
    return state;
  }
}

function rethrow(_: string, thrown: unknown): never {
  throw thrown;
}

/** Undefined where the state must be evaluated anew. */
function sharedState({ read, states }: Evaluation, reader: Reader): State | undefined {
  const { snapshot } = reader;
  const [fullest] = [...states].sort((a, b) => machineCount([b]) - machineCount([a]));
  if (fullest === undefined || !read.holdsIn(snapshot)) return undefined;
  const built = fullest.built.flatMap((one) => one.sharedWith(reader) ?? []);
  if (built.length < fullest.built.length) return undefined;
  read.share(reader);
  return { snapshot, built };
}

function seenFirst(states: readonly State[]): readonly State[] {
  return [...states].sort((a, b) => Number(a.snapshot.isTried) - Number(b.snapshot.isTried));
}

/** It is that of the state a person sees. */
function isSeen({ states }: Evaluation): boolean {
  return states.some(({ snapshot }) => !snapshot.isTried);
}

/** So many are lost with it. */
function machineCount(states: readonly State[]): number {
  return states.flatMap(machinesOf).reduce((sum, machines) => sum + machines.size, 0);
}

function machinesOf({ built }: State) {
  return built.map(({ machines }) => machines);
}
