/**
 * A setting the role's interface does not declare.
 *
 *   roles.default.settings.prot = 80;   ->   error at `prot`
 */
import type { Clan } from "../clan/model.ts";
import { nameFixes } from "./name-fixes.ts";
import { collectUndeclared } from "./option-walk.ts";
import { mayBeInOtherCore } from "./other-core.ts";
import { at } from "./place.ts";
import type { Problem, Rule } from "./rule.ts";
import { findSuggestion } from "./suggest.ts";
import { offered } from "./unknown-option.ts";
import { choices } from "./words.ts";
import { namePlaces } from "./written.ts";

export const unknownSetting: Rule = {
  code: "unknown-setting",
  severity: "error",
  summary: "The role of the service has no setting of that name.",
  *checkClan(clan: Clan): Iterable<Problem> {
    for (const { tree, service, role, declared, isUsed } of clan.settings)
      for (const { name, option, among } of collectUndeclared(tree, declared.settings)) {
        const names = offered(among);
        const suggestion = findSuggestion(name, names);
        if (service.origin === "catalogue" && mayBeInOtherCore(clan, suggestion)) continue;
        const none = names.length === 0 ? " It has none." : "";
        const message = `The role \`${role.name}\` of \`${service.name}\` has no setting \`${name}\`${
          option.path.length > tree.path.length + 1 ? " here" : ""
        }.${none}${choices("Settings", names, suggestion)}`;
        // A service that declares no setting reads none, and Nix never looks at what is written.
        for (const node of namePlaces(option))
          yield {
            ...at(node, message, nameFixes(node, suggestion, names)),
            isUnused: !isUsed || declared.settings.options.size === 0,
          };
      }
  },
};
