/**
 * The services of a clan-core checkout as the language server reads them where clan-core is at hand, against the
 * bundled catalogue: roles, how many machines they take, and their settings with what is required.
 *
 *   npm run conformance -- --at-hand CLAN_CORE
 */
import { catalogue } from "../../server/src/clan/catalogue/services.ts";
import { evaluateClans } from "../../server/src/clan/evaluate.ts";
import type { Service, ServiceRole } from "../../server/src/clan/model.ts";
import { nodeFileSystem } from "../../server/src/entry/node-files.ts";
import type { OptionSet, OptionType } from "../../server/src/modules/option-type.ts";
import { Workspace } from "../../server/src/project/workspace.ts";
import type { NixParser } from "../../server/src/syntax/parser.ts";

/** Prints what differs; false if a role, a bound or a setting does. */
export function checkServicesAtHand(parser: NixParser, core: string): boolean {
  const workspace = new Workspace({ fileSystem: nodeFileSystem, parser, roots: ["/at-hand"] });
  workspace.open("/at-hand/flake.nix", flake());
  const [clan] = evaluateClans(workspace.snapshot(), { overrides: new Map([["clan-core", core]]) });
  let [agreeing, settings] = [0, 0];
  for (const [name, bundled] of catalogue) {
    const found = clan?.instances.known.get(name)?.service;
    const service = found?.kind === "known" && found.service.origin === "input" ? found.service : undefined;
    const differences = service === undefined ? [`is ${found?.kind}`] : compare(service, bundled);
    for (const difference of differences) console.log(`  different: ${name}: ${difference}`);
    if (differences.length === 0) agreeing++;
    settings += [...bundled.roles.values()].flatMap((role) => facts(role.settings)).length;
  }
  console.log(
    `clan-core's services at hand: ${agreeing} of ${catalogue.size} (${settings} settings) as in the catalogue`,
  );
  return agreeing === catalogue.size;
}

/** A clan with an instance of each service. */
function flake(): string {
  const instances = [...catalogue.keys()].map((name) => `inventory.instances."${name}" = { };`).join(" ");
  return `{
    inputs.clan-core.url = "https://git.clan.lol/clan/clan-core/archive/main.tar.gz";
    outputs = { self, clan-core }: { clan = clan-core.lib.clan { inherit self; ${instances} }; };
  }`;
}

function compare(found: Service, bundled: Service): string[] {
  const describe = (service: Service): string[] => [
    `at most ${service.maxInstances} instances`,
    `categories ${service.categories.join(", ")}`,
    `exports ${JSON.stringify(service.exports)}`,
    ...[...service.roles.values()].flatMap(describeRole),
  ];
  const [is, was] = [describe(found), describe(bundled)];
  return [
    ...is.filter((fact) => !was.includes(fact)).map((fact) => `source: ${fact}`),
    ...was.filter((fact) => !is.includes(fact)).map((fact) => `catalogue: ${fact}`),
  ];
}

function describeRole({ name, settings, minMachines, maxMachines }: ServiceRole): string[] {
  // What is left open is said to be so, and is not there to be compared.
  if (settings.open !== undefined) return [`role ${name}: ${settings.open}`];
  return [
    `role ${name}: ${minMachines} to ${maxMachines}`,
    ...facts(settings).map((fact) => `role ${name}: ${fact}`),
  ];
}

/** A line for each setting, those of submodules included. */
function facts({ options }: OptionSet, above = ""): string[] {
  return [...options].flatMap(([name, { type, required, internal }]) => {
    if (internal === true) return [];
    const path = `${above}${name}`;
    const isGroup = type.kind === "submodule" && type.group === true;
    const own = `${path}: ${kindOf(type)}${required ? ", required" : ""}`;
    return [...(isGroup ? [] : [own]), ...submodules(type).flatMap((inner) => facts(inner, `${path}.`))];
  });
}

/** The kind of a type and of what it holds; what a dump says only in words (a pattern, a separator) is left out. */
function kindOf(type: OptionType): string {
  switch (type.kind) {
    case "nullOr":
    case "listOf":
    case "attrsOf":
      return `${type.kind} ${kindOf(type.of)}`;
    case "unique":
      return kindOf(type.of);
    case "raw":
    case "anything":
    case "opaque":
      return "anything";
    default:
      return type.kind;
  }
}

function submodules(type: OptionType): OptionSet[] {
  switch (type.kind) {
    case "submodule":
      return [type.options];
    case "nullOr":
    case "listOf":
    case "attrsOf":
    case "unique":
      return submodules(type.of);
    case "either":
      return type.of.flatMap(submodules);
    case "coercedTo":
      return submodules(type.to);
    default:
      return [];
  }
}
