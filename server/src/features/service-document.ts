/**
 * What the bundled catalogue knows of a service, as a Markdown document to read: for a service whose source is not at
 * hand, definitions lead there.
 *
 *   serviceDocument(zerotier)   ->   "# zerotier … ## Role `controller` … ### `allowedIds` …"
 *   findServicePlace(roles.cont▮roller)   ->   zerotier, and where "## Role `controller`" is in its document
 */
import { catalogue } from "../clan/catalogue/services.ts";
import type { Service, ServiceRole } from "../clan/model.ts";
import { showOption } from "../modules/describe.ts";
import type { Option, OptionSet } from "../modules/option-type.ts";
import { describeBounds, describeDeclaration, serviceOrigins } from "./describe.ts";
import { type Entity, findService, type ServiceName } from "./entity.ts";
import { code, paragraphs } from "./markdown.ts";
import { serviceDocs } from "./official-docs.ts";
import { attributesOf, listOf, optionsOf } from "./option-place.ts";
import type { Query, Range } from "./query.ts";
import { findSubjects } from "./subject.ts";

export interface ServiceDocument {
  readonly text: string;
  /** The words of headings, by `role` and `role setting`. */
  readonly places: ReadonlyMap<string, Range>;
}

export interface ServicePlace {
  /** Its name in the catalogue. */
  readonly service: string;
  readonly text: string;
  readonly range: Range;
}

/** Undefined for a name the catalogue does not have. */
export function findServiceDocument(name: string): ServiceDocument | undefined {
  const service = catalogue.get(name);
  return service && serviceDocument(service);
}

/** Where the document speaks of the word at the cursor; undefined where that is nothing of a service of the catalogue. */
export function findServicePlace(query: Query): ServicePlace | undefined {
  for (const { entity } of findSubjects(query)?.subjects ?? []) {
    const found = entity && placeOf(entity);
    if (found !== undefined) return found;
  }
  return undefined;
}

function placeOf(entity: Entity): ServicePlace | undefined {
  switch (entity.kind) {
    case "service":
      return placeIn(entity, entity, "");
    case "role":
      return placeIn(entity, entity.service, entity.name);
    case "setting":
      return placeIn(entity, entity.service, headingKey(entity.role, [...entity.path, entity.name]));
    default:
      return undefined;
  }
}

function placeIn({ clan }: Entity, name: ServiceName, heading: string): ServicePlace | undefined {
  const service = findService(clan, name);
  if (service?.origin !== "catalogue") return undefined;
  const { text, places } = serviceDocument(service);
  return { service: service.name, text, range: places.get(heading) ?? { start: 0, end: 0 } };
}

function headingKey(role: string, path: readonly string[]): string {
  return `${role} ${path.join("\0")}`;
}

function serviceDocument(service: Service): ServiceDocument {
  const places = new Map<string, Range>();
  let text = paragraphs(
    `# ${service.name}`,
    service.description,
    service.categories.length === 0 ? undefined : `Category: ${service.categories.join(", ")}`,
    `_${serviceOrigins[service.origin]} Its source is not on this machine._ ${serviceDocs(service) ?? ""}`,
  );
  const heading = (level: string, word: string, key: string): void => {
    const start = text.length + 2 + level.length;
    places.set(key, { start, end: start + word.length });
    text += `\n\n${level}${word}`;
  };
  const settings = (role: string, { options }: OptionSet, around: readonly string[]): void => {
    for (const [name, option] of options) {
      if (option.internal === true) continue;
      const path = [...around, name];
      if (!isGroup(option)) {
        heading("### ", code(showOption(path)), headingKey(role, path));
        text += `\n\n${paragraphs(option.description, describeDeclaration(option.type, option))}`;
      }
      const { inner, below } = insideOf(option);
      if (inner !== undefined) settings(role, inner, [...path, ...below]);
    }
  };
  for (const role of service.roles.values()) {
    heading("## Role ", code(role.name), role.name);
    text += `\n\n${describeRole(role)}`;
    settings(role.name, role.settings, []);
  }
  return { text: `${text}\n`, places };
}

function describeRole(role: ServiceRole): string {
  const none = role.settings.options.size === 0 ? "It has no settings." : undefined;
  return paragraphs(role.description, describeBounds(role), none);
}

/** A level of options that is none itself. */
function isGroup({ type }: Option): boolean {
  return type.kind === "submodule" && type.group === true;
}

/** The options in it, and what stands for the names or numbers between. */
function insideOf({ type }: Option): { inner: OptionSet | undefined; below: readonly string[] } {
  const own = optionsOf(type);
  if (own !== undefined) return { inner: own, below: [] };
  const many = attributesOf(type) ?? listOf(type);
  return { inner: many && optionsOf(many.of), below: ["<name>"] };
}
