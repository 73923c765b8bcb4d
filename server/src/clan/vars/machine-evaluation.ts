/**
 * The configuration of one machine, as far as the clan's own modules define it: its files in `machines/`, what
 * `clan.machines` says, and the modules of the services it takes part in. It is evaluated apart from the clan, of which
 * it borrows values.
 *
 *   machines/web/configuration.nix { clan.core.vars.generators.ca = { … }; }
 *   ->  { root: OptionNode with clan.core.vars.generators.ca, … }
 */
import { type EvaluatedModules, evaluateModules } from "../../modules/evaluate.ts";
import { type Fingerprint, fingerprintOfValue } from "../../modules/fingerprint.ts";
import { attempt } from "../../modules/properties.ts";
import { ARGUMENTS_OF_NIX } from "../../modules/scope.ts";
import { BorrowedValues, type BorrowingHooks, type Lender } from "../../nix/borrowed-values.ts";
import { lazy } from "../../nix/builtins/define.ts";
import type { EvalHost } from "../../nix/host.ts";
import { bool, path, unknown } from "../../nix/make.ts";
import { resolvePath } from "../../nix/path.ts";
import { settle } from "../../nix/settle.ts";
import type { Eval } from "../../nix/step.ts";
import { Thunk } from "../../nix/thunk.ts";
import type { Outcome, Unknown } from "../../nix/value.ts";
import type { ApartEvaluation } from "../../project/apart-evaluation.ts";
import type { Snapshot } from "../../project/snapshot.ts";
import type { Reader } from "../../project/tracked-snapshot.ts";
import { toModules } from "../definitions.ts";
import { memberOf } from "../member.ts";
import type { Machine } from "../model.ts";
import { generatorModule, machineGenerators } from "./bundled-generators.ts";
import type { ForeignModules } from "./foreign-modules.ts";
import {
  argumentName,
  isSameBesideRoots,
  type MachineInputs,
  readInputs,
  type ServiceOrigins,
} from "./machine-inputs.ts";
import { machineOptions } from "./machine-options.ts";
import { findMissingArguments, type MissingArgument } from "./missing-arguments.ts";
import type { VarsSource } from "./source.ts";

/** Fifty times what a large machine takes; a fraction of a second. */
const STEPS = 600_000;

/** What NixOS and nix-darwin give to modules by a module of theirs, unless somebody gives it to all before. */
const MADE_BY_MODULES: ReadonlySet<string> = new Set(["pkgs"]);
const NONE: ReadonlySet<string> = new Set();

/** What NixOS, nix-darwin and clan give to modules besides. */
const GIVEN_TO_MACHINES: readonly string[] = [
  ...ARGUMENTS_OF_NIX,
  ...MADE_BY_MODULES,
  ..."baseModules clanLib config extraModules lib modules name noUserModules options utils".split(" "),
];

/** Files clan imports into a machine of a class, where they exist. */
const IMPORTED: Readonly<Record<Machine["class"], readonly string[]>> = {
  nixos: ["configuration.nix", "hardware-configuration.nix", "disko.nix"],
  darwin: ["configuration.nix"],
};

export class MachineEvaluation {
  /** Undefined between two states. */
  private source: VarsSource | undefined;
  private readonly evaluated: EvaluatedModules;
  /** Module arguments that the clan gives. */
  private given: ReadonlyMap<string, Thunk> = new Map();
  private readonly apart: ApartEvaluation;
  private readonly borrowed: BorrowedValues;
  /**
   * Modules that are not seen: they may define generators of their own. That they would add to one which is
   * defined here is not expected.
   */
  readonly unseen: Unknown[] = [];
  /** What is not known of the clan's inputs that surely define no vars. */
  private readonly foreign = new Set<Unknown>();

  private inputs: MachineInputs;
  private leftOut = 0;
  /** For it, the clan has read files that it would not have read otherwise. */
  private readsOfClan = false;

