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
    outputNames: () => {
      const all = outputs();
      return new Set(all.type === "attrs" ? all.attrs.keys() : []);
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
