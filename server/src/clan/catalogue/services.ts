/**
 * The services clan-core comes with, as bundled facts; used where clan-core's own source is not at hand.
 *
 *   catalogue.get("zerotier")?.roles.get("controller")?.maxMachines  ->  1
 */

import { once } from "../../modules/lazy-type.ts";
import { lookUp } from "../../syntax/look-up.ts";
import type { Service, ServiceRole } from "../model.ts";
import descriptions from "./descriptions.json" with { type: "json" };
import { internalSettings } from "./internal-settings.ts";
import { type Annotation, type OptionsJson, readOptionSet } from "./read.ts";
import { removedSettings } from "./removed-settings.ts";
import generated from "./services.json" with { type: "json" };

interface ServiceJson {
  readonly categories: readonly string[];
  readonly constraints: {
    readonly maxInstances: number | null;
    readonly roles: Readonly<
      Record<string, { readonly minMachines: number | null; readonly maxMachines: number | null }>
    >;
  };
  readonly exports: { readonly inputs: readonly string[]; readonly out: readonly string[] };
  readonly roles: Readonly<Record<string, OptionsJson>>;
}

interface ServiceDescriptions {
  readonly description: string;
  /** What to use instead. */
  readonly deprecated?: string;
  readonly roles: Readonly<Record<string, RoleDescriptions>>;
}
interface RoleDescriptions {
  readonly description: string;
  readonly settings?: Readonly<Record<string, string>>;
  /** Nix text, by the setting. */
  readonly examples?: Readonly<Record<string, string>>;
}

const serviceFacts = generated.services as unknown as Readonly<Record<string, ServiceJson>>;
const serviceDescriptions: Readonly<Record<string, ServiceDescriptions>> = descriptions.services;

/** When the clan-core was made that the facts are of, in seconds: the dumps do not say; new facts want a new date. */
export const CATALOGUE_TIME = Date.UTC(2026, 7, 22) / 1000;

/** By name, sorted. */
export const catalogue: ReadonlyMap<string, Service> = new Map(
  Object.keys(serviceFacts)
    .sort()
    .map((name) => [name, readService(name, serviceFacts[name] as ServiceJson)]),
);

/** Names clan-core still has but refuses, with what to do instead. */
export const unavailableServices: ReadonlyMap<string, string> = new Map(
  Object.entries(generated.unavailable),
);

function readService(name: string, facts: ServiceJson): Service {
  const words = lookUp(serviceDescriptions, name);
  // Few services are in use: what each declares is read when it is asked for.
  const roles = once(
    () =>
      new Map(
        Object.keys(facts.roles)
          .sort()
          .map((role) => [role, readRole(name, role, facts, words?.roles[role])]),
      ),
  );
  return {
    name,
    origin: "catalogue",
    description: words?.description,
    deprecated: words?.deprecated,
    categories: facts.categories,
    exports: facts.exports,
    get roles() {
      return roles();
    },
    rolesOpen: undefined,
    maxInstances: facts.constraints.maxInstances ?? undefined,
    declared: [],
  };
}

function readRole(
  service: string,
  role: string,
  facts: ServiceJson,
  words: RoleDescriptions | undefined,
): ServiceRole {
  const constraints = lookUp(facts.constraints.roles, role);
  const internal = lookUp(lookUp(internalSettings, service) ?? {}, role) ?? {};
  const annotation = (path: string): Annotation => {
    const description = lookUp(words?.settings ?? {}, path);
    const example = words?.examples?.[path];
    const removed = removedSettings[`${service}.${role}.${path}`];
    if (Object.hasOwn(internal, path)) return { internal: true };
    return {
      ...(description ? { description } : {}),
      ...(example ? { example } : {}),
      ...(removed ? { removed } : {}),
    };
  };
  return {
    name: role,
    description: words?.description,
    settings: readOptionSet({ ...facts.roles[role], ...internal }, annotation),
    interfaceModules: [],
    // What a service of clan-core fills in itself is not required in the facts.
    extendsSettings: false,
    reads: undefined,
    minMachines: constraints?.minMachines ?? undefined,
    maxMachines: constraints?.maxMachines ?? undefined,
    declared: [],
  };
}
