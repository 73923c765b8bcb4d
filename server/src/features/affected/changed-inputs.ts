/**
 * The flake inputs that are of another version than before, and which machines use one.
 *
 *   flake.lock: nixpkgs has another rev   ->   [ "nixpkgs" ]
 */

import type { Machine } from "../../clan/model.ts";
import { parseFlakeLock } from "../../project/flake-lock.ts";
import type { Source } from "../../syntax/ast.ts";
import { mayMention } from "./mentions.ts";

/** Every machine of the class is made with these, whatever its files say. */
const OF_ALL = {
  nixos: /^(nixpkgs|clan-core|clan)$/,
  darwin: /^(nixpkgs|clan-core|clan|nix-darwin|darwin)$/,
};

/** Names of the flake's own inputs, sorted; an input counts as changed where one of its own inputs did. */
export function changedInputs(before: string | undefined, after: string | undefined): readonly string[] {
  const [old, now] = [before, after].map((text) => (text === undefined ? undefined : parseFlakeLock(text)));
  const names = new Set([...(old?.names() ?? []), ...(now?.names() ?? [])]);
  return [...names].filter((name) => old?.closure(name) !== now?.closure(name)).sort();
}

/** Whether the code of one of the files uses the input for the machine, or for all. */
export function usesInput(files: readonly Source[], input: string, machine: Machine): boolean {
  return OF_ALL[machine.class].test(input) || mayMention(files, input, machine.name);
}
