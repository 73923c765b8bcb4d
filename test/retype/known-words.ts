/**
 * The words of a clan's files that completion can know, since the clan's option tree, its names or the scope say what
 * they are.
 *
 *   roles.peer.tags = [ "all" ];   ->   roles, peer, tags, all
 *
 * Words that only their own place tells of (a new machine's name) are left out: nobody could offer them.
 */
import type { Clan, Instance } from "../../server/src/clan/model.ts";
import { collectMachineOptions } from "../../server/src/features/machine-options.ts";
import {
  collectPlaces,
  nameMeaning,
  type OptionPlace,
  optionsOf,
  valueMeaning,
} from "../../server/src/features/option-place.ts";
import type { ClansOf } from "../../server/src/features/query.ts";
import type { OptionType } from "../../server/src/modules/option-type.ts";
import type { Snapshot } from "../../server/src/project/snapshot.ts";
import type { BindingLike, Node } from "../../server/src/syntax/ast.ts";
import { childrenOf } from "../../server/src/syntax/navigate.ts";

export interface KnownWord {
  readonly path: string;
  /** Without its quotes. */
  readonly start: number;
  readonly end: number;
  readonly word: string;
  /** What it is: "option", "machine", "enum", "path", "variable", … */
  readonly kind: string;
  /** Whether what stands before it in its file, and all other files, tell of it. */
  readonly isToldBefore: boolean;
}

/** Of all files of a clan, in order of file and place. */
export function collectKnownWords(clan: Clan, snapshot: Snapshot, clans: ClansOf): KnownWord[] {
  const own = new Set(clan.files);
  for (const name of clan.machines.known.keys()) for (const file of clan.vars.of(name).files) own.add(file);
  return [...own]
    .filter((path) => path.startsWith(`${clan.root}/`) && path.endsWith(".nix"))
    .sort()
    .flatMap((path) => collectWordsOf(path, clan, snapshot, clans));
}

function collectWordsOf(path: string, clan: Clan, snapshot: Snapshot, clans: ClansOf): KnownWord[] {
  const source = snapshot.source(path);
  if (source === undefined || source.problems.length > 0) return [];
  const found: KnownWord[] = [];
  const visit = (node: Node, around: readonly Node[]): void => {
    const placesOf = (): readonly OptionPlace[] => {
      const inClan = collectPlaces([clan], node);
      return inClan.length > 0
        ? inClan
        : collectMachineOptions({ snapshot, clans, path, offset: node.start }, node);
    };
    const known =
      node.kind === "path"
        ? pathWord(snapshot, node)
        : (wordAt(node, around, placesOf, clan) ?? variableWord(node, around));
    if (known !== undefined) found.push(known);
    for (const child of childrenOf(node)) visit(child, [...around, node]);
  };
  visit(source.root, []);
  return found.sort((a, b) => a.start - b.start);
}

function wordAt(
  node: Node,
  around: readonly Node[],
  placesOf: () => readonly OptionPlace[],
  clan: Clan,
): KnownWord | undefined {
  if (node.kind === "attr-name") {
    if (node.name === undefined) return undefined;
    const place = placesOf().find(({ isName }) => isName);
    return place && nameWord(node, node.name, place, clan);
  }
  if (node.kind === "string" && !node.indented && node.parts.length === 1) {
    const [part] = node.parts;
    if (part?.kind !== "text") return undefined;
    const place = placesOf().find(({ isName, option }) => !isName && option.type !== undefined);
    return place && textWord(node, part.text, place, clan);
  }
  if (node.kind === "identifier" && ["true", "false", "null"].includes(node.name)) {
    const place = placesOf().find(({ isName }) => !isName);
    if (place?.option.type === undefined || !isScalar(place.option.type)) return undefined;
    // Of one that only takes its value from here, what is written here tells nothing.
    const holder = around.at(-1);
    if (holder?.kind === "binding" && holder.path.at(-1)?.name !== place.option.path.at(-1)) return undefined;
    return wordOf(node, node.name, "literal", false, true);
  }
  return undefined;
}

function nameWord(node: Node & { kind: "attr-name" }, name: string, place: OptionPlace, clan: Clan) {
  const type = place.parent?.type;
  const declared = type && optionsOf(type)?.options.get(name);
  // What is gone nobody should write.
  if (declared?.removed !== undefined) return undefined;
  const isTold = isInstanceTold(place, node);
  if (declared !== undefined)
    return wordOf(node, name, place.settings ? "setting" : "option", node.quoted, isTold);
  const meaning = nameMeaning(place);
  const told = meaning && toldOf(clan, meaning, name, node, place.instance);
  return told && wordOf(node, name, meaning, node.quoted, told.before && isTold);
}

function textWord(node: Node, text: string, place: OptionPlace, clan: Clan): KnownWord | undefined {
  const type = place.option.type;
  const meaning = type && valueMeaning(type);
  if (meaning === undefined)
    return type !== undefined && enumOf(type).includes(text)
      ? wordOf(node, text, "enum", true, isInstanceTold(place, node))
      : undefined;
  const told = toldOf(clan, meaning, text, node, place.instance);
  return told && wordOf(node, text, meaning, true, told.before);
}

