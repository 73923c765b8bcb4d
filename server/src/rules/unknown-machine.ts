/**
 * A role, or a tag of the inventory, names a machine the clan does not have.
 *
 *   roles.server.machines.wbe1 = { };   ->   warning at `wbe1`
 *   inventory.tags.srv = [ "wbe1" ];    ->   warning at `wbe1`
 *   vars.settings.recipients.hosts.wbe1 = [ "age1…" ];   ->   warning at `wbe1`
 */
import type { Clan, Instance } from "../clan/model.ts";
import type { Snapshot } from "../project/snapshot.ts";
import type { Node } from "../syntax/ast.ts";
import { printAttrName } from "../syntax/quote.ts";
import { nameFixes } from "./fix/name-fixes.ts";
import { recipientsPath } from "./parts/age-recipients.ts";
import { at } from "./parts/place.ts";
import { namePlaces, valuePlaces } from "./parts/written.ts";
import type { Problem, Rule } from "./rule.ts";
import type { Look } from "./run/look.ts";
import { findSuggestion } from "./words/suggest.ts";
import { choices } from "./words/words.ts";

export const unknownMachine: Rule = {
  code: "unknown-machine",
  severity: "warning",
  summary: "A role or a tag names a machine the clan does not have.",
  *checkClan(clan: Clan, _: Snapshot, look: Look): Iterable<Problem> {
    if (clan.machines.open !== undefined) return;
    yield* look.inInstances(clan, (instance) => checkRoles(clan, instance));
    for (const [name, option] of clan.tree.at(...recipientsPath)?.children() ?? [])
      if (!clan.machines.known.has(name)) yield* report(clan, name, namePlaces(option));
    for (const [tag, option] of clan.tree.at("inventory", "tags")?.children() ?? []) {
      // Those that clan makes itself hold each machine.
      if (clan.tags.known.get(tag)?.origins.length === 0) continue;
      for (const element of option.children().values()) {
        const name = element.string();
        if (name !== undefined && !clan.machines.known.has(name))
          yield* report(clan, name, valuePlaces(element));
      }
    }
  },
};

function* checkRoles(clan: Clan, { roles }: Instance): Iterable<Problem> {
  for (const role of roles.values())
    for (const [name, option] of role.option.at("machines")?.children() ?? [])
      if (!clan.machines.known.has(name)) yield* report(clan, name, namePlaces(option));
}

function* report(clan: Clan, name: string, places: readonly Node[]): Iterable<Problem> {
  const names = [...clan.machines.known.keys()];
  const suggestion = findSuggestion(name, names);
  const meant = clan.tags.known.has(name)
    ? ` \`${name}\` is a tag: write \`tags.${printAttrName(name)} = { }\`.`
    : choices("Machines", names, suggestion);
  const message = `The clan has no machine \`${name}\`, so this has no effect.${meant}`;
  for (const node of places)
    yield at(node, message, {
      ...nameFixes(node, suggestion, names),
      restsOn: [
        ["inventory", "machines", name],
        ["machines", name],
      ],
    });
}
