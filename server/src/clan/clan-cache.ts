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
import type { EntryOptions } from "./entry.ts";
import { collectProjects, evaluateProject } from "./evaluate.ts";
import type { Clan } from "./model.ts";

/** Where services of inputs come from, besides the inputs that are at hand anyway. */
export type ServiceSources = Pick<EntryOptions, "overrides" | "nixServices">;

/** The clans of one folder, and all they were read from. */
interface Evaluation {
  readonly read: TrackedSnapshot;
  /** What the next evaluation can take over. */
  readonly shared: SharedNodes;
  readonly clans: readonly Clan[];
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
    const evaluation =
      known.find(({ read }) => read.moveTo(snapshot)) ?? this.evaluate(snapshot, folder, known[0]);
    // What was tried has the revision it was tried on; whatever is older is over.
    const others = known.filter(
      ({ read }) => read !== evaluation.read && read.revision === snapshot.revision,
    );
    this.evaluations.set(folder, [evaluation, ...others].slice(0, KEPT));
    return evaluation;
  }

  private evaluate(snapshot: Snapshot, folder: string, before: Evaluation | undefined): Evaluation {
    const read = new TrackedSnapshot(snapshot);
    const shared = before?.shared.next() ?? createSharedNodes();
    const options = { ...this.options, codes: this.codes, shared, budget: { stop: this.stop } };
    return { read, shared, clans: evaluateProject(read, folder, options) };
  }
}
