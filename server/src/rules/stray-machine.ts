/**
 * A machine that was perhaps not meant to be one.
 *
 *   machines/common/users.nix, without machines/common/configuration.nix   ->   information in users.nix
 *   clan.machines.wbe1 = { };   with all others in the inventory           ->   information at `wbe1`
 */
import type { Clan, Machine } from "../clan/model.ts";
import { resolvePath } from "../nix/path.ts";
import type { Snapshot } from "../project/snapshot.ts";
import type { Fix } from "./finding.ts";
import { findMoveFix } from "./fix/move-fix.ts";
import { at, renameFix } from "./parts/place.ts";
import type { Problem, Rule } from "./rule.ts";
import { findSuggestion } from "./words/suggest.ts";

export const strayMachine: Rule = {
  code: "stray-machine",
  severity: "information",
  summary: "A machine is known only from a folder without configuration.nix, or only from `clan.machines`.",
  *checkClan(clan: Clan, snapshot: Snapshot): Iterable<Problem> {
    // What is not seen may define any of them, or others.
    if (clan.machines.open !== undefined) return;
    let fixes = 0;
    for (const machine of clan.machines.known.values()) {
      const [source, ...others] = machine.sources;
      if (others.length > 0) continue;
      if (source === "machines") yield* checkModule(clan, machine);
      const stray = source === "directory" ? findStray(clan, machine, snapshot) : undefined;
      if (stray === undefined) continue;
      const fix = ++fixes > MAX_FIXES ? undefined : moveFix(clan, machine, snapshot);
      yield { ...stray, ...(fix && { fixes: [fix] }) };
    }
  },
};

/** For a fix all files are read: whoever has more such folders meant them. */
const MAX_FIXES = 20;

/** Reported at the start of the folder's first file, best a Nix file: no text says that it is a machine. */
function findStray(clan: Clan, machine: Machine, snapshot: Snapshot): Problem | undefined {
  if (clan.directory === undefined) return undefined;
  const folder = resolvePath(clan.directory, `machines/${machine.name}`);
  const entries = snapshot.readDir(folder);
  if (entries === undefined || entries.has("configuration.nix")) return undefined;
  const files = [...entries].filter(([, type]) => type === "regular").map(([name]) => name);
  const file = files.sort().find((name) => name.endsWith(".nix")) ?? files[0];
  if (file === undefined) return undefined;
  const message = `The folder \`machines/${machine.name}\` makes a machine \`${machine.name}\`, but has no \`configuration.nix\`. Modules that machines share belong into another folder, such as \`modules/\`.`;
  return { path: `${folder}/${file}`, start: 0, end: 0, message };
}

function moveFix(clan: Clan, { name }: Machine, snapshot: Snapshot): Fix | undefined {
  const { directory } = clan;
  if (directory === undefined) return undefined;
  const [from, to] = [resolvePath(directory, `machines/${name}`), resolvePath(directory, `modules/${name}`)];
  return findMoveFix(clan, snapshot, from, to);
}

function* checkModule(clan: Clan, machine: Machine): Iterable<Problem> {
  const others = [...clan.machines.known.values()].filter((other) => other !== machine);
  if (others.length === 0 || !others.every(isInInventory)) return;
  const suggestion = findSuggestion(
    machine.name,
    others.map((other) => other.name),
  );
  const meant = suggestion === undefined ? "" : ` Did you mean \`${suggestion}\`?`;
  const message = `This makes a machine \`${machine.name}\` that is not in \`inventory.machines\`, unlike all others.${meant}`;
  for (const node of machine.origins) yield at(node, message, renameFix(node, suggestion));
}

function isInInventory(machine: Machine): boolean {
  return machine.sources.includes("inventory") || machine.sources.includes("inventory.json");
}
