/**
 * Every place in source where a thing of a clan stands, seen from the evaluated clan: it does not matter
 * through which `let`, `inherit`, function or file a name got where it means something.
 *
 *   let backup = { roles.client.tags = [ "srv" ]; }; in { instances = { inherit backup; }; }
 *   ->  instance backup at `inherit backup`, role client at `client`, tag srv at `srv`, …
 */
import type { Clan, Service } from "../clan/model.ts";
import { collectSources, mentions as mentionsOf } from "../clan/sources.ts";
import type { MachineVars } from "../clan/vars/model.ts";
import type { OptionSet, OptionType } from "../modules/option-type.ts";
import type { Snapshot } from "../project/snapshot.ts";
import { isBound, type Place, place } from "../rules/parts/place.ts";
import type { Node, Source } from "../syntax/ast.ts";
import { fixedText } from "../syntax/names.ts";
import { walk } from "../syntax/navigate.ts";
import {
  declarationsOf,
  type Entity,
  entityAt,
  entityKey,
  type ServiceName,
  serviceNameOf,
} from "./entity.ts";
import type { Mention } from "./occurrences/mention.ts";
import { collectHostNames, collectPaths } from "./occurrences/paths.ts";
import { collectSelected } from "./occurrences/selected.ts";
import { collectServiceCode } from "./occurrences/service-code.ts";
import { collectShapes } from "./occurrences/shapes.ts";
import { attributesOf, listOf, optionsOf, placeOf } from "./option-place.ts";
import type { Query } from "./query.ts";

/** `path`, `start` and `end` are those of the word, without its quotes. */
export interface Occurrence extends Place {
  readonly entity: Entity;
  /** The thing comes into being here. */
  readonly isDeclaration: boolean;
  /** A name of an attribute, one after `inherit`, a string, a name that is selected, part of a path or a script. */
  readonly how: "key" | "inherit" | "string" | "script" | Mention["how"];
  /** What is written there; undefined in a script. */
  readonly node: Node | undefined;
  /** False where the same text could mean something else. */
  readonly sure: boolean;
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
  private readonly vars = new WeakMap<Clan, OccurrenceTable>();
  private readonly mentions = new WeakMap<Clan, WeakMap<Source, readonly Occurrence[]>>();
  private readonly shapes = new WeakMap<Clan, WeakMap<Source, readonly Occurrence[]>>();

  /** What the clan's own options define; without what is in the configurations of its machines. */
  of(clan: Clan): OccurrenceTable {
    const known = this.tables.get(clan) ?? collectOccurrences(clan);
    this.tables.set(clan, known);
    return known;
  }

  varsOf(clan: Clan): OccurrenceTable {
    const known = this.vars.get(clan) ?? collectVars(clan, machinesOf(clan));
    this.vars.set(clan, known);
    return known;
  }

  /**
   * Those in one file that are surely meant, sorted: for what is shown all the time, and so has to be quick. Of
   * generators only those of one machine whose configuration has the file.
   */
  shownIn(clan: Clan, snapshot: Snapshot, path: string): readonly Occurrence[] {
    const source = snapshot.source(path);
    if (source === undefined) return [];
    const defined = [...this.of(clan).occurrences, ...this.firstVarsIn(clan, source)];
    const here = defined.filter((each) => each.path === path);
    return merge(
      here,
      this.mentionsIn(clan, source).filter(({ sure }) => sure),
    );
  }

  /** To know that no machine has a file, all have to be evaluated: not for one that says nothing of generators. */
  private firstVarsIn(clan: Clan, source: Source): readonly Occurrence[] {
    if (!source.text.includes("generators")) return [];
    for (const vars of clan.vars.machinesReading(source.path)) return collectVars(clan, [vars]).occurrences;
    return [];
  }

