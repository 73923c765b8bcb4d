/**
 * The flake inputs that are of another version than before, and whether a machine uses one.
 *
 *   flake.lock: nixpkgs has another rev   ->   [ "nixpkgs" ]
 */
import { parseFlakeLock } from "../../project/flake-lock.ts";
import type { Snapshot } from "../../project/snapshot.ts";

/** Every machine is made with these, whatever its files say. */
const OF_ALL = /^(nixpkgs|clan-core|clan|nix-darwin|darwin)$/;

/** Names of the flake's own inputs, sorted; an input counts as changed where one of its own inputs did. */
export function changedInputs(before: string | undefined, after: string | undefined): readonly string[] {
  const [old, now] = [before, after].map((text) => (text === undefined ? undefined : parseFlakeLock(text)));
  const names = new Set([...(old?.names() ?? []), ...(now?.names() ?? [])]);
  return [...names].filter((name) => old?.closure(name) !== now?.closure(name)).sort();
}

/** Whether one of the files says its name. */
export function usesInput(files: readonly string[], snapshot: Snapshot, input: string): boolean {
  if (OF_ALL.test(input)) return true;
  const word = new RegExp(`(?<![\\w-])${input.replace(/[.*+?^${}()|[\]\\]/g, "\\$&")}(?![\\w-])`);
  return files.some((file) => file.endsWith(".nix") && word.test(snapshot.readFile(file) ?? ""));
}
