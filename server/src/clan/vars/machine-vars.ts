/**
 * The vars of one machine. Each part is made when it is first asked for.
 *
 *   new LazyMachineVars(web, source, configurationOf).generators   ->   evaluates the modules of `web`
 */
import { once } from "../../modules/lazy-type.ts";
import type { NodeIndex } from "../../modules/node-index.ts";
import type { OptionNode } from "../../modules/option-node.ts";
import type { Machine, NameSet } from "../model.ts";
import type { MachineConfiguration } from "./machine-configuration.ts";
import { type CodeOfMachines, isWritten } from "./machine-evaluation.ts";
import { generatorsPath } from "./machine-options.ts";
import type { MissingArgument } from "./missing-arguments.ts";
import type { CoreRead, Generator, MachineVars, VarsReference } from "./model.ts";
import type { VarsSource } from "./source.ts";

export class LazyMachineVars implements MachineVars {
  readonly machine: string;
  private readonly configuration: () => MachineConfiguration;
  private readonly foundWritten: () => boolean;

  constructor(
    machine: Machine,
    source: VarsSource,
    configurationOf: (machine: Machine) => MachineConfiguration,
    code: CodeOfMachines,
  ) {
    this.machine = machine.name;
    this.configuration = once(() => configurationOf(machine));
    this.foundWritten = once(() => isWritten(machine, source, code));
  }

  get isWritten(): boolean {
    return this.foundWritten();
  }

  get root(): OptionNode {
    return this.configuration().evaluation.root;
  }

  get option(): OptionNode | undefined {
    return this.root.at(...generatorsPath);
  }

  get generators(): NameSet<Generator> {
    return this.configuration().generators();
  }

  get references(): readonly VarsReference[] {
    return this.configuration().references();
  }

  get coreReads(): readonly CoreRead[] {
    return this.configuration().coreReads();
  }

  get missingArguments(): readonly MissingArgument[] {
    return this.configuration().missingArguments();
  }

  get index(): NodeIndex {
    return this.configuration().index();
  }

  get files(): ReadonlySet<string> {
    return this.configuration().files();
  }

  get read(): ReadonlySet<string> {
    return this.configuration().evaluation.read;
  }
}
