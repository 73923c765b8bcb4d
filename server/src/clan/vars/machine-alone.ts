/**
 * The configuration of a machine for whoever compares states of a clan: it is evaluated by itself, can be told to be the
 * same in another state without being evaluated there, and nobody keeps it.
 *
 *   const [old, now] = [before, after].map((clan) => clan.vars.alone("web"));
 *   look(now.vars);
 *   if (!now.endsAs(old)) compare(look(old.vars))
 */

import type { Fingerprint } from "../../modules/fingerprint.ts";
import { once } from "../../modules/lazy-type.ts";
import type { Machine } from "../model.ts";
import type { ForeignModules } from "./foreign-modules.ts";
import { MachineConfiguration } from "./machine-configuration.ts";
import { type CodeOfMachines, MachineEvaluation } from "./machine-evaluation.ts";
import { LazyMachineVars } from "./machine-vars.ts";
import type { MachineVars } from "./model.ts";
import { ReferenceFinder } from "./references.ts";
import type { VarsSource } from "./source.ts";

export class MachineAlone {
  readonly vars: MachineVars;
  private readonly evaluation: () => MachineEvaluation;

  constructor(
    private readonly machine: Machine,
    private readonly source: VarsSource,
    private readonly foreign: () => ForeignModules,
    code: CodeOfMachines,
  ) {
    this.evaluation = once(() => new MachineEvaluation(machine, source, foreign()));
    const configuration = once(() => new MachineConfiguration(this.evaluation(), new ReferenceFinder()));
    this.vars = new LazyMachineVars(machine, source, configuration, code);
  }

  /** What the module argument says, or the part of it that the names lead to; undefined where there is none. */
  argument(names: readonly string[]): Fingerprint | undefined {
    return this.evaluation().argument(names);
  }

  /**
   * Whether all that was looked at is the same for the machine in another state of the clan. It must not be looked at any
   * more then, whatever the answer.
   */
  endsAs(other: MachineAlone): boolean {
    const evaluation = this.evaluation();
    evaluation.release();
    return evaluation.moveTo(other.machine, other.source, other.foreign());
  }
}
