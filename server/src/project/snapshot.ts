/**
 * One immutable state of a workspace: what is on disk, overlaid with what is open in the editor.
 * Features and rules get a snapshot and never touch anything else.
 */
import type { EvalHost } from "../nix/host.ts";
import type { Repository } from "./repository.ts";

export interface Snapshot extends EvalHost {
  /** Grows with every change. */
  readonly revision: number;
  /** It is no state a person sees: somebody tries what a change would make of one. */
  readonly isTried: boolean;
  /** Absolute paths of the workspace folders. */
  readonly roots: readonly string[];
  /** The same state with one document's text replaced. */
  with(path: string, text: string): Snapshot;
  /**
   * The same for a text that differs little from the document's, as completion tries them: quick, since it shares the
   * nodes of the document. They are at the places of the state whose `source`, or clans, were asked for last.
   */
  trying?(path: string, text: string): Snapshot;
  /** Nodes that states share are at their places in this one. */
  settle?(): void;
  /** The same state in which these directories may be read as well (sources of flake inputs). */
  including(directories: readonly string[]): Snapshot;
  /** Whether a directory exists, wherever it lies; says nothing of what is in it. */
  isDirectory(path: string): boolean;
  /** Whether the file on disk begins with a byte order mark, which editors leave out of the text they show. */
  hasByteOrderMark(path: string): boolean;
  /** The git repository a folder lies in; its root may be above the workspace. Undefined if there is none. */
  repository(folder: string): Repository | undefined;
  /**
   * Whether the flake in the folder cannot see the file or folder because git ignores it: it is not in the index, nor
   * anything below it. What links lead to counts as well: of the last one, if it is to be followed.
   */
  isHiddenFrom(path: string, flake: string, follow?: boolean): boolean;
}
