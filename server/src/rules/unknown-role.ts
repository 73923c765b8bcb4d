/**
 * An instance names a role its service does not have.
 *
 *   instances.borgbackup.roles.sever = { };   ->   error at `sever`
 */
import type { Clan, Instance, Service } from "../clan/model.ts";
import type { Snapshot } from "../project/snapshot.ts";
import { nameFixes } from "./fix/name-fixes.ts";
import { mayBeInOtherCore } from "./parts/other-core.ts";
import { at } from "./parts/place.ts";
import { namePlaces } from "./parts/written.ts";
import type { Problem, Rule } from "./rule.ts";
import type { Look } from "./run/look.ts";
import { findSuggestion } from "./words/suggest.ts";
import { choices } from "./words/words.ts";

export const unknownRole: Rule = {
  code: "unknown-role",
  severity: "error",
  summary: "The service of an instance has no role of that name.",
  checkClan: (clan: Clan, _: Snapshot, look: Look) =>
    look.inInstances(clan, (instance) =>
      instance.service.kind === "known" && instance.service.service.rolesOpen === undefined
        ? checkInstance(clan, instance, instance.service.service)
        : [],
    ),
};

function* checkInstance(clan: Clan, instance: Instance, service: Service): Iterable<Problem> {
  for (const role of instance.roles.values()) {
    if (service.roles.has(role.name)) continue;
    const suggestion = findSuggestion(role.name, service.roles.keys());
    if (service.origin === "catalogue" && mayBeInOtherCore(clan, suggestion)) continue;
    const message = `The service \`${service.name}\` has no role \`${role.name}\`.${choices("Roles", service.roles.keys(), suggestion)}`;
    const restsOn = service.origin === "self" ? [["modules", service.name, "roles", role.name]] : [];
    for (const node of namePlaces(role.option))
      yield at(node, message, { ...nameFixes(node, suggestion, service.roles.keys()), restsOn });
  }
}
