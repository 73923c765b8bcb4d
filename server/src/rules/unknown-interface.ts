/**
 * An interface that a service exports by, and that does not exist or that its manifest does not name.
 *
 *   manifest.exports.out = [ "endpoint" ];               ->   error at `endpoint`
 *   exports = mkExports { peer.hosts = [ ]; };           ->   error at `peer`, if `manifest.exports.out` lacks it
 *   exports = { peer.hosts = [ ]; };                     ->   error at `peer`: it is what `mkExports` takes
 */
import type { Clan, Service } from "../clan/model.ts";
import type { OptionNode } from "../modules/option-node.ts";
import type { OptionSet } from "../modules/option-type.ts";
import { printString } from "../syntax/quote.ts";
import { nameFixes } from "./fix/name-fixes.ts";
import { mayBeInOtherCore } from "./parts/other-core.ts";
import { at, place } from "./parts/place.ts";
import { namePlaces, sureDefinitions, valuePlaces } from "./parts/written.ts";
import type { Problem, Rule } from "./rule.ts";
import { findSuggestion } from "./words/suggest.ts";
import { choices } from "./words/words.ts";

export const unknownInterface: Rule = {
  code: "unknown-interface",
  severity: "error",
  summary: "A service exports by an interface that does not exist, or that its manifest does not name.",
  *checkClan(clan: Clan): Iterable<Problem> {
    for (const [service, exported] of ownExports(clan)) {
      yield* checkManifest(clan, service, exported.some(isExported));
      if (clan.hasOtherCore) continue;
      yield* checkOwnExports(service);
      for (const option of exported) yield* checkScopes(option);
      const out = namesOut(service);
      if (out !== undefined) yield* checkExported(clan, service, exported, out);
    }
  },
};

/** The services of this flake that instances use, and what each exports on machines. */
function ownExports(clan: Clan): Map<Service, OptionNode[]> {
  const found = new Map<Service, OptionNode[]>();
  const byName = new Map<string | undefined, OptionNode[]>();
  for (const { service } of clan.instances.known.values())
    if (service.kind === "known" && service.service.origin === "self" && !found.has(service.service)) {
      const exported: OptionNode[] = [];
      found.set(service.service, exported);
      byName.set(service.service.name, exported);
    }
  for (const behaviour of clan.behaviours()) {
    const option = behaviour.child("exports");
    if (option !== undefined) byName.get(behaviour.path[1])?.push(option);
  }
  return found;
}

/** `service:instance:role:machine`, any of which may be empty. */
function isScope(name: string): boolean {
  return name.split(":").length === 4;
}

/** What is exported on a machine has its scope from `mkExports`. */
function* checkScopes(exported: OptionNode): Iterable<Problem> {
  for (const [name, scope] of exported.children())
    if (!isScope(name))
      for (const node of namePlaces(scope))
        yield at(node, `\`${name}\` is no scope: write \`exports = mkExports { ${name} = …; };\`.`);
}

/** A service itself is on no machine. */
function* checkOwnExports({ module }: Service): Iterable<Problem> {
  const option = module?.child("exports");
  for (const { value } of option === undefined ? [] : sureDefinitions(option))
    for (const [name, { keys }] of value.type === "attrs" ? value.attrs : [])
      if (!isScope(name) && keys[0] !== undefined)
        yield {
          ...place(keys[0]),
          message: `A service exports on its machines: write \`exports = mkExports { ${name} = …; };\` in \`perInstance\` or \`perMachine\`.`,
        };
}

/** Nix looks the interfaces up when something is exported. */
function isExported(exported: OptionNode): boolean {
  return [...exported.children().values()].some((scope) => sureDefinitions(scope).length > 0);
}

function* checkManifest(clan: Clan, { module }: Service, isUsed: boolean): Iterable<Problem> {
  const interfaces = clan.exportInterfaces();
  if (interfaces.open !== undefined) return;
  for (const list of ["out", "inputs"])
    for (const element of module?.at("manifest", "exports", list)?.children().values() ?? []) {
      const name = element.string();
      if (name === undefined || interfaces.options.has(name)) continue;
      const suggestion = findSuggestion(name, interfaces.options.keys());
      if (mayBeInOtherCore(clan, suggestion)) continue;
      const message = `No interface is called \`${name}\`.${choices("Interfaces", interfaces.options.keys(), suggestion)}`;
      for (const node of namePlaces(element))
        yield {
          ...at(node, message, nameFixes(node, suggestion, interfaces.options.keys())),
          isUnused: list === "inputs" || !isUsed,
        };
    }
}

/** The interfaces the manifest names; undefined where they are not all known. */
function namesOut({ module }: Service): readonly string[] | undefined {
  const manifest = module?.child("manifest");
  const exported = manifest?.child("exports");
  const out = exported?.child("out");
  if ((module?.open ?? manifest?.open ?? exported?.open ?? out?.open) !== undefined) return undefined;
  if (out === undefined || out.definitions.length === 0) return [];
  const names = out.data();
  return Array.isArray(names) && names.every((name) => typeof name === "string") ? names : undefined;
}

function* checkExported(
  clan: Clan,
  service: Service,
  exported: readonly OptionNode[],
  out: readonly string[],
): Iterable<Problem> {
  const interfaces = clan.exportInterfaces();
  // What is exported by them is meant to be named there, and is reported there.
  if (out.some((name) => !interfaces.options.has(name))) return;
  for (const option of exported)
    for (const [scopeName, scope] of option.children()) {
      if (!isScope(scopeName)) continue;
      for (const [name, value] of scope.children())
        if (!out.includes(name)) yield* report(service, name, value, out, interfaces);
      if (out.length === 0 && scope.children().size === 0 && scope.open === undefined)
        for (const node of valuePlaces(scope))
          yield at(
            node,
            `The service \`${service.name}\` may not export anything: name an interface in \`manifest.exports.out\`.`,
          );
    }
}

function* report(
  service: Service,
  name: string,
  value: OptionNode,
  out: readonly string[],
  interfaces: OptionSet,
): Iterable<Problem> {
  if (interfaces.options.has(name)) {
    const names = [...out, name].map(printString).join(" ");
    const message = `The manifest of \`${service.name}\` does not name \`${name}\`: write \`manifest.exports.out = [ ${names} ];\`.`;
    for (const node of namePlaces(value)) yield at(node, message);
  } else if (interfaces.open === undefined) {
    const possible = out.length > 0 ? out : [...interfaces.options.keys()];
    const suggestion = findSuggestion(name, possible);
    const message = `No interface is called \`${name}\`.${choices("Interfaces", possible, suggestion)}`;
    for (const node of namePlaces(value)) yield at(node, message, nameFixes(node, suggestion, possible));
  }
}
