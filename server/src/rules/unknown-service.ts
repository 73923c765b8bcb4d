/**
 * An instance's `module.name`, or its own name where there is none, names no service.
 *
 *   instances.nightly.roles.client.tags = [ "all" ];   ->   error at `nightly`
 */
import type { Clan, Instance, ServiceLookup } from "../clan/model.ts";
import { at, renameFix } from "./place.ts";
import type { Problem, Rule } from "./rule.ts";
import { findSuggestion } from "./suggest.ts";
import { choices } from "./words.ts";
import { namePlaces, valuePlaces } from "./written.ts";

type UnknownService = ServiceLookup & { readonly kind: "unknown-service" };

export const unknownService: Rule = {
  code: "unknown-service",
  severity: "error",
  summary: "An instance names a service that does not exist where it is looked up.",
  *checkClan(clan: Clan): Iterable<Problem> {
    for (const instance of clan.instances.known.values())
      if (instance.service.kind === "unknown-service") yield* report(instance, instance.service);
  },
};

function* report(instance: Instance, lookup: UnknownService): Iterable<Problem> {
  const named = instance.option.at("module", "name");
  const written = named === undefined ? [] : valuePlaces(named);
  const isNamed = written.length > 0;
  const suggestion = findSuggestion(lookup.name, lookup.possible);
  const message = [explain(lookup, isNamed), choices("Services", lookup.possible, suggestion)].join("");
  for (const node of isNamed ? written : namePlaces(instance.option))
    yield at(node, message, isNamed ? renameFix(node, suggestion) : {});
}

function explain(lookup: UnknownService, isNamed: boolean): string {
  const name = `\`${lookup.name}\``;
  if (lookup.elsewhere === "self")
    return `clan-core has no service ${name}; this flake defines it: write \`module.input = "self"\`.`;
  if (lookup.reason !== undefined) return `The service ${name} is gone: ${lookup.reason}.`;
  const place = lookup.inSelf ? "This flake defines" : "clan-core has";
  const fallback = isNamed ? "" : " Without `module.name`, an instance's own name is the service's.";
  return `${place} no service ${name}.${fallback}`;
}
