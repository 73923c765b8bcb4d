/** What the vars of a clan are made from: the clan itself, and all it takes to evaluate its machines. */
import type { OptionNode } from "../../modules/option-node.ts";
import type { Thunk } from "../../nix/thunk.ts";
import type { Flake } from "../../project/flake.ts";
import type { Reader } from "../../project/tracked-snapshot.ts";
import type { Instance, Machine, NameSet, Role } from "../model.ts";
import type { ServiceEvaluation } from "../service-module.ts";
import type { Behaviours } from "./behaviours.ts";

export interface VarsSource extends ServiceEvaluation {
  /** The state the machines are those of. */
  readonly reader: Reader;
  readonly tree: OptionNode;
  readonly directory: string | undefined;
  readonly name: string | undefined;
  readonly machines: NameSet<Machine>;
  readonly instances: NameSet<Instance>;
  readonly flake: Pick<Flake, "inputs" | "self" | "lib" | "evaluator" | "files" | "sources" | "apart">;
  /** As `Clan.memberSettings`; `module` adds to the settings. */
  readonly memberSettings: (
    instance: Instance,
    role: Role,
    machine: string,
    module?: Thunk,
  ) => OptionNode | undefined;
  /** What services at hand answer on the machines. */
  readonly behaviours: Behaviours;
}

/** Of that, what services at hand are called with. */
export type BehaviourSource = Pick<
  VarsSource,
  "runner" | "lib" | "exportInterfaces" | "tree" | "machines" | "instances" | "memberSettings"
>;
