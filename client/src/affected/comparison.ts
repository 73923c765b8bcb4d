/**
 * Which machines are concerned by what has changed since a revision of git, as `clan-ls diff` finds it, and why.
 *
 *   shortReason({ what: "tag", path: "inventory.tags.srv", file: "clan.nix" })   ->   "tag srv"
 */
import type { Programs } from "../platform.ts";

/** What `clan-ls diff --format json` prints. */
export interface Affected {
  readonly machines: Readonly<Record<string, { readonly reasons: readonly Reason[] }>>;
  readonly unaffected: readonly string[];
  readonly unknown: readonly { readonly path: string; readonly reason: string }[];
}

export interface Reason {
  readonly what: string;
  readonly path: string;
  /** In the clan's folder; may be empty. */
  readonly file: string;
}

/** Or why nothing can be compared; without a full stop. */
export type Comparison = Affected | { readonly problem: string };

/** `folder`: the clan's. What is on disk is compared, as a deploy takes it. */
export async function compareWith(
  programs: Programs,
  revision: string,
  folder: string,
  signal: AbortSignal,
): Promise<Comparison> {
  const vector = ["diff", "--format", "json", "--", revision, folder];
  const { exitCode, stdout, stderr } = await programs.runClanLs(vector, folder, signal);
  if (exitCode === 0) return JSON.parse(stdout) as Affected;
  return { problem: stderr.trim().replace(/^clan-ls: /, "") };
}

export function shortReason({ what, path }: Reason): string {
  return what === "file" ? path : `${what} ${path.replace(/^inventory\.(machines|instances|tags)\./, "")}`;
}

/** All of a machine, each once. */
export function shortReasons(reasons: readonly Reason[]): string {
  return [...new Set(reasons.map(shortReason))].join(", ");
}

/** URI of the file of a reason. `root`: that of the clan's folder. */
export function uriOfFile(root: string, file: string): string {
  return [root, ...file.split("/").map(encodeURIComponent)].join("/");
}
