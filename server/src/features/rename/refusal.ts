/**
 * What cannot be renamed, and what cannot be a name, in words for the person who asked.
 *
 *   refuseEntity(tag all)            ->   "The tag `all` is predefined: clan itself gives it."
 *   refuseName(machine web, "my pc") ->   "`my pc` is not a hostname: …"
 */
import { type Entity, findService, generatorsOf, optionsAround } from "../entity.ts";

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

function originOf(source: string | undefined): string {
  return source === undefined ? "comes from an input that is not known" : `comes from ${source}`;
}

/** Undefined if the thing can have the name. */
export function refuseName(entity: Entity, name: string): string | undefined {
  return (
    refuseForm(entity, name) ??
    (isTaken(entity, name) ? `The ${kindNames[entity.kind]} \`${name}\` is there already.` : undefined)
  );
}

function refuseForm({ kind }: Entity, name: string): string | undefined {
  if (name === "") return "The name is empty.";
  if (kind === "tag" && PREDEFINED_TAGS.has(name))
    return `The tag \`${name}\` is predefined: clan itself gives it.`;
  // As clan_lib/validator/hostname.py of clan-core has it.
  if (kind === "machine" && !/^(?!-)[A-Za-z0-9-]{1,63}(?<!-)$/.test(name))
    return `\`${name}\` is not a hostname: letters, digits and \`-\` inside, at most 63.`;
  const isFileName = kind === "generator" || kind === "generator-file" || kind === "prompt";
  if (isFileName && !/^[\w@+-][\w.@+-]*$/.test(name))
    return `\`${name}\` is no name for a file: letters, digits, \`.\`, \`_\`, \`-\`, \`@\` and \`+\`.`;
  return /[\n\r/]/.test(name) && kind !== "service"
    ? `\`${name}\` cannot be a name: it has a slash or a line break.`
    : undefined;
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
