/**
 * Reads a service whose source is at hand, of this flake or of an input: its roles, their settings, its limits.
 *
 *   modules.door = { roles.default.interface.options.port = mkOption { … }; … }
 *   ->  known: role default with the setting port
 */
import { evaluateModules } from "../modules/evaluate.ts";
import { once } from "../modules/lazy-type.ts";
import type { OptionNode } from "../modules/option-node.ts";
import type { OptionSet } from "../modules/option-type.ts";
import type { Runner } from "../modules/surroundings.ts";
import { unknown } from "../nix/make.ts";
import { Thunk } from "../nix/thunk.ts";
import { usesVariable } from "../syntax/navigate.ts";
import { behaviourTrees } from "./behaviour.ts";
import { clanLibrary } from "./clan-library.ts";
import { originsOf, toModules } from "./definitions.ts";
import type { ServiceLookup, ServiceRole } from "./model.ts";
import { namesRead } from "./role-reads.ts";
import { serviceOptions } from "./schema/service-options.ts";

/** What it takes to evaluate modules. */
export interface ModuleEvaluation {
  readonly runner: Runner;
  /** The module argument `lib`. */
  readonly lib: Thunk;
}

/** What it takes to evaluate services. */
export interface ServiceEvaluation extends ModuleEvaluation {
  /** The interfaces services export by, with their options. Open if there may be more. */
  readonly exportInterfaces: () => OptionSet;
}

/** What clan gives to services themselves, beside `lib`, `config` and `options`. */
const SERVICE_ARGUMENTS: ReadonlyMap<string, Thunk> = new Map([
  ...["_ctx", "directory", "exports", "meta"].map(
    (name) => [name, Thunk.of(unknown(`the argument ${name} of services is not evaluated`))] as const,
  ),
  ["clanLib", Thunk.of(clanLibrary)],
]);

/** `option` is `modules.<name>` of the flake's clan. Open if it may not apply or cannot be evaluated. */
export function readService(
  name: string,
  option: OptionNode,
  origin: "self" | "input",
  evaluation: ServiceEvaluation,
): ServiceLookup {
  const [definition, ...others] = option.effective();
  if (definition === undefined || definition.conditional || others.length > 0)
    return { kind: "open", reason: `the definition of the service ${name} is not known` };
  const { value } = definition;
  if (value.type === "unknown") return { kind: "open", reason: value.reason };
  if (value.type === "failure") return { kind: "open", reason: value.message };
  const { root } = evaluateModules(evaluation.runner, {
    modules: [Thunk.of(value, definition.origins[0])],
    options: serviceOptions,
    class: "clan.service",
    lib: evaluation.lib,
    prefix: ["modules", name],
    specialArgs: SERVICE_ARGUMENTS,
    withoutArguments: "all",
  });
  const manifest = root.child("manifest");
  const roles = [...(root.child("roles")?.children() ?? [])].sort(([a], [b]) => (a < b ? -1 : 1));
  return {
    kind: "known",
    service: {
      name,
      origin,
      description: manifest?.child("description")?.string(),
      categories: readNames(manifest?.child("categories")),
      exports: {
        inputs: readNames(manifest?.at("exports", "inputs")),
        out: readNames(manifest?.at("exports", "out")),
      },
      roles: new Map(roles.map(([role, node]) => [role, readRole(role, node, manifest, evaluation)])),
      rolesOpen:
        (root.open ?? root.child("roles")?.open)?.reason ?? rolesUnsure(roles.map(([, node]) => node)),
      maxInstances: readCount(manifest?.at("constraints", "maxInstances")),
      module: root,
      behaviours: once(() => behaviourTrees(root, evaluation)),
      declared: originsOf(option),
    },
  };
}

/** A role that may not apply is one an instance may or may not name. */
function rolesUnsure(roles: readonly OptionNode[]): string | undefined {
  const unsure = roles.some((role) => role.definitions.every((definition) => definition.conditional));
  return unsure ? "some roles may not apply" : undefined;
}

function readRole(
  name: string,
  role: OptionNode,
  manifest: OptionNode | undefined,
  { runner, lib }: ModuleEvaluation,
): ServiceRole {
  const limits = manifest?.at("constraints", "roles", name);
  const interfaceModules = toModules(role.child("interface"));
  const none = { options: new Map() };
  const evaluated = evaluateModules(runner, { modules: interfaceModules, options: none, lib });
  const settings = evaluated.declared();
  // A module that is not known may declare any setting.
  const hidden = evaluated.root.open ?? role.open;
  return {
    name,
    description: role.child("description")?.string(),
    settings: { ...settings, open: settings.open ?? hidden?.reason },
    interfaceModules,
    interface: hidden === undefined ? evaluated.root : undefined,
    extendsSettings: extendsSettings(role.child("perInstance")),
    needsManifest: usesArgument(role.child("perInstance"), ["settings", "mkExports"]),
    usesSettings: usesArgument(role.child("perInstance"), ["settings", "extendSettings"]),
    reads: namesRead(role.child("perInstance"), "settings"),
    minMachines: readCount(limits?.child("minMachines")),
    maxMachines: readCount(limits?.child("maxMachines")),
    declared: originsOf(role),
  };
}

/** Whether the role's behaviour may fill in settings: it uses `extendSettings`, or is elsewhere. */
function extendsSettings(perInstance: OptionNode | undefined): boolean {
  return (perInstance?.definitions ?? []).some(({ value, origins }) => {
    if (value.type === "attrs") return false;
    const node = value.type === "lambda" ? value.node : origins[0];
    if (value.type !== "lambda" || node === undefined) return true;
    const { param, body } = value.node;
    if (param.formals === undefined || param.name !== undefined)
      return node.source.text.slice(node.start, node.end).includes("extendSettings");
    return usesVariable(body, "extendSettings");
  });
}

/** Whether one of the arguments is used: surely, so far as the text tells. */
function usesArgument(perInstance: OptionNode | undefined, names: readonly string[]): boolean {
  return (perInstance?.definitions ?? []).some(({ value, conditional }) => {
    if (conditional || value.type !== "lambda") return false;
    const { param, body } = value.node;
    const given = param.formals?.map(({ name }) => name.name) ?? [];
    return names.some((name) => given.includes(name) && usesVariable(body, name));
  });
}

function readNames(list: OptionNode | undefined): string[] {
  const names = list?.data();
  return Array.isArray(names) ? names.filter((name) => typeof name === "string") : [];
}

function readCount(option: OptionNode | undefined): number | undefined {
  const count = option?.data();
  return typeof count === "number" ? count : undefined;
}