  /** Those in one file, sorted; with what its code and paths mention. */
  inFile(clan: Clan, snapshot: Snapshot, path: string): readonly Occurrence[] {
    const source = snapshot.source(path);
    const defined = [...this.of(clan).occurrences, ...this.varsOf(clan).occurrences].filter(
      (each) => each.path === path,
    );
    return source === undefined
      ? defined
      : withShapes(merge(defined, this.mentionsIn(clan, source)), this.shapesIn(clan, source));
  }

  /**
   * Those in all files in which the clan can be mentioned, sorted. With `names`, of other things only some: files
   * that hold none of the names are not looked at.
   */
  everywhere(clan: Clan, snapshot: Snapshot, names?: ReadonlySet<string>): readonly Occurrence[] {
    const sources = collectSources(clan, snapshot, names && mentionsOf(names));
    const mentions = sources.flatMap((source) => this.mentionsIn(clan, source));
    const defined = [...this.of(clan).occurrences, ...this.varsOf(clan).occurrences];
    const shapes = sources.flatMap((source) => this.shapesIn(clan, source));
    return withShapes(merge(defined, mentions), shapes);
  }

  /** Of the word at the offset, what it may mean in code that is not evaluated now. */
  perhapsAt(clan: Clan, { snapshot, path, offset }: Query): readonly Occurrence[] {
    const source = snapshot.source(path);
    return source === undefined ? [] : collectShapes(clan, source, offset).map(toOccurrence);
  }

  private shapesIn(clan: Clan, source: Source): readonly Occurrence[] {
    const ofClan = this.shapes.get(clan) ?? new WeakMap<Source, readonly Occurrence[]>();
    this.shapes.set(clan, ofClan);
    const known = ofClan.get(source) ?? collectShapes(clan, source).map(toOccurrence);
    ofClan.set(source, known);
    return known;
  }

  private mentionsIn(clan: Clan, source: Source): readonly Occurrence[] {
    const ofClan = this.mentions.get(clan) ?? new WeakMap<Source, readonly Occurrence[]>();
    this.mentions.set(clan, ofClan);
    const known = ofClan.get(source) ?? collectMentions(clan, source);
    ofClan.set(source, known);
    return known;
  }
}

function* machinesOf(clan: Clan): Iterable<MachineVars> {
  for (const machine of clan.machines.known.keys()) yield clan.vars.of(machine);
}

function merge(defined: readonly Occurrence[], mentions: readonly Occurrence[]): readonly Occurrence[] {
  const found = new Map<string, Occurrence>();
  for (const each of [...defined, ...mentions]) {
    const id = `${entityKey(each.entity)} ${each.path} ${each.start}`;
    if (!found.has(id)) found.set(id, each);
  }
  return [...found.values()].sort(inOrder);
}

function collectVars(clan: Clan, machines: Iterable<MachineVars>): OccurrenceTable {
  const collector = new Collector();
  for (const machine of machines) addVars(collector, clan, machine);
  return collector.table();
}

/** A machine's generators, with their files and prompts, where they are defined and referred to. */
function addVars(collector: Collector, clan: Clan, { generators, references }: MachineVars): void {
  for (const { name, origins, files, prompts, dependencies } of generators.known.values()) {
    for (const node of origins) collector.add({ kind: "generator", clan, name }, node, true);
    // A prompt that persists is a file as well; what is written is the prompt.
    for (const [kind, parts] of [
      ["prompt", prompts],
      ["generator-file", files],
    ] as const)
      for (const part of parts.known.values())
        for (const node of part.origins)
          collector.add({ kind, clan, name: part.name, generator: name }, node, true);
    for (const dependency of dependencies.known.values())
      for (const node of dependency.origins)
        collector.add({ kind: "generator", clan, name: dependency.name }, node, false);
  }
  for (const { how, generator, file, prompt } of references) {
    const written = how === "configuration" ? "select" : how === "dependency" ? "string" : "script";
    // `$out/key` and `$prompts/pin` are of the generator around them, which they do not name.
    if (how !== "script-out" && how !== "script-prompt")
      collector.addPlace({ kind: "generator", clan, name: generator.name }, generator, written);
    for (const [kind, part] of [
      ["generator-file", file],
      ["prompt", prompt],
    ] as const)
      if (part !== undefined)
        collector.addPlace({ kind, clan, name: part.name, generator: generator.name }, part, written);
  }
}

