/**
 * Services of inputs that cannot be read here, asked of Nix: the question, which somebody else runs, and the answer
 * as services. clan-core's `inventoryClass` has all it takes for every input with `clan.modules`.
 *
 *   nixQuestion([ { input: "far", name: "door" } ])   ->   the arguments of `nix`
 *   parseNixServices(stdout)   ->   far: { door: known }
 */

import * as z from "zod/mini";
import { lookUp } from "../syntax/look-up.ts";
import { printString } from "../syntax/quote.ts";
import { readRoleSchema, roleSchema } from "./json-schema.ts";
import type { Clan, Service, ServiceLookup } from "./model.ts";

export interface WantedService {
  readonly input: string;
  readonly name: string;
}

/** By input, then by name. */
export type NixServices = ReadonlyMap<string, ReadonlyMap<string, ServiceLookup>>;

/** Services that only Nix can tell of, or has told of; each once, sorted. */
export function collectWanted(clan: Clan): WantedService[] {
  const wanted = new Map<string, WantedService>();
  for (const { module, service } of clan.instances.known.values()) {
    const { name, input } = module;
    const isFromNix = service.kind === "known" && service.service.origin === "nix";
    if (name === undefined || typeof input !== "string" || input === "self") continue;
    if (service.kind === "open" || isFromNix) wanted.set(`${input}\n${name}`, { input, name });
  }
  return [...wanted].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, each]) => each);
}

/** Arguments for `nix`, to be run in the clan's folder. Nothing is built, and nothing written. */
export function nixQuestion(wanted: readonly WantedService[]): readonly string[] {
  const list = wanted
    .map(({ input, name }) => `{ input = ${printString(input)}; name = ${printString(name)}; }`)
    .join(" ");
  return [
    "--extra-experimental-features",
    "nix-command flakes",
    "eval",
    "--json",
    "--no-write-lock-file",
    ".#clanInternals.inventoryClass",
    "--apply",
    `class: map (${describeService}) [ ${list} ]`,
  ];
}

/** A service that throws is null, and does not hide the others. */
const describeService = `wanted:
let
  modules = class.modulesPerSource.\${wanted.input} or { };
  module = modules.\${wanted.name};
  described = {
    manifest = { inherit (module.manifest) description categories constraints exports; };
    roles = builtins.mapAttrs (_: role: role.description) module.roles;
    schemas = class.moduleSchemas.\${wanted.input}.\${wanted.name};
  };
  tried = builtins.tryEval (builtins.deepSeq described described);
in
wanted // {
  names = builtins.attrNames modules;
  service = if modules ? \${wanted.name} && tried.success then tried.value else null;
}`;

const count = z.catch(z.nullable(z.number()), null);
const bounds = z.object({ minMachines: count, maxMachines: count });
const answer = z.array(
  z.object({
    input: z.string(),
    name: z.string(),
    names: z.array(z.string()),
    service: z.nullable(
      z.object({
        manifest: z.object({
          description: z.nullable(z.string()),
          categories: z.array(z.string()),
          constraints: z.object({ maxInstances: count, roles: z.record(z.string(), bounds) }),
          exports: z.object({ inputs: z.array(z.string()), out: z.array(z.string()) }),
        }),
        roles: z.record(z.string(), z.nullable(z.string())),
        schemas: z.record(z.string(), roleSchema),
      }),
    ),
  }),
);
type Answer = z.infer<typeof answer>[number];

/** Undefined if the text is no answer to the question. */
export function parseNixServices(text: string): NixServices | undefined {
  let data: unknown;
  try {
    data = JSON.parse(text);
  } catch {
    return undefined;
  }
  const parsed = answer.safeParse(data);
  if (!parsed.success) return undefined;
  const services = new Map<string, Map<string, ServiceLookup>>();
  for (const each of parsed.data) {
    const known = services.get(each.input) ?? new Map<string, ServiceLookup>();
    services.set(each.input, known.set(each.name, readAnswer(each)));
  }
  return services;
}

function readAnswer({ input, name, names, service }: Answer): ServiceLookup {
  if (service !== null) return { kind: "known", service: toService(name, service) };
  if (names.includes(name)) return { kind: "open", reason: `Nix cannot evaluate the service ${name}` };
  return {
    kind: "unknown-service",
    name,
    possible: names,
    inSelf: false,
    input,
    elsewhere: undefined,
    reason: undefined,
  };
}

function toService(name: string, { manifest, roles, schemas }: NonNullable<Answer["service"]>): Service {
  const { constraints } = manifest;
  const sorted = Object.entries(roles).sort(([a], [b]) => (a < b ? -1 : 1));
  return {
    name,
    origin: "nix",
    description: manifest.description ?? undefined,
    categories: manifest.categories,
    exports: manifest.exports,
    roles: new Map(
      sorted.map(([role, description]) => {
        const schema = lookUp(schemas, role);
        const none = { options: new Map(), open: "Nix has no schema of the settings" };
        return [
          role,
          {
            name: role,
            description: description ?? undefined,
            settings: schema === undefined ? none : readRoleSchema(schema),
            interfaceModules: [],
            // Whether the service fills in settings itself, the answer does not say.
            extendsSettings: true,
            reads: undefined,
            minMachines: lookUp(constraints.roles, role)?.minMachines ?? undefined,
            maxMachines: lookUp(constraints.roles, role)?.maxMachines ?? undefined,
            declared: [],
          },
        ];
      }),
    ),
    rolesOpen: undefined,
    maxInstances: constraints.maxInstances ?? undefined,
    declared: [],
  };
}