  /** Nothing of its modules is evaluated before somebody looks at the result. */
  constructor(machine: Machine, source: VarsSource, foreign: ForeignModules) {
    this.source = source;
    this.inputs = this.asking(source, () => readInputs(machine, source, foreign));
    this.apart = source.flake.apart(source.reader, STEPS);
    this.borrowed = new BorrowedValues(this.lender(source), this.hooks());
    this.evaluated = this.evaluate();
  }

  get root(): EvaluatedModules["root"] {
    return this.evaluated.root;
  }

  get machine(): string {
    return this.inputs.machine.name;
  }

  get services(): ServiceOrigins {
    return this.inputs.services;
  }

  /** The files it is made of. */
  get host(): EvalHost {
    return this.apart.evaluator.host;
  }

  /** Every file and directory read so far. */
  get read(): ReadonlySet<string> {
    return this.apart.files;
  }

  /** Files in which the modules are written. */
  files(): ReadonlySet<string> {
    return this.evaluated.files();
  }

  /** What a module argument says, or a part of it; undefined where there is none of that name. */
  argument([name = "", ...names]: readonly string[]): Fingerprint | undefined {
    const start = this.given.get(name) ?? memberThunk(this.evaluated.settings, "args", name);
    const part = names.length === 0 ? start : memberThunk(start, ...names);
    return settle(this.apart.evaluator, fingerprintOfPart(part), () => undefined);
  }

  /** What its modules ask for and nobody gives them; nothing where there may be more than is seen. */
  missingArguments(): readonly MissingArgument[] {
    const functions = this.evaluated.functions();
    const written = settle(
      this.apart.evaluator,
      attempt(memberThunk(this.evaluated.settings, "args")),
      (why) => why,
    );
    const isHidden = this.inputs.hasHiddenArguments || this.unseen.length > 0 || this.leftOut > 0;
    if (isHidden || this.inputs.services.open !== undefined) return [];
    if (written.type !== "attrs" || written.open !== undefined) return [];
    const given = new Set([...GIVEN_TO_MACHINES, ...this.given.keys(), ...written.attrs.keys()]);
    return findMissingArguments(functions, given, this.root);
  }

  /** Whether the clan is as it would be without the machine. */
  get leavesNoTrace(): boolean {
    return !this.readsOfClan;
  }

  /** Whether all files read are the same in another state that the clan holds in. */
  holdsIn(state: Snapshot): boolean {
    return this.source !== undefined && this.apart.holdsIn(state, this.source.flake);
  }

  /** It belongs to the clan of that state, too. */
  share(reader: Reader): void {
    this.apart.share(reader);
  }

  /** Lets go of the clan, until `moveTo`. */
  release(): void {
    this.borrowed.release();
    this.inputs = { ...this.inputs, roots: new Map() };
    this.source = undefined;
  }

  /** Whether it is the same in the clan of another state, of which it is a part from now on. */
  moveTo(machine: Machine, source: VarsSource, foreign: ForeignModules): boolean {
    if (!this.apart.holdsIn(source.reader.snapshot, source.flake)) return false;
    this.apart.share(source.reader);
    this.readsOfClan = false;
    const inputs = this.asking(source, () => readInputs(machine, source, foreign));
    if (!isSameBesideRoots(inputs, this.inputs)) return false;
    this.inputs = inputs;
    this.source = source;
    return this.borrowed.moveTo(this.lender(source), inputs.roots);
  }

  /** Nothing here may hold on to the clan. */
  private hooks(): BorrowingHooks {
    return {
      own: (value) => this.source && this.apart.ownOf(value, this.source.flake),
      mark: (what) => this.isForeign(what),
      onMix: () => this.source && this.apart.join(this.source.runner.host),
    };
  }

  private lender(source: VarsSource): Lender {
    const lender = source.flake.evaluator.limited(STEPS);
    return { run: (computation) => this.asking(source, () => lender.run(computation)) };
  }

