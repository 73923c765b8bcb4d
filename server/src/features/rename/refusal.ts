/**
 * What cannot be renamed, and what cannot be a name, in words for the person who asked.
 *
 *   refuseEntity(tag all)            ->   "The tag `all` is predefined: clan itself gives it."
 *   refuseName(machine web, "my pc") ->   "`my pc` is not a hostname: …"
 */
import type { Instance } from "../../clan/model.ts";
import { choices } from "../../rules/words/words.ts";
import {
  type Entity,
  findService,
  generatorsOf,
  optionsAround,
  type ServiceName,
  serviceNameOf,
} from "../entity.ts";

export interface Refusal {
  readonly kind: "refused";
  /** A sentence or two. */
  readonly reason: string;
}

export function refused(reason: string): Refusal {
  return { kind: "refused", reason };
}

const PREDEFINED_TAGS = new Set(["all", "nixos", "darwin"]);

/** How people call the kinds of things. */
const kindNames: Readonly<Record<Entity["kind"], string>> = {
  machine: "machine",
  tag: "tag",
  instance: "instance",
  input: "input",
  service: "service",
  role: "role",
  setting: "setting",
  generator: "generator",
  "generator-file": "file",
  prompt: "prompt",
  path: "path",
};

/** Undefined if its name is this clan's to choose. */
export function refuseEntity(entity: Entity): string | undefined {
  const absent = showAbsent(entity);
  if (absent !== undefined) return absent;
  const { clan, name, kind } = entity;
  switch (kind) {
    case "tag":
      return PREDEFINED_TAGS.has(name)
        ? `The tag \`${name}\` is predefined: clan itself gives it.`
        : undefined;
    case "service":
      return entity.source === "self" ? undefined : `The service \`${name}\` ${originOf(entity.source)}.`;
    case "role":
    case "setting": {
      const { source, name: service } = entity.service;
      if (source === "self") return undefined;
      return `The ${kind} \`${name}\` is declared by the service \`${service}\`, which ${originOf(source)}.`;
    }
    case "generator":
    case "generator-file":
    case "prompt": {
      const generator = kind === "generator" ? name : entity.generator;
      const foreign = generatorsOf(clan, generator).find(({ origin, origins }) => {
        return origin.kind === "catalogue" || (origin.kind === "service" && origins.length === 0);
      });
      if (foreign === undefined || foreign.origin.kind === "configuration") return undefined;
      return `The generator \`${generator}\` is made by the service \`${foreign.origin.service}\`.`;
    }
    case "input":
      return "Inputs of the flake are named in flake.nix and flake.lock.";
    default:
      return undefined;
  }
}

/** A word that names nothing: the service has no such role, or there is no such service. */
function showAbsent(entity: Entity): string | undefined {
  const { clan, kind, name } = entity;
  if (kind !== "service" && kind !== "role") return undefined;
  const service: ServiceName = kind === "service" ? entity : entity.service;
  const found = findService(clan, service);
  if (kind === "role" && found !== undefined && !found.roles.has(name))
    return `\`${service.name}\` has no role \`${name}\`: write one that it has.${choices("Roles", found.roles.keys(), undefined)}`;
  const users = [...clan.instances.known.values()].filter((instance) => isOf(instance, service));
  if (users.length === 0 || !users.every((instance) => instance.service.kind === "unknown-service"))
    return undefined;
  const whose = service.source === "self" ? "This flake" : `\`${service.source}\``;
  return `${whose} has no service \`${service.name}\`: write the name of one that is there.`;
}

function isOf(instance: Instance, { source, name }: ServiceName): boolean {
  const own = serviceNameOf(instance);
  return own.source === source && own.name === name;
}

function originOf(source: string | undefined): string {
  return source === undefined ? "comes from an input that is not known" : `comes from ${source}`;
}

/** Undefined if the thing can have the name. */
export function refuseName(entity: Entity, name: string): string | undefined {
  const form = refuseForm(entity, name);
  if (form !== undefined || !isTaken(entity, name)) return form;
  const kind = kindNames[entity.kind];
  return isThere(entity)
    ? `The ${kind} \`${name}\` is there already.`
    : `There is no ${kind} \`${entity.name}\` that could be renamed. If \`${name}\` is meant, write that.`;
}

function isThere({ clan, kind, name }: Entity): boolean {
  if (kind === "machine") return clan.machines.known.has(name);
  if (kind === "tag") return clan.tags.known.has(name);
  return kind !== "generator" || generatorsOf(clan, name).length > 0;
}

function refuseForm({ kind, name: old }: Entity, name: string): string | undefined {
  if (name === "") return "The name is empty.";
  if (kind === "tag" && PREDEFINED_TAGS.has(name))
    return `The tag \`${name}\` is predefined: clan itself gives it.`;
  if (kind === "machine" && !isHostname(name, old))
    return `\`${name}\` is not a hostname: letters, digits and \`-\` inside, at most 63.`;
  const isFileName = kind === "generator" || kind === "generator-file" || kind === "prompt";
  if (isFileName && !/^[\w@+-][\w.@+-]*$/.test(name))
    return `\`${name}\` is no name for a file: letters, digits, \`.\`, \`_\`, \`-\`, \`@\` and \`+\`.`;
  return /[\n\r/]/.test(name) && kind !== "service"
    ? `\`${name}\` cannot be a name: it has a slash or a line break.`
    : undefined;
}

/**
 * As clan_lib/validator/hostname.py of clan-core has it. Nix takes others as well: what the name has already, such as `_`,
 * does no harm in the next one.
 */
function isHostname(name: string, old: string): boolean {
  const others = new Set(old.match(/[^A-Za-z0-9-]/g) ?? []);
  const plain = [...name].map((char) => (others.has(char) ? "x" : char)).join("");
  return /^(?!-)[A-Za-z0-9-]{1,63}(?<!-)$/.test(plain);
}

function isTaken(entity: Entity, name: string): boolean {
  const { clan } = entity;
  switch (entity.kind) {
    case "machine":
      return clan.machines.known.has(name);
    case "tag":
      return clan.tags.known.has(name);
    case "instance":
      return clan.instances.known.has(name);
    case "service":
      return clan.tree.at("modules", name) !== undefined;
    case "role":
      return findService(clan, entity.service)?.roles.has(name) === true;
    case "setting":
      return optionsAround(entity)?.options.has(name) === true;
    case "generator": {
      const machines = new Set(generatorsOf(clan, entity.name).map(({ machine }) => machine));
      return generatorsOf(clan, name).some(({ machine, share }) => share === true || machines.has(machine));
    }
    case "generator-file":
      return generatorsOf(clan, entity.generator).some(({ files }) => files.known.has(name));
    case "prompt":
      return generatorsOf(clan, entity.generator).some(({ prompts }) => prompts.known.has(name));
    default:
      return false;
  }
}
