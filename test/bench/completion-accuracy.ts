/**
 * How often completion offers what a person wrote: each name and value of a clan that its option tree knows is
 * deleted in turn, completion is asked for in its place, and the rank of the deleted word is looked up.
 *
 *   roles.▮.tags.all = { };   ->   "peer" is offered, 2nd of 3
 *
 * Words only their own place tells of (a new machine's name) are left out: nobody could offer them.
 */
import { basename, join, resolve } from "node:path";
import { evaluateClans } from "../../server/src/clan/evaluate.ts";
import type { Clan, Instance } from "../../server/src/clan/model.ts";
import { nodeFileSystem } from "../../server/src/entry/node-files.ts";
import { complete } from "../../server/src/features/completion/complete.ts";
import {
  collectPlaces,
  nameMeaning,
  optionsOf,
  valueMeaning,
} from "../../server/src/features/option-place.ts";
import type { ClansOf } from "../../server/src/features/query.ts";
import type { OptionType } from "../../server/src/modules/option-type.ts";
import { CodeCache } from "../../server/src/nix/evaluator.ts";
import type { Snapshot } from "../../server/src/project/snapshot.ts";
import { Workspace } from "../../server/src/project/workspace.ts";
import type { Node } from "../../server/src/syntax/ast.ts";
import { walk } from "../../server/src/syntax/navigate.ts";
import type { NixParser } from "../../server/src/syntax/parser.ts";
import { median } from "./measure.ts";
import type { Section } from "./section.ts";

export const completionAccuracy: Section = {
  name: "completion",
  about: "each name and value is deleted and asked for: how often it is offered, and its rank",
  run({ parser, root, clans: others }) {
    const folders = [join(root, "examples/nix-config"), join(root, "examples/homelab"), ...others];
    return {
      head: ["clan", "words", "offered", "share", "median rank", "mean rank", "not offered"],
      rows: folders.map((folder) => rowOf(folder, parser)),
    };
  },
};

function rowOf(folder: string, parser: NixParser): string[] {
  const snapshot = new Workspace({ fileSystem: nodeFileSystem, parser, roots: [resolve(folder)] }).snapshot();
  const codes = new CodeCache();
  const clans: ClansOf = (asked) => evaluateClans(asked, { codes });
  const probes = new Map<string, Probe>();
  for (const clan of clans(snapshot))
    for (const probe of collectProbes(clan, snapshot)) probes.set(`${probe.path}:${probe.start}`, probe);
  const results = [...probes.values()].map((probe) => ask(probe, snapshot, clans));
  const ranks = results.flatMap(({ rank }) => rank ?? []);
  const mean = ranks.reduce((sum, rank) => sum + rank, 0) / ranks.length;
  return [
    basename(folder),
    String(results.length),
    String(ranks.length),
    `${((100 * ranks.length) / results.length).toFixed(1)} %`,
    String(median(ranks)),
    mean.toFixed(1),
    results
      .filter(({ rank }) => rank === undefined)
      .map(({ word }) => word)
      .join(" "),
  ];
}

/** A word and where its content (without quotes) stands. */
interface Probe {
  readonly path: string;
  readonly start: number;
  readonly end: number;
  readonly word: string;
  /** What it is: "option", "machine", "value", "path", … */
  readonly kind: string;
}

interface ProbeResult extends Probe {
  /** From 1; undefined if the word is not offered. */
  readonly rank: number | undefined;
  readonly offered: number;
}

/** All probes of a clan's files, in order of file and place. */
function collectProbes(clan: Clan, snapshot: Snapshot): Probe[] {
  const own = [...clan.files]
    .filter((path) => path.startsWith(`${clan.root}/`) && path.endsWith(".nix"))
    .sort();
  return own.flatMap((path) => {
    const source = snapshot.source(path);
    const probes: Probe[] = [];
    if (source === undefined || source.problems.length > 0) return probes;
    walk(source.root, (node) => {
      const probe = probeAt(clan, snapshot, node);
      if (probe !== undefined) probes.push(probe);
    });
    return probes;
  });
}