  private asking<T>({ flake: { files } }: VarsSource, ask: () => T): T {
    const before = files.size;
    try {
      return ask();
    } finally {
      if (files.size > before) this.readsOfClan = true;
    }
  }

  private evaluate(): EvaluatedModules {
    const { machine, roots, modules, args, directory, name, domain } = this.inputs;
    const borrowed = new Map([...roots].map(([root, thunk]) => [root, this.borrowed.borrow(root, thunk)]));
    const get = (root: string) => borrowed.get(root) ?? Thunk.of(unknown(`there is no ${root}`));
    const config: Thunk = new Thunk(() => evaluated.config);
    this.given = new Map(args.map((arg) => [arg, get(argumentName(arg))]));
    const { evaluator, lib } = this.apart;
    const evaluated: EvaluatedModules = evaluateModules(evaluator, {
      modules: [
        ...ownFiles(machine, directory, evaluator.host),
        ...modules.map(get),
        ...machineGenerators.map((generator) => enabledModule(generator)),
      ],
      options: machineOptions({
        machine: machine.name,
        machineClass: machine.class,
        directory,
        name,
        domain,
        isRecommended:
          machine.class === "nixos"
            ? memberThunk(config, "clan", "core", "enableRecommendedDefaults")
            : Thunk.of(bool(false)),
      }),
      lib,
      specialArgs: this.given,
      lateArguments: this.inputs.hasHiddenArguments || args.includes("pkgs") ? NONE : MADE_BY_MODULES,
      leavesOut: (module) => this.leavesOut(module),
      unknownImports: (what) => this.unseen.push(what),
    });
    return evaluated;
  }

  private leavesOut(module: Outcome): boolean {
    const isLeftOut = module.type === "unknown" ? this.foreign.has(module) : this.inputs.foreign.has(module);
    if (isLeftOut) this.leftOut++;
    return isLeftOut;
  }

  private isForeign(what: Unknown): boolean {
    const isForeign = this.inputs.foreign.has(what);
    if (isForeign) this.foreign.add(what);
    return isForeign;
  }
}

function* fingerprintOfPart(part: Thunk): Eval<Fingerprint> {
  return yield* fingerprintOfValue(yield* attempt(part));
}

/** What all machines of a clan are looked up in: each would ask the same. */
export interface CodeOfMachines {
  /** What lies in `machines/`; most machines of a large clan have nothing there. */
  readonly folders: () => ReadonlyMap<string, unknown>;
  readonly withServiceCode: () => ReadonlySet<string>;
}

/** Whether somebody wrote any of its modules; else all of them are made of facts. */
export function isWritten(machine: Machine, source: VarsSource, code: CodeOfMachines): boolean {
  const { directory, runner, tree } = source;
  const mayHaveFiles = directory === undefined || code.folders().has(machine.name);
  return (
    (mayHaveFiles && ownFiles(machine, directory, runner.host).length > 0) ||
    toModules(tree.at("machines", machine.name)).length > 0 ||
    code.withServiceCode().has(machine.name)
  );
}

/** What clan-core itself generates for a machine that asks for it. */
function enabledModule(generator: (typeof machineGenerators)[number]): Thunk {
  const module = lazy("module", (args) => {
    return generatorModule(generator, memberThunk(args, "config", ...generator.enabledBy));
  });
  return Thunk.of({ ...module, formals: new Map([["config", false]]) });
}

function memberThunk(set: Thunk, ...path: readonly string[]): Thunk {
  return new Thunk(function* () {
    return (yield* memberOf(set, ...path)) ?? unknown(`${path.join(".")} is not known`);
  });
}

function ownFiles(machine: Machine, directory: string | undefined, host: EvalHost): Thunk[] {
  if (directory === undefined)
    return [Thunk.of(unknown("it is not known in which folder the machine's configuration is"))];
  return IMPORTED[machine.class].flatMap((name) => {
    const file = resolvePath(directory, `machines/${machine.name}/${name}`);
    return host.fileType(file) === undefined ? [] : [Thunk.of(path(file))];
  });
}
