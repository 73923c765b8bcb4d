/** Why a machine is concerned by a change of the clan. */
import type { Clan } from "../../clan/model.ts";
import type { OptionNode } from "../../modules/option-node.ts";
import { relativePath } from "../../nix/path.ts";
import type { Snapshot } from "../../project/snapshot.ts";
import type { ChangedOption } from "./changed-options.ts";
import type { MachineRead } from "./machine-reads.ts";
import { firstFile } from "./option-outline.ts";

/** One state of a clan. */
export interface ClanState {
  readonly snapshot: Snapshot;
  readonly clan: Clan;
}

export interface Reason {
  readonly what: "role" | "setting" | "tag" | "generator" | "option" | "file";
  /** The option's path, or that of the file. */
  readonly path: string;
  /** Where it is written, relative to the clan's folder; empty where that is not known. */
  readonly file: string;
}

/** All that were found. */
export interface Reasons {
  readonly reasons: readonly Reason[];
  /** False where there may be others. */
  readonly isWhole: boolean;
  /** What it reads of other machines. */
  readonly machineReads: readonly MachineRead[];
}

export function optionReason(what: Reason["what"], { path, file }: ChangedOption, root: string): Reason {
  return { what, path: path.join("."), file: file === undefined ? "" : relativePath(file, root) };
}

/** Where the option is written first; empty if that is not known. */
export function fileOf(option: OptionNode | undefined, root: string): string {
  const file = firstFile(option);
  return file === undefined ? "" : relativePath(file, root);
}
