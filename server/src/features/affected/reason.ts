/** Why a machine is concerned by a change of the clan. */
import type { Clan } from "../../clan/model.ts";
import type { OptionNode } from "../../modules/option-node.ts";
import { relativePath } from "../../nix/path.ts";
import type { Snapshot } from "../../project/snapshot.ts";
import type { ChangedOption } from "./changed-options.ts";

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

export function optionReason(
  what: Reason["what"],
  { path, before, after }: ChangedOption,
  root: string,
): Reason {
  return { what, path: path.join("."), file: fileOf(after, root) || fileOf(before, root) };
}

/** Where the option is written first; empty if that is not known. */
export function fileOf(option: OptionNode | undefined, root: string): string {
  for (const { origins, keys, file } of option?.definitions ?? []) {
    const path = [...keys, ...origins][0]?.source.path ?? file;
    if (path !== undefined) return relativePath(path, root);
  }
  return "";
}
