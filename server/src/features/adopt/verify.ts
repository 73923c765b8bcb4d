/**
 * Whether a flake is what it was, with a clan beside it: its state after the edit is evaluated and compared.
 *
 *   host `web` would no longer be there   ->   refused with that sentence
 */

import { evaluateClans } from "../../clan/evaluate.ts";
import { relativePath } from "../../nix/path.ts";
import type { Snapshot } from "../../project/snapshot.ts";
import { collectFindings } from "../findings.ts";
import { moduleFiles } from "./hosts.ts";
import { findClan } from "./plan.ts";
import { readFlake } from "./read-flake.ts";

/** What would be wrong afterwards, as sentences; empty where nothing is. */
export function findObjections(
  before: Snapshot,
  after: Snapshot,
  root: string,
  { machine, move }: { readonly machine: string | undefined; readonly move: readonly string[] },
): readonly string[] {
  const clan = findClan(after, root);
  if (clan === undefined) return ["The clan would not be found in the flake afterwards."];
  return [
    ...[...(machine === undefined ? [] : [machine]), ...move]
      .filter((name) => !clan.machines.known.has(name))
      .map((name) => `The clan would not have the machine \`${name}\`.`),
    ...newErrors(before, after, root),
    ...changedHosts(before, after, root, machine, move),
  ];
}

function newErrors(before: Snapshot, after: Snapshot, root: string): string[] {
  const errors = (snapshot: Snapshot) =>
    collectFindings(snapshot, evaluateClans(snapshot), [`${root}/flake.nix`]).filter(
      ({ severity }) => severity === "error",
    );
  const known = new Set(errors(before).map(({ code, path, message }) => `${code} ${path} ${message}`));
  return errors(after)
    .filter(({ code, path, message }) => !known.has(`${code} ${path} ${message}`))
    .map(({ path, message }) => `${relativePath(path, root)} would have an error: ${message}`);
}

/** Each host that was there must still be made of the same files. */
function changedHosts(
  before: Snapshot,
  after: Snapshot,
  root: string,
  machine: string | undefined,
  moved: readonly string[],
): string[] {
  const [old, now] = [hostFiles(before, root), hostFiles(after, root)];
  const made = readFlake(after, root);
  return [...old].flatMap(([host, files]) => {
    const [output = "", name = ""] = host.split(" ");
    if (moved.includes(name)) return made.lacks(output, name) ? [`\`${output}.${name}\` would be lost.`] : [];
    if (output !== "homeConfigurations" && name === machine)
      return [`There is a host \`${machine}\` already: call the machine otherwise, or move the host.`];
    const found = now.get(host);
    if (found === undefined) return [`\`${output}.${name}\` would no longer be found in the flake.`];
    return found === files ? [] : [`\`${output}.${name}\` would be made of other files.`];
  });
}

function hostFiles(snapshot: Snapshot, root: string): ReadonlyMap<string, string> {
  const view = readFlake(snapshot, root);
  const found = new Map<string, string>();
  for (const output of ["nixosConfigurations", "darwinConfigurations", "homeConfigurations"])
    for (const [name, member] of view.membersOf(output))
      found.set(`${output} ${name}`, moduleFiles(view, member.call()).join(" "));
  return found;
}
