/**
 * A setting the role's interface does not declare.
 *
 *   roles.default.settings.prot = 80;   ->   error at `prot`
 */
import type { Clan, RoleSettings } from "../clan/model.ts";
import type { OptionNode } from "../modules/option-node.ts";
import type { Snapshot } from "../project/snapshot.ts";
import { nameFixes } from "./fix/name-fixes.ts";
import { inSettings, offered, undeclaredIn } from "./parts/option-walk.ts";
import { mayBeInOtherCore } from "./parts/other-core.ts";
import { at } from "./parts/place.ts";
import { namePlaces } from "./parts/written.ts";
import type { Problem, Rule } from "./rule.ts";
import type { Look } from "./run/look.ts";
import { findSuggestion } from "./words/suggest.ts";
import { choices } from "./words/words.ts";

export const unknownSetting: Rule = {
  code: "unknown-setting",
  severity: "error",
  summary: "The role of the service has no setting of that name.",
  checkClan: (clan: Clan, _: Snapshot, look: Look) =>
    inSettings(clan, look, (option, settings) => checkNames(clan, option, settings)),
};

function* checkNames(
  clan: Clan,
  parent: OptionNode,
  { tree, service, role, declared }: RoleSettings,
): Iterable<Problem> {
  for (const { name, option, among } of undeclaredIn(
    parent,
    parent === tree ? declared.settings : undefined,
  )) {
    // What the interface itself defines is said there.
    if (parent === tree && declared.interface?.child(name) !== undefined) continue;
    const names = offered(among);
    const suggestion = findSuggestion(name, names);
    if (service.origin === "catalogue" && mayBeInOtherCore(clan, suggestion)) continue;
    const none = names.length === 0 ? " It has none." : "";
    const message = `The role \`${role.name}\` of \`${service.name}\` has no setting \`${name}\`${
      option.path.length > tree.path.length + 1 ? " here" : ""
    }.${none}${choices("Settings", names, suggestion)}`;
    // A service that declares no setting reads none, and Nix never looks at what is written.
    const isUnused = declared.settings.options.size === 0;
    for (const node of namePlaces(option))
      yield { ...at(node, message, nameFixes(node, suggestion, names)), isUnused };
  }
}