function wordOf(node: Node, word: string, kind: string, quoted: boolean, isToldBefore: boolean): KnownWord {
  const inset = quoted && node.source.text[node.start] === '"' ? 1 : 0;
  const range = { start: node.start + inset, end: node.end - inset };
  return { path: node.source.path, ...range, word, kind, isToldBefore };
}

/** The last segment of `./modules/web.nix`, where that file exists. */
function pathWord(snapshot: Snapshot, node: Node & { kind: "path" }): KnownWord | undefined {
  const [part] = node.parts;
  if (node.parts.length !== 1 || part?.kind !== "text" || !/^\.\.?\//.test(part.text)) return undefined;
  const slash = part.text.lastIndexOf("/");
  const word = part.text.slice(slash + 1);
  const { path } = node.source;
  const target = new URL(part.text, `file://${path}`).pathname;
  if (word === "" || snapshot.fileType(target) === undefined) return undefined;
  return { path, start: node.start + slash + 1, end: node.end, word, kind: "path", isToldBefore: true };
}

/** A variable that `let`, `rec` or a function around it binds. */
function variableWord(node: Node, around: readonly Node[]): KnownWord | undefined {
  const isInherited = around.at(-1)?.kind === "inherit" && node.kind === "attr-name";
  if (node.kind !== "identifier" && !isInherited) return undefined;
  const holder = around.at(-1);
  if (holder?.kind === "param" || holder?.kind === "formal") return undefined;
  if (holder?.kind === "inherit" && holder.from !== undefined && holder.from !== node) return undefined;
  const { name } = node;
  const bound = around.flatMap(bindersIn).filter((binder) => binder.name === name && binder.at !== node);
  if (name === undefined || bound.length === 0) return undefined;
  return wordOf(
    node,
    name,
    "variable",
    false,
    bound.some(({ at }) => at.start < node.start),
  );
}

function bindersIn(node: Node): { readonly name: string | undefined; readonly at: Node }[] {
  if (node.kind === "lambda") {
    const { name, formals = [] } = node.param;
    return [...(name ? [name] : []), ...formals.map((formal) => formal.name)].map((at) => ({
      name: at.name,
      at,
    }));
  }
  const binds = node.kind === "let" || (node.kind === "attrset" && node.recursive);
  return binds ? namesOf(node.bindings).map((at) => ({ name: at.name, at })) : [];
}

function namesOf(bindings: readonly BindingLike[]) {
  return bindings.flatMap((binding) =>
    binding.kind === "inherit" ? binding.names : binding.path.slice(0, 1),
  );
}

/** Whether the name is known without this place, and whether before it. */
function toldOf(
  clan: Clan,
  meaning: string,
  name: string,
  node: Node,
  instance: Instance | undefined,
): { readonly before: boolean } | undefined {
  const service = instance?.service.kind === "known" ? instance.service.service : undefined;
  const isBefore = (origin: Node) => origin.source.path !== node.source.path || origin.end < node.start;
  const always = (is: boolean) => (is ? { before: true } : undefined);
  switch (meaning) {
    case "machine": {
      const machine = clan.machines.known.get(name);
      if (machine === undefined || (machine.origins.includes(node) && machine.sources.length <= 1))
        return undefined;
      return { before: machine.sources.length > machine.origins.length || machine.origins.some(isBefore) };
    }
    case "tag": {
      const tag = clan.tags.known.get(name);
      if (tag === undefined) return undefined;
      if (!tag.predefined && tag.origins.every((origin) => origin === node)) return undefined;
      return { before: tag.predefined || tag.origins.some(isBefore) };
    }
    case "role":
      return service?.roles.has(name) === true ? { before: isServiceTold(instance, node) } : undefined;
    case "instance":
      return always(service?.name === name && instance?.option.child("module")?.child("name") === undefined);
    case "service":
      return always(service?.name === name);
    case "input":
      return always(name === "self" || clan.inputs.known.has(name));
    default:
      return undefined;
  }
}

/** What is in an instance hangs on its service. */
function isInstanceTold({ instance, option }: OptionPlace, node: Node): boolean {
  const isOfService = option.path.includes("settings") || option.path[3] === "roles";
  return !isOfService || isServiceTold(instance, node);
}

function isServiceTold(instance: Instance | undefined, node: Node): boolean {
  const definitions = ["name", "input"].flatMap(
    (part) => instance?.option.child("module")?.child(part)?.definitions ?? [],
  );
  return definitions
    .flatMap(({ keys }) => keys)
    .every((key) => key.source.path !== node.source.path || key.end < node.start);
}

function enumOf(type: OptionType): readonly unknown[] {
  if (type.kind === "enum") return type.values;
  return type.kind === "nullOr" || type.kind === "listOf" ? enumOf(type.of) : [];
}

function isScalar(type: OptionType): boolean {
  return type.kind === "bool" || (type.kind === "nullOr" && (isScalar(type.of) || type.of.kind === "str"));
}
