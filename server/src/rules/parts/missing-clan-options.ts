/**
 * Options of the clan that every evaluation reads, have no default and are not set.
 *
 *   clan = { inventory.machines.web = { }; };   ->   at `clan`: `meta.name` is missing
 *   clan-core.lib.clan { meta.name = "x"; }     ->   at the call's name: `self` is missing
 *   checks.x.message = "…";                     ->   at `x`: `assertion` is missing
 */
import type { Clan } from "../../clan/model.ts";
import { clanOptions } from "../../clan/schema/clan-options.ts";
import { showOption } from "../../modules/describe.ts";
import type { OptionSet } from "../../modules/option-type.ts";
import type { Node } from "../../syntax/ast.ts";
import { nodesAt } from "../../syntax/navigate.ts";
import { bindInsideFix } from "../fix/bind-fix.ts";
import { findInsertFix } from "../fix/insert-fix.ts";
import type { Problem } from "../rule.ts";
import { collectMissing, type Missing } from "./missing-options.ts";
import { at } from "./place.ts";
import { namePlaces } from "./written.ts";

/** The path of a template is read when it is used, which it may never be. */
const readGroups = ["meta", "checks"];

const readOptions: OptionSet = {
  options: new Map([...clanOptions.options].filter(([name]) => readGroups.includes(name))),
};

export function* checkClanOptions(clan: Clan): Iterable<Problem> {
  const [entry] = clan.entryPoints;
  // A file that no flake leads to may be one of several.
  if (entry === undefined) return;
  if (lacksFlake(clan, entry))
    yield at(nameAround(entry), "The clan is not given its flake: `self` must be set.");
  for (const missing of collectMissing(clan.tree, readOptions)) {
    if (!isRead(clan, missing)) continue;
    const place = missing.inside === undefined ? nameAround(entry) : namePlaces(missing.inside).at(-1);
    if (place !== undefined) {
      const restsOn = [missing.path];
      yield at(place, describe(missing), { ...findFix(clan, missing, entry), restsOn });
    }
  }
}

/** Of what `lib.clan` is given, `self` says in which folder the clan is. flake-parts knows by itself. */
function lacksFlake({ tree }: Clan, entry: Node): boolean {
  const isGiven = (name: string): boolean => (tree.child(name)?.definitions.length ?? 0) > 0;
  return entry.kind !== "attr-name" && tree.open === undefined && !isGiven("self") && !isGiven("directory");
}

/** Without `meta.name` its other place counts; a check's message is read where the check fails. */
function isRead(clan: Clan, { path }: Missing): boolean {
  if (path[0] !== "meta") return path.at(-1) !== "message";
  if (isLibrary(clan)) return false;
  const { tree } = clan;
  const inventory = tree.child("inventory");
  const meta = inventory?.child("meta");
  return inventory?.open === undefined && meta?.open === undefined && meta?.child("name") === undefined;
}

/** A flake that has services or templates for other clans, and no machines: nothing there asks for a name. */
function isLibrary({ tree, machines, instances }: Clan): boolean {
  const offersAny = tree.child("modules") !== undefined || tree.child("templates") !== undefined;
  return offersAny && machines.known.size === 0 && instances.known.size === 0;
}

function describe({ path }: Missing): string {
  const name = showOption(path);
  if (path[0] === "meta") return `The clan has no name: \`${name}\` must be set.`;
  return `\`${name}\` must be set.`;
}

function findFix(clan: Clan, missing: Missing, entry: Node): Pick<Problem, "fixes"> {
  if (missing.inside !== undefined) return findInsertFix(missing.inside, [missing]);
  return bindInsideFix(clan.tree, entry, missing.below, "");
}

/** The attribute a call of `lib.clan` is the value of; the call's arguments where it is of none. */
function nameAround(entry: Node): Node {
  if (entry.kind === "attr-name") return entry;
  const binding = nodesAt(entry.source, entry.start).findLast(
    (node) => node.kind === "binding" && node.end >= entry.end && node.start < entry.start,
  );
  return (binding?.kind === "binding" ? binding.path.at(-1) : undefined) ?? entry;
}
