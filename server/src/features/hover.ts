/**
 * Hover: what the word under the cursor is in the clan, as Markdown.
 *
 *   roles.pe▮er   ->   role `peer` of `zerotier`, what it does, its machines and the tags that brought them
 */
import type { Instance } from "../clan/model.ts";
import {
  describeInstance,
  describeMachine,
  describeOption,
  describeRole,
  describeService,
  describeTag,
} from "./describe.ts";
import { describeEffective } from "./describe-setting.ts";
import { describeVarsWord } from "./describe-vars.ts";
import { type Entity, findRole, findService } from "./entity.ts";
import type { OccurrenceTables } from "./occurrences.ts";
import { optionDocs, serviceDocs } from "./official-docs.ts";
import type { OptionPlace } from "./option-place.ts";
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
  if (found === undefined) return hoverMention(query, tables);
  const texts = [...new Set(found.subjects.map(describe))];
  const rest = texts.length - maximumPlaces;
  const shown = rest > 0 ? [...texts.slice(0, maximumPlaces), `… and ${rest} more places`] : texts;
  return { range: found.range, text: shown.join("\n\n---\n\n") };
}

/** What code around the clan speaks of: `self.nixosConfigurations.web`, `./machines/web`. */
function hoverMention(query: Query, tables: OccurrenceTables): Hover | undefined {
  const [mention] = findOccurrencesAt(query, (clan) => tables.shownIn(clan, query.snapshot, query.path));
  const { entity } = mention ?? {};
  const instance = entity?.clan.instances.known.get(entity.name);
  const text = entity && describeEntity(entity, entity.kind === "instance" ? instance : undefined);
  return mention === undefined || text === undefined
    ? undefined
    : { range: { start: mention.start, end: mention.end }, text };
}

function describe({ at, entity }: Subject): string {
  const text = (entity && describeEntity(entity, at.instance)) ?? describePlace(at);
  const docs = docsOf(at, entity);
  return docs === undefined ? text : `${text}\n\n${docs}`;
}

/** A link to clan's documentation, for what is clan's own and not the user's. */
function docsOf(
  { clan, option, instance, settings }: OptionPlace,
  entity: Entity | undefined,
): string | undefined {
  switch (entity?.kind) {
    case undefined:
      if (option.option === undefined) return undefined;
      return settings === undefined ? optionDocs(option.path) : serviceDocs(settings.service);
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
      return service && serviceDocs(service);
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
    case "role":
      return describeRole(name, findRole(entity), findService(clan, entity.service), instance);
    case "service": {
      const service = findService(clan, entity);
      return service && describeService(service);
    }
    default:
      return undefined;
  }
}

/** Of a setting, what it is on each machine says more than what is written here. */
function describePlace({ clan, option, settings }: OptionPlace): string {
  if (settings === undefined) return describeOption(option.path, option.type, option.option, option);
  const effective = describeEffective(clan, settings, option.path.slice(settings.tree.path.length));
  const text = describeOption(
    option.path,
    option.type,
    option.option,
    effective === undefined ? option : undefined,
  );
  return effective === undefined ? text : `${text}\n\n${effective}`;
}