function probeAt(clan: Clan, snapshot: Snapshot, node: Node): Probe | undefined {
  if (node.kind === "path") return pathProbe(snapshot, node);
  const [place] = collectPlaces([clan], node);
  if (place === undefined) return undefined;
  if (node.kind === "attr-name") {
    if (!place.isName || node.name === undefined) return undefined;
    const declared = place.parent?.type && optionsOf(place.parent.type)?.options.has(node.name);
    const meaning = nameMeaning(place);
    if (
      !declared &&
      (meaning === undefined || !isKnownElsewhere(clan, meaning, node.name, node, place.instance))
    )
      return undefined;
    return probeOf(node, node.name, declared ? "option" : (meaning ?? "option"), node.quoted);
  }
  if (place.isName || place.option.type === undefined) return undefined;
  if (node.kind === "string" && !node.indented && node.parts.length === 1) {
    const [part] = node.parts;
    if (part?.kind !== "text") return undefined;
    const meaning = valueMeaning(place.option.type);
    const isKnown =
      meaning === undefined
        ? enumOf(place.option.type).includes(part.text)
        : isKnownElsewhere(clan, meaning, part.text, node, place.instance);
    return isKnown ? probeOf(node, part.text, meaning ?? "enum", true) : undefined;
  }
  if (node.kind === "identifier" && ["true", "false", "null"].includes(node.name))
    return isScalar(place.option.type) ? probeOf(node, node.name, "literal", false) : undefined;
  return undefined;
}

function probeOf(node: Node, word: string, kind: string, quoted: boolean): Probe {
  const inset = quoted && node.source.text[node.start] === '"' ? 1 : 0;
  return { path: node.source.path, start: node.start + inset, end: node.end - inset, word, kind };
}

/** The last segment of `./modules/web.nix`, where that file exists. */
function pathProbe(snapshot: Snapshot, node: Node & { kind: "path" }): Probe | undefined {
  const [part] = node.parts;
  if (node.parts.length !== 1 || part?.kind !== "text" || !/^\.\.?\//.test(part.text)) return undefined;
  const slash = part.text.lastIndexOf("/");
  const word = part.text.slice(slash + 1);
  const { path } = node.source;
  const target = new URL(part.text, `file://${path}`).pathname;
  if (word === "" || snapshot.fileType(target) === undefined) return undefined;
  return { path, start: node.start + slash + 1, end: node.end, word, kind: "path" };
}

/** Whether the clan knows the name without this place. */
function isKnownElsewhere(
  clan: Clan,
  meaning: string,
  name: string,
  node: Node,
  instance: Instance | undefined,
): boolean {
  const service = instance?.service.kind === "known" ? instance.service.service : undefined;
  switch (meaning) {
    case "machine": {
      const machine = clan.machines.known.get(name);
      return machine !== undefined && (!machine.origins.includes(node) || machine.sources.length > 1);
    }
    case "tag": {
      const tag = clan.tags.known.get(name);
      return tag !== undefined && (tag.predefined || tag.origins.some((origin) => origin !== node));
    }
    case "role":
      return service?.roles.has(name) === true;
    case "instance":
      return service?.name === name && instance?.option.child("module")?.child("name") === undefined;
    case "service":
      return service?.name === name;
    case "input":
      return name === "self" || clan.inputs.known.has(name);
    default:
      return false;
  }
}

function enumOf(type: OptionType): readonly unknown[] {
  if (type.kind === "enum") return type.values;
  return type.kind === "nullOr" || type.kind === "listOf" ? enumOf(type.of) : [];
}

function isScalar(type: OptionType): boolean {
  return type.kind === "bool" || (type.kind === "nullOr" && (isScalar(type.of) || type.of.kind === "str"));
}

/** Deletes the word and asks. */
function ask(probe: Probe, snapshot: Snapshot, clans: ClansOf): ProbeResult {
  const { path, start, end, word } = probe;
  const text = snapshot.readFile(path) ?? "";
  const edited = snapshot.with(path, text.slice(0, start) + text.slice(end));
  const items = complete({ snapshot: edited, clans, path, offset: start });
  const index = items.findIndex(
    (item) => item.filterText === word || item.label === word || item.filterText === `${word}/`,
  );
  return { ...probe, rank: index < 0 ? undefined : index + 1, offered: items.length };
}
