/**
 * An instance's `module.name`, or its own name where there is none, names no service.
 *
 *   instances.nightly.roles.client.tags = [ "all" ];   ->   error at `nightly`
 */
import { catalogue } from "../clan/catalogue/services.ts";
import type { Clan, Instance, ServiceLookup } from "../clan/model.ts";
import type { Node } from "../syntax/ast.ts";
import { bindBesideFix, bindInsideFix } from "./fix/bind-fix.ts";
import { mayBeInOtherCore } from "./parts/other-core.ts";
import { at, renameFix, whole } from "./parts/place.ts";
import { namePlaces, valuePlaces } from "./parts/written.ts";
import type { Problem, Rule } from "./rule.ts";
import { findSuggestion } from "./words/suggest.ts";
import { choices } from "./words/words.ts";

type UnknownService = ServiceLookup & { readonly kind: "unknown-service" };

export const unknownService: Rule = {
  code: "unknown-service",
  severity: "error",
  summary: "An instance names a service that does not exist where it is looked up.",
  *checkClan(clan: Clan): Iterable<Problem> {
    for (const instance of clan.instances.known.values())
      if (instance.service.kind === "unknown-service" && !mayBeInFork(clan, instance.service))
        yield* report(instance, instance.service);
  },
};

/** A name that only the catalogue does not have. */
function mayBeInFork(clan: Clan, { name, inSelf, input, elsewhere, possible }: UnknownService): boolean {
  if (inSelf || input !== undefined || elsewhere !== undefined) return false;
  return mayBeInOtherCore(clan, findSuggestion(name, possible));
}

function* report(instance: Instance, lookup: UnknownService): Iterable<Problem> {
  const input = instance.option.at("module", "input");
  const inputs = input === undefined || lookup.elsewhere === undefined ? [] : valuePlaces(input);
  for (const node of inputs) yield at(node, explain(lookup, true), inputFix(lookup, node));
  if (inputs.length === 0) yield* reportName(instance, lookup);
}

/** The name is that of a service, only looked up in the wrong place: what stands there names the right one. */
function inputFix({ elsewhere }: UnknownService, node: Node): Pick<Problem, "fixes"> {
  if (node.kind !== "string" && node.kind !== "identifier") return {};
  const text = elsewhere === "self" ? '"self"' : "null";
  return { fixes: [{ title: `Change to \`${text}\``, edits: [{ ...whole(node), text }], preferred: true }] };
}

function* reportName(instance: Instance, lookup: UnknownService): Iterable<Problem> {
  const name = instance.option.at("module", "name");
  const written = name === undefined ? [] : valuePlaces(name);
  const isNamed = written.length > 0;
  // Where it is known what is meant, other services only distract.
  const isExplained = lookup.elsewhere !== undefined || lookup.reason !== undefined;
  const suggestion = isExplained ? undefined : findSuggestion(lookup.name, lookup.possible);
  const others = isExplained ? "" : choices("Services", lookup.possible, suggestion);
  const message = `${explain(lookup, isNamed)}${others}`;
  for (const node of isNamed ? written : namePlaces(instance.option))
    yield at(node, message, {
      ...findFix(instance, lookup, node, isNamed, suggestion),
      restsOn: isNamed
        ? []
        : [["module"], ["module", "name"]].map((path) => [...instance.option.path, ...path]),
    });
}

function explain(lookup: UnknownService, isNamed: boolean): string {
  const name = `\`${lookup.name}\``;
  if (lookup.elsewhere === "self")
    return `clan-core has no service ${name}, but this flake defines it: write \`module.input = "self"\`.`;
  if (lookup.elsewhere === "clan-core")
    return `This flake defines no service ${name}, but clan-core has it: leave out \`module.input\`.`;
  if (lookup.reason !== undefined) return `The service ${name} is gone: ${lookup.reason}.`;
  const owner = lookup.input === undefined ? "clan-core" : `The input \`${lookup.input}\``;
  const place = lookup.inSelf ? "This flake defines" : `${owner} has`;
  const fallback = isNamed ? "" : " Without `module.name`, an instance's own name is the service's.";
  return `${place} no service ${name}.${fallback}`;
}

function findFix(
  instance: Instance,
  lookup: UnknownService,
  node: Node,
  isNamed: boolean,
  suggestion: string | undefined,
): Pick<Problem, "fixes"> {
  const own = lookup.elsewhere === "self";
  if (isNamed) return own ? bindBesideFix(node, "input", "self") : renameFix(node, suggestion);
  if (own) return bindInsideFix(instance.option, node, ["module", "input"], "self");
  const meant = suggestion === undefined ? servicesWithRoles(instance, lookup) : [suggestion];
  const fixes = meant.flatMap(
    (name) => bindInsideFix(instance.option, node, ["module", "name"], name).fixes ?? [],
  );
  return { fixes: fixes.map((fix) => ({ ...fix, preferred: meant.length === 1 })) };
}

/** More to choose from is no help. */
const mostServices = 8;

/** The services of clan-core that have all the roles the instance uses. */
function servicesWithRoles(
  { roles }: Instance,
  { inSelf, input, possible }: UnknownService,
): readonly string[] {
  if (inSelf || input !== undefined || roles.size === 0) return [];
  const fitting = possible.filter((name) =>
    [...roles.keys()].every((role) => catalogue.get(name)?.roles.has(role) === true),
  );
  return fitting.length > mostServices ? [] : fitting;
}
