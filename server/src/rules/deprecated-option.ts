/**
 * An option that still works, or is at least accepted, but should not be used any more.
 *
 *   meta.tld = "lan";   ->   warning at `tld`
 */
import type { Clan } from "../clan/model.ts";
import { showOption } from "../modules/describe.ts";
import { collectDeclared } from "./option-walk.ts";
import { at } from "./place.ts";
import type { Problem, Rule } from "./rule.ts";
import { namePlaces } from "./written.ts";

export const deprecatedOption: Rule = {
  code: "deprecated-option",
  severity: "warning",
  summary: "An option should not be used any more.",
  *checkClan(clan: Clan): Iterable<Problem> {
    for (const option of collectDeclared(clan.tree)) {
      const instead = option.option?.deprecated;
      if (instead === undefined) continue;
      const message = `\`${showOption(option.path)}\` is deprecated. ${instead}`;
      for (const node of namePlaces(option)) yield at(node, message);
    }
  },
};
