/**
 * What a word of the code stands for in the clan: a machine, a role, a setting, … Hover, definition and code
 * actions all begin here.
 *
 *   tags = [ "s▮rv" ]   ->   { kind: "tag", name: "srv" }
 */
import type { Instance, Machine, Service, ServiceRole } from "../clan/model.ts";
import type { Meaning } from "../modules/option-type.ts";
import { place } from "../rules/place.ts";
import type { Node } from "../syntax/ast.ts";
import { nodesAt } from "../syntax/navigate.ts";
import { collectPlaces, nameMeaning, type OptionPlace, valueMeaning } from "./option-place.ts";
import { clansReading, type Query, type Range } from "./query.ts";

export type Subject = { readonly at: OptionPlace } & (
  | { readonly kind: "machine"; readonly name: string; readonly machine: Machine | undefined }
  | { readonly kind: "tag"; readonly name: string }
  | { readonly kind: "input"; readonly name: string }
  | { readonly kind: "instance"; readonly instance: Instance }
  | {
      readonly kind: "role";
      readonly name: string;
      readonly instance: Instance;
      readonly service: Service | undefined;
      readonly declared: ServiceRole | undefined;
    }
  | { readonly kind: "service"; readonly service: Service }
  /** Any other option, a setting among them. */
  | { readonly kind: "option" }
);

export interface SubjectsAt {
  /** The word, without its quotes. */
  readonly range: Range;
  /** One for each place the word stands in. */
  readonly subjects: readonly Subject[];
}

/** Undefined where no word stands, or the word has no part in a clan. */
export function findSubjects(query: Query): SubjectsAt | undefined {
  const source = query.snapshot.source(query.path);
  if (source === undefined) return undefined;
  const node = nodesAt(source, query.offset).findLast(isWord);
  if (node === undefined) return undefined;
  const subjects = collectPlaces(clansReading(query), node).map((at) => subjectAt(at, node));
  return subjects.length === 0 ? undefined : { range: place(node), subjects };
}

function isWord(node: Node): boolean {
  switch (node.kind) {
    case "attr-name":
    case "identifier":
    case "string":
    case "int":
    case "float":
    case "path":
      return true;
    default:
      return false;
  }
}

function subjectAt(at: OptionPlace, node: Node): Subject {
  const name = at.isName ? at.option.path.at(-1) : at.option.string();
  const meaning = at.isName ? nameMeaning(at) : isText(node) ? valueMeaning(at.option.type) : undefined;
  return (
    (name !== undefined && meaning !== undefined ? named(meaning, name, at) : undefined) ?? {
      kind: "option",
      at,
    }
  );
}

function isText(node: Node): boolean {
  return node.kind === "string";
}

/** Undefined where the name names nothing that is known. */
function named(meaning: Meaning, name: string, at: OptionPlace): Subject | undefined {
  const { clan, instance } = at;
  const service = instance?.service.kind === "known" ? instance.service.service : undefined;
  switch (meaning) {
    case "machine":
      return { kind: "machine", at, name, machine: clan.machines.known.get(name) };
    case "tag":
      return { kind: "tag", at, name };
    case "input":
      return { kind: "input", at, name };
    case "instance":
      return instance && { kind: "instance", at, instance };
    case "role":
      return instance && { kind: "role", at, name, instance, service, declared: service?.roles.get(name) };
    case "service":
      return service && { kind: "service", at, service };
    default:
      return undefined;
  }
}