/** What code and paths of one file name, without defining anything. */
function collectMentions(clan: Clan, source: Source): readonly Occurrence[] {
  const mentions: Mention[] = [...collectServiceCode(clan, source)];
  if (source.language === "nix")
    walk(source.root, (node) => {
      mentions.push(
        ...collectSelected(clan, node),
        ...collectPaths(clan, node),
        ...collectHostNames(clan, node),
      );
    });
  return mentions.map(toOccurrence);
}

function toOccurrence({ entity, node, word, how, sure }: Mention): Occurrence {
  return { entity, ...place(node), ...word, isDeclaration: false, how, node, sure };
}

/** A word whose meaning is known means nothing else. */
function withShapes(known: readonly Occurrence[], shapes: readonly Occurrence[]): readonly Occurrence[] {
  const words = new Set(known.map(({ path, start }) => `${path}:${start}`));
  return merge(
    known,
    shapes.filter(({ path, start }) => !words.has(`${path}:${start}`)),
  );
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
    for (const { setting, path, declared } of declaredSettings(role.settings))
      for (const node of declared)
        collector.add({ kind: "setting", clan, name: setting, service: name, role: role.name, path }, node);
  }
}

/** Types may hold one another many times, or themselves: of so many settings nobody asks for the others. */
const MAX_SETTINGS = 5_000;
const MAX_NESTING = 30;

interface DeclaredSetting {
  readonly setting: string;
  readonly path: readonly string[];
  readonly declared: readonly Node[];
}

/** The settings with those inside them, level by level. */
function declaredSettings(settings: OptionSet): readonly DeclaredSetting[] {
  const found: DeclaredSetting[] = [];
  const pending: [OptionSet, readonly string[]][] = [[settings, []]];
  for (const [{ options }, path] of pending)
    for (const [setting, { declared, type }] of options) {
      if (found.length === MAX_SETTINGS) return found;
      found.push({ setting, path, declared: declared ?? [] });
      if (path.length >= MAX_NESTING) continue;
      for (const [inner, around] of optionSetsOf(type)) pending.push([inner, [...path, setting, ...around]]);
    }
  return found;
}

/** The options a value of the type can hold, each with the names a person chooses around them. */
function optionSetsOf(type: OptionType, around: readonly string[] = []): [OptionSet, readonly string[]][] {
  const own = optionsOf(type);
  if (own !== undefined) return [[own, around]];
  const members = (attributesOf(type) ?? listOf(type))?.of;
  return members === undefined || around.length >= MAX_NESTING
    ? []
    : optionSetsOf(members, [...around, "<name>"]);
}

class Collector {
  private readonly found = new Map<string, Occurrence>();
  private readonly computed = new Map<string, ComputedName>();
  private readonly declarations = new Map<string, ReadonlySet<Node>>();

  add(entity: Entity, node: Node, isDeclaration = this.isDeclaration(entity, node)): void {
    const how = howWritten(node, entity.name);
    const id = `${entityKey(entity)} ${node.source.path} ${node.start}`;
    if (how === undefined) this.computed.set(id, { entity, node });
    else if (!this.found.has(id))
      this.found.set(id, {
        entity,
        ...place(node),
        isDeclaration,
        how,
        node,
        sure: true,
      });
  }

  addPlace(entity: Entity, { path, start, end }: Place, how: Occurrence["how"]): void {
    const id = `${entityKey(entity)} ${path} ${start}`;
    const word = { path, start, end };
    if (!this.found.has(id))
      this.found.set(id, { entity, ...word, isDeclaration: false, how, node: undefined, sure: true });
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

export function inOrder(a: Place, b: Place): number {
  if (a.path !== b.path) return a.path < b.path ? -1 : 1;
  return a.start - b.start || a.end - b.end;
}
