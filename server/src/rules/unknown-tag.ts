/**
 * A role names a tag that no machine has.
 *
 *   roles.client.tags = [ "latpop" ];   ->   warning at `latpop`
 */
import type { Clan } from "../clan/model.ts";
import { at, renameFix } from "./place.ts";
import type { Problem, Rule } from "./rule.ts";
import { findSuggestion } from "./suggest.ts";
import { choices } from "./words.ts";
import { namePlaces } from "./written.ts";

export const unknownTag: Rule = {
  code: "unknown-tag",
  severity: "warning",
  summary: "A role names a tag that no machine has.",
  *checkClan(clan: Clan): Iterable<Problem> {
    if (clan.tags.open !== undefined) return;
    const names = [...clan.tags.known.keys()];
    for (const instance of clan.instances.known.values())
      for (const role of instance.roles.values())
        for (const name of role.tagNames) {
          const option = role.option.at("tags", name);
          if (option === undefined || clan.tags.known.has(name)) continue;
          const suggestion = findSuggestion(name, names);
          const message = `No machine has the tag \`${name}\`.${choices("Tags", names, suggestion)}`;
          for (const node of namePlaces(option)) yield at(node, message, renameFix(node, suggestion));
        }
  },
};
