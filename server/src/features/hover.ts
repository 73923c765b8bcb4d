/**
 * Hover: what the word under the cursor is in the clan, as Markdown.
 *
 *   roles.pe▮er   ->   role `peer` of `zerotier`, what it does, its machines and the tags that brought them
 */
import type { Instance } from "../clan/model.ts";
import type { OptionNode } from "../modules/option-node.ts";
import { place } from "../rules/parts/place.ts";
import { nodesAt } from "../syntax/navigate.ts";
import { describeArgument, describeModuleWord } from "./code-words.ts";
import { describeGivenName } from "./completion/given-names.ts";
import {
  describeInstance,
  describeMachine,
  describeOption,
  describeRole,
  describeService,
  describeTag,
} from "./describe.ts";
import { describeEffective, describeRoleSettings } from "./describe-setting.ts";
import { describeVarsWord } from "./describe-vars.ts";
import { type Entity, findRole, findService } from "./entity.ts";
import { paragraphs } from "./markdown.ts";
import type { Occurrence, OccurrenceTables } from "./occurrences.ts";
import { machineOptionDocs, optionDocs, serviceDocs } from "./official-docs.ts";
import { listOf, type OptionPlace, optionsOf, parentOf, placeMeaning } from "./option-place.ts";
import type { Query, Range } from "./query.ts";
import { findOccurrencesAt } from "./references.ts";
import { findSubjects, type Subject } from "./subject.ts";
import { findVarsWord } from "./vars-words.ts";

export interface Hover {
  readonly range: Range;
  /** Markdown. */
  readonly text: string;
}

/** More places of one word than this are counted, not shown. */
const maximumPlaces = 5;

export function hover(query: Query, tables: OccurrenceTables): Hover | undefined {
  const word = findVarsWord(query);
  if (word !== undefined) return { range: word.range, text: describeVarsWord(word) };
  const found = findSubjects(query);
  const texts = [
    ...new Set(ownSubjects(found?.subjects ?? []).flatMap((subject) => describe(subject) ?? [])),
  ];
  if (found === undefined || texts.length === 0) return hoverElsewhere(query, tables);
  const rest = texts.length - maximumPlaces;
  const shown = rest > 0 ? [...texts.slice(0, maximumPlaces), `… and ${rest} more places`] : texts;
  return { range: found.range, text: shown.join("\n\n---\n\n") };
}

/** In code that does not define the clan, or is switched off. */
function hoverElsewhere(query: Query, tables: OccurrenceTables): Hover | undefined {
  return (
    hoverMention(findOccurrencesAt(query, (clan) => tables.shownIn(clan, query.snapshot, query.path))) ??
    hoverCode(query) ??
    hoverMention(findOccurrencesAt(query, (clan) => tables.perhapsAt(clan, query)))
  );
}

/** What code around the clan speaks of: `self.nixosConfigurations.web`, `./machines/web`. */
function hoverMention([mention]: readonly Occurrence[]): Hover | undefined {
  const { entity } = mention ?? {};
  const instance = entity?.clan.instances.known.get(entity.name);
  const text = entity && describeEntity(entity, entity.kind === "instance" ? instance : undefined);
  return mention === undefined || text === undefined
    ? undefined
    : { range: { start: mention.start, end: mention.end }, text };
}

/**
 * What the word is where it is written: the name of a machine is also an element of the tag `all`, which clan
 * computes from it.
 */
function ownSubjects(subjects: readonly Subject[]): readonly Subject[] {
  const names = subjects.filter(({ at }) => at.isName);
  return names.length > 0 ? names : subjects;
}

/** What names of the code around options mean: arguments clan gives, and what a module says of itself. */
function hoverCode(query: Query): Hover | undefined {
  const source = query.snapshot.source(query.path);
  const nodes = source === undefined ? [] : nodesAt(source, query.offset);
  const node = nodes.at(-1);
  if (node === undefined) return undefined;
  const text =
    describeArgument(query, nodes) ?? describeGivenName(query, nodes) ?? describeModuleWord(query, nodes);
  return text === undefined ? undefined : { range: place(node), text };
}

