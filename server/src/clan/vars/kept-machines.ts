/**
 * The configurations of a clan's machines, evaluated when somebody asks, and taken over from the state before where
 * nothing they were read from has changed.
 *
 *   const pool = new MachinePool();
 *   const machines = new KeptMachines(pool, "0");  // for the first state of a clan
 *   machines.get(web, source, foreign)             // evaluates web
 *   machines.release([]);                          // somebody edits db
 *   new KeptMachines(pool, "0").get(web, source2, …)    // the same
 */
import type { Reader } from "../../project/tracked-snapshot.ts";
import type { Machine } from "../model.ts";
import type { ForeignModules } from "./foreign-modules.ts";
import { MachineConfiguration } from "./machine-configuration.ts";
import { MachineEvaluation } from "./machine-evaluation.ts";
import { ReferenceFinder } from "./references.ts";
import type { VarsSource } from "./source.ts";

/** Configurations that belong to no state at the moment. */
export class MachinePool {
  readonly finder = new ReferenceFinder();
  private readonly free = new Map<string, MachineConfiguration>();

  /** The configuration is the caller's from now on. */
  take(name: string): MachineConfiguration | undefined {
    const found = this.free.get(name);
    this.free.delete(name);
    return found;
  }

  put(name: string, configuration: MachineConfiguration): void {
    configuration.evaluation.release();
    this.free.set(name, configuration);
  }

  /** The others are of machines that are no more. */
  keep(isThere: (name: string) => boolean): void {
    for (const name of this.free.keys()) if (!isThere(name)) this.free.delete(name);
  }
}

/** Those of one state of a clan. */
export class KeptMachines {
  private readonly known: Map<string, MachineConfiguration>;

  /** `clan`: which one it is of those that share the pool. */
  constructor(
    private readonly pool: MachinePool,
    private readonly clan: string,
    known: Iterable<readonly [string, MachineConfiguration]> = [],
  ) {
    this.known = new Map(known);
  }

  get(machine: Machine, source: VarsSource, foreign: ForeignModules): MachineConfiguration {
    const known = this.known.get(machine.name) ?? this.takeOver(machine, source, foreign);
    const found =
      known ?? new MachineConfiguration(new MachineEvaluation(machine, source, foreign), this.pool.finder);
    this.known.set(machine.name, found);
    return found;
  }

  /** How many were evaluated. */
  get size(): number {
    return this.known.size;
  }

  /** Every file and directory they have read so far. */
  *read(): Iterable<string> {
    for (const { evaluation } of this.known.values()) yield* evaluation.read;
  }

  /**
   * Those of another state in which the clan is the same: all that hold there, which belong to both from now on.
   * Undefined if the clan is not the same, since it has read files for one of the others.
   */
  sharedWith(reader: Reader): KeptMachines | undefined {
    const kept = new Map<string, MachineConfiguration>();
    for (const [name, configuration] of this.known) {
      const { evaluation } = configuration;
      if (evaluation.holdsIn(reader.snapshot)) kept.set(name, configuration);
      else if (!evaluation.leavesNoTrace) return undefined;
    }
    for (const { evaluation } of kept.values()) evaluation.share(reader);
    return new KeptMachines(this.pool, this.clan, kept);
  }

  /** The state is over; those of them that are in `others` go on. */
  release(others: readonly KeptMachines[]): void {
    for (const [name, configuration] of this.known)
      if (others.every(({ known }) => known.get(name) !== configuration))
        this.pool.put(this.inPool(name), configuration);
  }

  /** These are the machines there are. */
  keep(machines: Iterable<string>): void {
    const names = new Set([...machines].map((name) => this.inPool(name)));
    const own = this.inPool("");
    this.pool.keep((name) => !name.startsWith(own) || names.has(name));
  }

  private inPool(machine: string): string {
    return `${this.clan} ${machine}`;
  }

  private takeOver(
    machine: Machine,
    source: VarsSource,
    foreign: ForeignModules,
  ): MachineConfiguration | undefined {
    const evaluation = this.pool.take(this.inPool(machine.name))?.evaluation;
    if (evaluation?.moveTo(machine, source, foreign) !== true) return undefined;
    // Places that were read from it may have moved: they are in other files, too.
    return new MachineConfiguration(evaluation, this.pool.finder);
  }
}
