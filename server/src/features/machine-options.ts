/**
 * Where a word of the code stands in the configuration of a machine: in its generators, and the options the
 * clan's own modules declare.
 *
 *   machines/web/configuration.nix: clan.core.vars.generators.ca.files.k▮ = { };
 *   ->   the name of clan.core.vars.generators.ca.files.key of the machine web
 */
import type { Clan } from "../clan/model.ts";
import type { MachineVars } from "../clan/vars/model.ts";
import type { OptionNode } from "../modules/option-node.ts";
import type { Snapshot } from "../project/snapshot.ts";
import type { Node } from "../syntax/ast.ts";
import { type OptionPlace, optionsOf, placeOf } from "./option-place.ts";
import { clansAround, type Query, sameClan } from "./query.ts";

/**
 * Of the first machine that has the file: a module that several share says the same for all of them. `tried` is
 * the snapshot with half-written code made whole; which machine it is, the text as it stands says.
 */
export function collectMachineOptions(
  query: Query,
  node: Node,
  tried: Snapshot = query.snapshot,
): OptionPlace[] {
  if (!maySpeakOfMachines(query, node.source.text)) return [];
  const marked = query.clans(tried);
  return clansAround(query).flatMap((clan) => {
    const same = sameClan(clan, query.clans(query.snapshot), marked);
    // A file that is read as a function yet, as `{ c▮ }`, is no module: made whole it is one.
    const machine = (firstReading(clan, query.path) ?? (same && firstReading(same, query.path)))?.machine;
    if (machine === undefined || same === undefined) return [];
    const { index, root } = same.vars.of(machine);
    const options = new Set(index.get(node) ?? (root && findBesideDeclared(root, node)));
    return [...options].map((option) => ({ ...placeOf(same, option, node), machine }));
  });
}

/**
 * A name that is not declared, in a set in which others are: the index has none of these, but one that is being
 * written may become one of the declared ones.
 */
function findBesideDeclared(root: OptionNode, node: Node): OptionNode[] {
  if (node.kind !== "attr-name" || node.name === undefined) return [];
  const found = root.child(node.name);
  if (found?.definitions.some(({ keys }) => keys.includes(node)) === true) return [found];
  // Also in the groups that the clan's own modules declare.
  const groups = [...root.children().values()].filter(({ type }) => type && optionsOf(type) !== undefined);
  return groups.flatMap((group) => findBesideDeclared(group, node));
}

/**
 * To know that no machine has a file, all are evaluated: not for one that does not speak of what machines have, and where no
 * such word is begun.
 */
function maySpeakOfMachines({ path, offset, snapshot }: Query, text: string): boolean {
  if (/\bclan\b|\bgenerators\b/.test(text) || /\/machines\/[^/]+\/[^/]+\.nix$/.test(path)) return true;
  if (machineWords.some((word) => new RegExp(`(?<![\\w.'-])${word}\\s*[.=]`).test(text))) return true;
  const begun = /(?:^|[{;\s])(\w+)$/.exec(snapshot.readFile(path)?.slice(0, offset).slice(-20) ?? "")?.[1];
  return begun !== undefined && ["clan", ...machineWords].some((word) => word.startsWith(begun));
}

/** Levels of options that hardly any other code has names of. */
const machineWords = [
  "boot",
  "environment",
  "fileSystems",
  "hardware",
  "networking",
  "programs",
  "security",
  "services",
  "systemd",
  "users",
  "virtualisation",
];

function firstReading(clan: Clan, path: string): MachineVars | undefined {
  for (const vars of clan.vars.machinesReading(path)) return vars;
  return undefined;
}
