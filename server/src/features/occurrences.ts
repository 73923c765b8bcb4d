/**
 * Every place in source where a thing of a clan stands, seen from the evaluated clan: it does not matter
 * through which `let`, `inherit`, function or file a name got where it means something.
 *
 *   let backup = { roles.client.tags = [ "srv" ]; }; in { instances = { inherit backup; }; }
 *   ->  instance backup at `inherit backup`, role client at `client`, tag srv at `srv`, …
 */
import type { Clan, Service } from "../clan/model.ts";
import type { OptionSet, OptionType } from "../modules/option-type.ts";
import { type Place, place } from "../rules/place.ts";
import type { Node } from "../syntax/ast.ts";
import { fixedText } from "../syntax/names.ts";
import {
  declarationsOf,
  type Entity,
  entityAt,
  entityKey,
  type ServiceName,
  serviceNameOf,
} from "./entity.ts";
import { attributesOf, listOf, optionsOf, placeOf } from "./option-place.ts";

/** `path`, `start` and `end` are those of the word, without its quotes. */
export interface Occurrence extends Place {
  readonly entity: Entity;
  /** The thing comes into being here. */
  readonly isDeclaration: boolean;
  /** A name of an attribute, one after `inherit`, a string, a name that is selected, part of a path or a script. */
  readonly how: "key" | "inherit" | "string" | "select" | "path" | "script";
  /** What is written there; undefined in a script. */
  readonly node: Node | undefined;
}

/** A place that gives a thing its name without saying it: `"web-${n}" = { }`, `${name} = { }`. */
export interface ComputedName {
  readonly entity: Entity;
  readonly node: Node;
}

/** All that a clan's evaluated model knows of a file, or of all files. */
export interface OccurrenceTable {
  /** Sorted by file and place; a word can stand for several things. */
  readonly occurrences: readonly Occurrence[];
  readonly computed: readonly ComputedName[];
}

/** Remembers what was collected of a clan as long as the clan lives. */
export class OccurrenceTables {
  private readonly tables = new WeakMap<Clan, OccurrenceTable>();

  of(clan: Clan): OccurrenceTable {
    const known = this.tables.get(clan) ?? collectOccurrences(clan);
    this.tables.set(clan, known);
    return known;
  }
}

export function collectOccurrences(clan: Clan): OccurrenceTable {
  const collector = new Collector();
  for (const [node, options] of clan.index)
    for (const option of options) {
      const entity = entityAt(placeOf(clan, option, node), node);
      if (entity !== undefined) collector.add(entity, node);
    }
  for (const { name, service } of usedServices(clan)) addDeclarations(collector, clan, name, service);
  for (const [name, node] of clan.inputs.known)
    if (node !== undefined) collector.add({ kind: "input", clan, name }, node);
  return collector.table();
}

interface UsedService {
  readonly name: ServiceName;
  readonly service: Service;
}

/** Each service of which there is an instance, once. */
function usedServices(clan: Clan): Iterable<UsedService> {
  const found = new Map<Service, UsedService>();
  for (const instance of clan.instances.known.values())
    if (instance.service.kind === "known") {
      const { service } = instance.service;
      found.set(service, { name: serviceNameOf(instance), service });
    }
  return found.values();
}

/** What the source of a service declares: its roles and their settings. */
function addDeclarations(collector: Collector, clan: Clan, name: ServiceName, service: Service): void {
  for (const node of service.declared) collector.add({ kind: "service", clan, ...name }, node);
  for (const role of service.roles.values()) {
    for (const node of role.declared)
      collector.add({ kind: "role", clan, name: role.name, service: name }, node);
    const addSettings = ({ options }: OptionSet, path: readonly string[]): void => {
      for (const [setting, { declared, type }] of options) {
        const entity: Entity = { kind: "setting", clan, name: setting, service: name, role: role.name, path };
        for (const node of declared ?? []) collector.add(entity, node);
        for (const [inner, around] of optionSetsOf(type)) addSettings(inner, [...path, setting, ...around]);
      }
    };
    addSettings(role.settings, []);
  }
}

/** The options a value of the type can hold, each with the names a person chooses around them. */
function optionSetsOf(type: OptionType): [OptionSet, readonly string[]][] {
  const own = optionsOf(type);
  if (own !== undefined) return [[own, []]];
  const members = (attributesOf(type) ?? listOf(type))?.of;
  return members === undefined
    ? []
    : optionSetsOf(members).map(([options, around]) => [options, ["<name>", ...around]]);
}

class Collector {
  private readonly found = new Map<string, Occurrence>();
  private readonly computed = new Map<string, ComputedName>();
  private readonly declarations = new Map<string, ReadonlySet<Node>>();

  add(entity: Entity, node: Node): void {
    const how = howWritten(node, entity.name);
    const id = `${entityKey(entity)} ${node.source.path} ${node.start}`;
    if (how === undefined) this.computed.set(id, { entity, node });
    else if (!this.found.has(id))
      this.found.set(id, {
        entity,
        ...place(node),
        isDeclaration: this.isDeclaration(entity, node),
        how,
        node,
      });
  }

  table(): OccurrenceTable {
    return { occurrences: [...this.found.values()].sort(inOrder), computed: [...this.computed.values()] };
  }

  private isDeclaration(entity: Entity, node: Node): boolean {
    const key = entityKey(entity);
    const declarations = this.declarations.get(key) ?? new Set(declarationsOf(entity));
    this.declarations.set(key, declarations);
    return declarations.has(node);
  }
}

/** Undefined where the name does not stand in the text as it is. */
function howWritten(node: Node, name: string): Occurrence["how"] | undefined {
  if (node.kind === "string") return fixedText(node) === name ? "string" : undefined;
  if (node.kind !== "attr-name" || node.name !== name) return undefined;
  return isBound(node) ? "key" : "inherit";
}

/** A name after `inherit` names a variable, too; others are followed by more of their path, or by a value. */
function isBound(node: Node): boolean {
  return /^(?:\s|#.*|\/\*[\s\S]*?\*\/)*[.=:]/.test(node.source.text.slice(node.end, node.end + 400));
}

export function inOrder(a: Place, b: Place): number {
  if (a.path !== b.path) return a.path < b.path ? -1 : 1;
  return a.start - b.start || a.end - b.end;
}