function describe({ at, entity }: Subject): string | undefined {
  const text =
    (entity && describeEntity(entity, at.instance)) ??
    describeInterface(at) ??
    describePlace(listOfElement(at));
  const docs = text === undefined ? undefined : docsOf(at, entity);
  return docs === undefined ? text : `${text}\n\n${docs}`;
}

/** An interface that a manifest names. */
function describeInterface(at: OptionPlace): string | undefined {
  if (at.isName || placeMeaning(at) !== "interface") return undefined;
  const name = at.option.string();
  const found = name === undefined ? undefined : at.clan.exportInterfaces().options.get(name);
  if (name === undefined || found === undefined) return undefined;
  const options = [...(optionsOf(found.type)?.options.keys() ?? [])].map((option) => `\`${option}\``);
  const text = describeOption([name], undefined, { ...found, default: undefined });
  return options.length === 0 ? text : `${text}\n\nOptions: ${options.join(", ")}.`;
}

/** An element is described by its list: its own path, with its number, is nothing a person writes. */
function listOfElement(at: OptionPlace): OptionPlace {
  const { parent } = at;
  if (at.isName || parent?.type === undefined || listOf(parent.type) === undefined) return at;
  return listOfElement({ ...at, option: parent, parent: parentOf(at.clan, parent) });
}

/** A link to clan's documentation, for what is clan's own and not the user's. */
function docsOf(
  { clan, option, instance, settings, machine }: OptionPlace,
  entity: Entity | undefined,
): string | undefined {
  switch (entity?.kind) {
    case undefined:
      if (option.option === undefined) return undefined;
      if (settings !== undefined) return serviceDocs(settings.service, settings.role.name);
      return machine === undefined ? optionDocs(option.path) : machineOptionDocs(option.path);
    case "service":
    case "role":
    case "setting":
    case "instance": {
      const service =
        entity.kind === "service"
          ? findService(clan, entity)
          : instance?.service.kind === "known"
            ? instance.service.service
            : undefined;
      const role = entity.kind === "role" ? entity.name : entity.kind === "setting" ? entity.role : undefined;
      return service && serviceDocs(service, role);
    }
    default:
      return undefined;
  }
}

/** Undefined where the option says as much. */
function describeEntity(entity: Entity, instance: Instance | undefined): string | undefined {
  const { clan, name } = entity;
  switch (entity.kind) {
    case "machine":
      return describeMachine(clan, name);
    case "tag":
      return describeTag(clan, name);
    case "instance":
      return instance && describeInstance(instance);
    case "role": {
      const role = instance?.roles.get(name);
      const settings = instance && role && describeRoleSettings(clan, instance, role);
      const text = describeRole(name, findRole(entity), findService(clan, entity.service), instance);
      return settings === undefined ? text : paragraphs(text, settings);
    }
    case "service": {
      const service = findService(clan, entity);
      return service && describeService(service);
    }
    default:
      return undefined;
  }
}

/** Of a setting, what it is on each machine says more than what is written here. */
function describePlace(at: OptionPlace): string | undefined {
  const { clan, option, settings } = at;
  // A level of options that modules of NixOS declare: there is nothing to say of it.
  if (isUndescribedLevel(option)) return undefined;
  if (settings === undefined) return describeOption(option.path, option.type, option.option, at);
  const effective = describeEffective(clan, settings, option.path.slice(settings.tree.path.length));
  const text = describeOption(
    option.path,
    option.type,
    option.option,
    effective === undefined ? at : undefined,
  );
  return effective === undefined ? text : `${text}\n\n${effective}`;
}

function isUndescribedLevel({ path, option, type }: OptionNode): boolean {
  const isLevel = type?.kind === "submodule" && type.group === true;
  return isLevel && option?.description === undefined && path[0] !== "clan";
}
