/**
 * The things of a clan that code speaks of by name, and where each is declared. Hover, definition,
 * references, rename and colours all mean the same by them.
 *
 *   the word `peer` in `instances.vpn.roles.peer`   ->   { kind: "role", service: zerotier, name: "peer" }
 */
import type { Clan, Instance, Service, ServiceRole } from "../clan/model.ts";
import type { Generator } from "../clan/vars/model.ts";
import type { Option, OptionSet, OptionType } from "../modules/option-type.ts";
import type { Node } from "../syntax/ast.ts";
import {
  attributesOf,
  listOf,
  nameMeaning,
  type OptionPlace,
  optionsOf,
  placeMeaning,
  settingPath,
} from "./option-place.ts";

/** Where a service comes from ("self", "clan-core", another input; undefined if that is not known), and its name there. */
export interface ServiceName {
  readonly source: string | undefined;
  readonly name: string;
}

export type Entity = { readonly clan: Clan; readonly name: string } & (
  | { readonly kind: "machine" | "tag" | "instance" | "input" }
  | { readonly kind: "service"; readonly source: string | undefined }
  | { readonly kind: "role"; readonly service: ServiceName }
  /** `path`: the names of the settings around it. */
  | {
      readonly kind: "setting";
      readonly service: ServiceName;
      readonly role: string;
      readonly path: readonly string[];
    }
  /** On all machines that have one of that name. */
  | { readonly kind: "generator" }
  | { readonly kind: "generator-file" | "prompt"; readonly generator: string }
  /** A file or folder; `name` is its absolute path. */
  | { readonly kind: "path" }
);

export type EntityKind = Entity["kind"];

/** The same text for the same thing, also of a clan that was evaluated again. */
export function entityKey(entity: Entity): string {
  return [entity.clan.root, entity.kind, entity.name, ...partsOf(entity)].join("\0");
}

/** What tells it from others of its kind and name. */
function partsOf(entity: Entity): readonly (string | undefined)[] {
  switch (entity.kind) {
    case "service":
      return [entity.source];
    case "role":
      return [entity.service.source, entity.service.name];
    case "setting":
      return [entity.service.source, entity.service.name, entity.role, ...entity.path];
    case "generator-file":
    case "prompt":
      return [entity.generator];
    default:
      return [];
  }
}

/** What `node`, a word that stands at the place, means; undefined where it names nothing. */
export function entityAt(place: OptionPlace, node: Node): Entity | undefined {
  const { clan, option, instance, settings, isName } = place;
  const name = isName ? option.path.at(-1) : option.string();
  if (name === undefined) return undefined;
  const meaning = isName ? nameMeaning(place) : node.kind === "string" ? placeMeaning(place) : undefined;
  switch (meaning) {
    case "machine":
    case "tag":
    case "input":
      return { kind: meaning, clan, name };
    case "instance":
      return instance && { kind: "instance", clan, name };
    case "role":
      return instance && { kind: "role", clan, name, service: serviceNameOf(instance) };
    case "service":
      // A key is a service of this flake; a string is what an instance's module names.
      if (instance === undefined) return { kind: "service", clan, name, source: "self" };
      return { kind: "service", clan, ...serviceNameOf(instance) };
    default:
      break;
  }
  if (settings === undefined || !isName || option.option === undefined) return undefined;
  const service = serviceNameOf(settings.instance);
  return { kind: "setting", clan, name, service, role: settings.role.name, path: settingPath(option.parent) };
}

export function serviceNameOf({ name, module, service }: Instance): ServiceName {
  const input = module.input === null ? "clan-core" : module.input;
  const source = service.kind === "known" ? sourceOf(service.service, input) : input;
  return { source, name: module.name ?? name };
}

function sourceOf({ origin }: Service, input: string | undefined): string | undefined {
  if (origin === "self") return "self";
  return origin === "catalogue" ? "clan-core" : input;
}

/** The service, if an instance uses it and its source or the catalogue says what it is. */
export function findService({ instances: { known } }: Clan, name: ServiceName): Service | undefined {
  const found = services.get(known) ?? servicesOf(known.values());
  services.set(known, found);
  return found.get(keyOf(name));
}

// They go with the instances of the clan.
const services = new WeakMap<Clan["instances"]["known"], ReadonlyMap<string, Service>>();

function servicesOf(instances: Iterable<Instance>): ReadonlyMap<string, Service> {
  const found = new Map<string, Service>();
  for (const instance of instances) {
    const key = keyOf(serviceNameOf(instance));
    if (instance.service.kind === "known" && !found.has(key)) found.set(key, instance.service.service);
  }
  return found;
}

function keyOf({ source, name }: ServiceName): string {
  return `${source ?? ""}\0${name}`;
}

export function findRole(entity: Entity & { kind: "role" }): ServiceRole | undefined {
  return findService(entity.clan, entity.service)?.roles.get(entity.name);
}

/** Where the thing comes into being, as far as that is written in files at hand. */
export function declarationsOf(entity: Entity): readonly Node[] {
  const { clan, name } = entity;
  switch (entity.kind) {
    case "machine":
      return clan.machines.known.get(name)?.origins ?? [];
    case "tag":
      return clan.tags.known.get(name)?.origins ?? [];
    case "instance":
      return clan.instances.known.get(name)?.option.definitions.flatMap(({ keys }) => keys) ?? [];
    case "input":
      return nodesOf(clan.inputs.known.get(name));
    case "service":
      if (entity.source === "self")
        return clan.tree.at("modules", name)?.definitions.flatMap(({ keys }) => keys) ?? [];
      return findService(clan, entity)?.declared ?? [];
    case "role":
      return findRole(entity)?.declared ?? [];
    case "setting":
      return findSetting(entity)?.declared ?? [];
    case "generator":
      return generatorsOf(clan, name).flatMap(({ origins }) => origins);
    case "generator-file":
      return generatorsOf(clan, entity.generator).flatMap(
        ({ files }) => files.known.get(name)?.origins ?? [],
      );
    case "prompt":
      return generatorsOf(clan, entity.generator).flatMap(
        ({ prompts }) => prompts.known.get(name)?.origins ?? [],
      );
    case "path":
      return [];
  }
}

/** Those of that name, of each machine that has one. */
export function generatorsOf(clan: Clan, name: string): Generator[] {
  return [...clan.machines.known.keys()].flatMap(
    (machine) => clan.vars.of(machine).generators.known.get(name) ?? [],
  );
}

function findSetting(entity: Entity & { kind: "setting" }): Option | undefined {
  return optionsAround(entity)?.options.get(entity.name);
}

/** The settings among which it is; undefined where the service is not known. */
export function optionsAround(entity: Entity & { kind: "setting" }): OptionSet | undefined {
  let options = findService(entity.clan, entity.service)?.roles.get(entity.role)?.settings;
  let type: OptionType | undefined;
  for (const name of entity.path) {
    type =
      name === "<name>" ? type && (attributesOf(type) ?? listOf(type))?.of : options?.options.get(name)?.type;
    options = type && optionsOf(type);
  }
  return options;
}

function nodesOf(node: Node | undefined): readonly Node[] {
  return node === undefined ? [] : [node];
}
