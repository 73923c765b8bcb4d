/**
 * Hover: what the word under the cursor is in the clan, as Markdown.
 *
 *   roles.pe▮er   ->   role `peer` of `zerotier`, what it does, its machines and the tags that brought them
 */
import {
  describeInstance,
  describeMachine,
  describeOption,
  describeRole,
  describeService,
  describeTag,
} from "./describe.ts";
import type { Query, Range } from "./query.ts";
import { findSubjects, type Subject } from "./subject.ts";

export interface Hover {
  readonly range: Range;
  /** Markdown. */
  readonly text: string;
}

/** More places of one word than this are counted, not shown. */
const maximumPlaces = 5;

export function hover(query: Query): Hover | undefined {
  const found = findSubjects(query);
  if (found === undefined) return undefined;
  const texts = [...new Set(found.subjects.map(describe))];
  const rest = texts.length - maximumPlaces;
  const shown = rest > 0 ? [...texts.slice(0, maximumPlaces), `… and ${rest} more places`] : texts;
  return { range: found.range, text: shown.join("\n\n---\n\n") };
}

function describe(subject: Subject): string {
  return describeNamed(subject) ?? describePlace(subject);
}

function describeNamed(subject: Subject): string | undefined {
  const { clan } = subject.at;
  switch (subject.kind) {
    case "machine":
      return describeMachine(clan, subject.name);
    case "tag":
      return describeTag(clan, subject.name);
    case "instance":
      return describeInstance(subject.instance);
    case "role":
      return describeRole(subject.name, subject.declared, subject.service, subject.instance);
    case "service":
      return describeService(subject.service);
    default:
      return undefined;
  }
}

function describePlace({ at: { option } }: Subject): string {
  return describeOption(option.path, option.type, option.option, option);
}
