/**
 * The settings of one role, tag or machine are defined by more than one module.
 *
 *   roles.default.settings.a = 1;   in clan.nix     ->   error at both `settings`
 *   roles.default.settings.b = 2;   in backup.nix
 */
import type { Clan } from "../clan/model.ts";
import { allSettings } from "../clan/settings.ts";
import { showOption } from "../modules/describe.ts";
import type { Definition } from "../modules/option-node.ts";
import type { Node } from "../syntax/ast.ts";
import { at, place } from "./place.ts";
import type { Problem, Rule } from "./rule.ts";
import { sureDefinitions } from "./written.ts";

export const duplicateSettings: Rule = {
  code: "duplicate-settings",
  severity: "error",
  summary: "The settings of one role, tag or machine are defined more than once.",
  *checkClan(clan: Clan): Iterable<Problem> {
    for (const settings of allSettings(clan)) {
      const places = sureDefinitions(settings)
        .map(nameOrValue)
        .filter((node) => node !== undefined);
      if (places.length < 2) continue;
      const message = `\`${showOption(settings.path)}\` is defined ${places.length} times, but settings are not merged.`;
      for (const node of places) {
        const related = places
          .filter((other) => other !== node)
          .map((other) => ({ ...place(other), message: "Also defined here." }));
        yield at(node, message, { related });
      }
    }
  },
};

function nameOrValue(definition: Definition): Node | undefined {
  return definition.keys[0] ?? definition.origins[0];
}
