/**
 * A role names a tag that no machine has.
 *
 *   roles.client.tags = [ "latpop" ];   ->   warning at `latpop`
 */
import type { Clan, Instance, Tag } from "../clan/model.ts";
import type { OptionNode } from "../modules/option-node.ts";
import type { Snapshot } from "../project/snapshot.ts";
import { printAttrName } from "../syntax/quote.ts";
import { nameFixes } from "./fix/name-fixes.ts";
import { at, place } from "./parts/place.ts";
import { namePlaces } from "./parts/written.ts";
import type { Problem, Rule } from "./rule.ts";
import type { Look } from "./run/look.ts";
import { findSuggestion } from "./words/suggest.ts";
import { choices } from "./words/words.ts";

export const unknownTag: Rule = {
  code: "unknown-tag",
  severity: "warning",
  summary: "A role names a tag that no machine has.",
  *checkClan(clan: Clan, _: Snapshot, look: Look): Iterable<Problem> {
    if (clan.tags.open !== undefined) return;
    yield* look.inInstances(clan, (instance) => checkRoles(clan, instance));
  },
};

function* checkRoles(clan: Clan, { roles }: Instance): Iterable<Problem> {
  for (const role of roles.values())
    for (const name of role.tagNames) {
      const option = role.option.at("tags", name);
      if (option === undefined) continue;
      const tag = clan.tags.known.get(name);
      if (tag === undefined) yield* reportUnknown(clan, name, option, [...clan.tags.known.keys()]);
      else if (isEmpty(clan, tag)) yield* reportEmpty(tag, option);
    }
}

/** clan warns of these, too; that there is no machine of a class yet is no mistake. */
function isEmpty({ machines: { open } }: Clan, { machines, predefined }: Tag): boolean {
  return machines.length === 0 && !predefined && open === undefined;
}

function* reportUnknown(
  { machines: { known: machines } }: Clan,
  name: string,
  option: OptionNode,
  names: readonly string[],
): Iterable<Problem> {
  const suggestion = findSuggestion(name, names);
  const meant = machines.has(name)
    ? ` \`${name}\` is a machine: write \`machines.${printAttrName(name)} = { }\`.`
    : choices("Tags", names, suggestion);
  const message = `No machine has the tag \`${name}\`.${meant}`;
  // Tags are written in machines, and in `inventory.tags`.
  const restsOn = [
    ["inventory", "tags", name],
    ...[...machines.keys()].map((machine) => ["inventory", "machines", machine, "tags"]),
  ];
  for (const node of namePlaces(option))
    yield at(node, message, { ...nameFixes(node, suggestion, names), restsOn });
}

function* reportEmpty({ name, origins }: Tag, option: OptionNode): Iterable<Problem> {
  const message = `No machine has the tag \`${name}\`, so this has no effect.`;
  const related = origins.map((node) => ({
    ...place(node),
    message: "It is declared here, without a machine.",
  }));
  for (const node of namePlaces(option)) yield at(node, message, { related });
}
