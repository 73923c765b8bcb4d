/**
 * The clans of snapshots, evaluated no more often than needed: a project's clans are evaluated again only when
 * something they read would read differently.
 *
 *   const cache = new ClanCache();
 *   cache.clansOf(before)   ->   evaluates the clans of /infra and /lab
 *   cache.clansOf(after)    ->   a file of /lab was edited: evaluates that of /lab only
 */
import { createSharedNodes } from "../modules/evaluate.ts";
import type { SharedNodes } from "../modules/shared-nodes.ts";
import { CodeCache } from "../nix/evaluator.ts";
import type { Snapshot } from "../project/snapshot.ts";
import { TrackedSnapshot } from "../project/tracked-snapshot.ts";
import type { BuiltClan } from "./build-clan.ts";
import type { EntryOptions } from "./entry.ts";
import { collectProjects, evaluateProject } from "./evaluate.ts";
import type { Clan } from "./model.ts";
import { MachinePool } from "./vars/kept-machines.ts";

/** Where services of inputs come from, besides the inputs that are at hand anyway. */
export type ServiceSources = Pick<EntryOptions, "overrides" | "nixServices">;

/** The clans of one folder, and all they were read from. */
interface Evaluation {
  readonly read: TrackedSnapshot;
  /** What the next evaluation can take over. */
  readonly shared: SharedNodes;
  readonly pool: MachinePool;
  readonly built: readonly BuiltClan[];
  readonly clans: readonly Clan[];
  /** Of the last snapshot it held for. */
  revision: number;
}

/** Of each folder: the state a person sees, and one that completion tries. */
const KEPT = 2;

export class ClanCache {
  private readonly codes = new CodeCache();
  /** By folder, the one used last first. */
  private readonly evaluations = new Map<string, readonly Evaluation[]>();

  private options: ServiceSources = {};

  /** `stop` is asked now and then whether an evaluation must end here, and leave open what it has not come to. */
  constructor(private readonly stop: () => boolean = () => false) {}

  /** From now on; what was evaluated otherwise is forgotten. */
  configure(options: ServiceSources): void {
    this.options = options;
    this.evaluations.clear();
  }

  /** In order of their folders; the same objects as long as nothing they were read from has changed. Never throws. */
  readonly clansOf = (snapshot: Snapshot): readonly Clan[] => {
    const folders = collectProjects(snapshot);
    for (const known of this.evaluations.keys()) if (!folders.includes(known)) this.evaluations.delete(known);
    return folders.flatMap((folder) => this.clansIn(snapshot, folder));
  };

  /** The clans of one of the folders. */
  clansIn(snapshot: Snapshot, folder: string): readonly Clan[] {
    return this.evaluationOf(snapshot, folder).clans;
  }

  private evaluationOf(snapshot: Snapshot, folder: string): Evaluation {
    const known = this.evaluations.get(folder) ?? [];
    const sameClans = known.filter(({ read }) => read.moveTo(snapshot));
    const same = sameClans.find(({ built }) => built.every(({ machines }) => machines.hold()));
    const evaluation = same ?? renewed(sameClans[0]) ?? this.evaluate(snapshot, folder, known[0]);
    evaluation.revision = snapshot.revision;
    // What was tried has the revision it was tried on; whatever is older is over.
    const isOver = (one: Evaluation): boolean => one !== evaluation && one.revision !== snapshot.revision;
    const others = known.filter((one) => one !== evaluation && !isOver(one));
    const kept = [evaluation, ...others.sort((a, b) => machineCount(b) - machineCount(a))].slice(0, KEPT);
    const inUse = kept.flatMap(({ built }) => built.map(({ machines }) => machines));
    for (const { built } of known.filter(isOver)) for (const { machines } of built) machines.release(inUse);
    this.evaluations.set(folder, kept);
    return evaluation;
  }

  private evaluate(snapshot: Snapshot, folder: string, before: Evaluation | undefined): Evaluation {
    const read = new TrackedSnapshot(snapshot);
    const shared = before?.shared.next() ?? createSharedNodes();
    const pool = before?.pool ?? new MachinePool();
    const options = { ...this.options, codes: this.codes, shared, budget: { stop: this.stop } };
    const built = evaluateProject(read, folder, options, pool);
    return { read, shared, pool, built, clans: clansOf(built), revision: snapshot.revision };
  }
}

/** Where only files of machines read otherwise. */
function renewed(evaluation: Evaluation | undefined): Evaluation | undefined {
  if (evaluation === undefined) return undefined;
  const built = evaluation.built.flatMap((one) => one.renewed() ?? []);
  if (built.length < evaluation.built.length) return undefined;
  return { ...evaluation, built, clans: clansOf(built) };
}

/** So many are lost with it. */
function machineCount({ built }: Evaluation): number {
  return built.reduce((sum, { machines }) => sum + machines.size, 0);
}

function clansOf(built: readonly BuiltClan[]): readonly Clan[] {
  return built.map(({ clan }) => clan);
}
