/**
 * A flake as it is before it has a clan: its inputs, its outputs, its hosts.
 *
 *   readFlake(snapshot, "/nix-config").outputs.nixosConfigurations   ->   { web, db } and what each was made with
 */
import type { EvaluatedModules } from "../../modules/evaluate.ts";
import type { Outcome } from "../../nix/value.ts";
import { evaluateFlake, type Flake } from "../../project/flake.ts";
import { nativeLib } from "../../project/native-lib.ts";
import { type HostCall, hostBuilders } from "../../project/natives/host-builders.ts";
import { standardInputs } from "../../project/natives/index.ts";
import type { Snapshot } from "../../project/snapshot.ts";
import type { Node } from "../../syntax/ast.ts";

export interface FlakeView {
  readonly snapshot: Snapshot;
  /** Absolute. */
  readonly root: string;
  readonly flake: Flake;
  /** What flake-parts evaluates, if it does. */
  readonly modules: readonly EvaluatedModules[];
  /** The members of an output: their names, and where these are written. */
  readonly membersOf: (output: string) => ReadonlyMap<string, FlakeMember>;
  /** Where an output is written. */
  readonly keysOf: (output: string) => readonly Node[];
  /** The output is known as a whole, and has no member of this name. */
  readonly lacks: (output: string, name: string) => boolean;
  readonly outputNames: () => ReadonlySet<string>;
  /** Why the outputs cannot be evaluated, if they surely cannot. */
  readonly failure: () => string | undefined;
}

export interface FlakeMember {
  readonly value: () => Outcome;
  readonly keys: readonly Node[];
  /** What it was made with, where one of the known functions made it. */
  readonly call: () => HostCall | undefined;
}

/** Nothing is evaluated before it is asked for. Never throws. */
export function readFlake(snapshot: Snapshot, root: string): FlakeView {
  const { natives, calls } = hostBuilders();
  const modules: EvaluatedModules[] = [];
  const flakeParts = () => ({
    flake: new Map(),
    top: new Map(),
    onEvaluation: (evaluated: EvaluatedModules) => void modules.push(evaluated),
  });
  const flake = evaluateFlake(snapshot, root, {
    lib: nativeLib,
    natives: standardInputs(natives, flakeParts),
  });
  const outputs = (): Outcome => flake.evaluator.force(flake.outputs);
  return {
    snapshot,
    root,
    flake,
    modules,
    failure: () => {
      const all = outputs();
      return all.type === "failure" ? all.message : undefined;
    },
    lacks: (output, name) => {
      const all = outputs();
      // What the modules of flake-parts add, clan's among them, is not evaluated.
      if (all.type !== "attrs" || modules.length > 0) return false;
      const found = all.attrs.get(output)?.value;
      if (found === undefined) return all.open === undefined;
      const set = flake.evaluator.force(found);
      return set.type === "attrs" && set.open === undefined && !set.attrs.has(name);
    },
    outputNames: () => {
      const all = outputs();
      return new Set(all.type === "attrs" ? all.attrs.keys() : []);
    },
    keysOf: (output) => {
      const all = outputs();
      return all.type === "attrs" ? (all.attrs.get(output)?.keys ?? []) : [];
    },
    membersOf: (output) => {
      const all = outputs();
      const found = all.type === "attrs" ? all.attrs.get(output)?.value : undefined;
      const set = found && flake.evaluator.force(found);
      if (set?.type !== "attrs") return new Map();
      return new Map(
        [...set.attrs].map(([name, { value, keys }]) => {
          const force = (): Outcome => flake.evaluator.force(value);
          const call = (): HostCall | undefined => {
            const made = force();
            return made.type === "failure" ? undefined : calls.get(made);
          };
          return [name, { value: force, keys, call }];
        }),
      );
    },
  };
}
