/**
 * An instance takes its service from an input the flake does not have.
 *
 *   module.input = "clan";   ->   error at `clan`
 */
import type { Clan } from "../clan/model.ts";
import { nameFixes } from "./fix/name-fixes.ts";
import { at } from "./parts/place.ts";
import { valuePlaces } from "./parts/written.ts";
import type { Problem, Rule } from "./rule.ts";
import { findSuggestion } from "./words/suggest.ts";
import { choices } from "./words/words.ts";

export const unknownInput: Rule = {
  code: "unknown-input",
  severity: "error",
  summary: 'The `module.input` of an instance is neither `"self"` nor an input of the flake.',
  *checkClan(clan: Clan): Iterable<Problem> {
    for (const instance of clan.instances.known.values()) {
      const lookup = instance.service;
      if (lookup.kind !== "unknown-input") continue;
      const input = instance.option.at("module", "input");
      if (input === undefined) continue;
      const suggestion = findSuggestion(lookup.input, lookup.possible);
      const message = `The flake has no input \`${lookup.input}\`.${choices("Inputs", lookup.possible, suggestion)}`;
      for (const node of valuePlaces(input))
        yield at(node, message, nameFixes(node, suggestion, lookup.possible));
    }
  },
};
