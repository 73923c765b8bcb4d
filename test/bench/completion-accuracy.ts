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
import type { Clan } from "../../server/src/clan/model.ts";
import { nodeFileSystem } from "../../server/src/entry/node-files.ts";
import { complete } from "../../server/src/features/completion/complete.ts";
import type { ClansOf } from "../../server/src/features/query.ts";
import { CodeCache } from "../../server/src/nix/evaluator.ts";
import type { Snapshot } from "../../server/src/project/snapshot.ts";
import { Workspace } from "../../server/src/project/workspace.ts";
import type { NixParser } from "../../server/src/syntax/parser.ts";
import { collectKnownWords, type KnownWord } from "../retype/known-words.ts";
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
  const known = new WeakMap<Snapshot, readonly Clan[]>();
  const clans: ClansOf = (asked) => {
    const found = known.get(asked) ?? evaluateClans(asked, { codes });
    known.set(asked, found);
    return found;
  };
  const probes = new Map<string, KnownWord>();
  for (const clan of clans(snapshot))
    for (const word of collectKnownWords(clan, snapshot, clans))
      probes.set(`${word.path}:${word.start}`, word);
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

interface ProbeResult extends KnownWord {
  /** From 1; undefined if the word is not offered. */
  readonly rank: number | undefined;
}

/** Deletes the word and asks. */
function ask(probe: KnownWord, snapshot: Snapshot, clans: ClansOf): ProbeResult {
  const { path, start, end, word } = probe;
  const text = snapshot.readFile(path) ?? "";
  const edited = snapshot.with(path, text.slice(0, start) + text.slice(end));
  const items = complete({ snapshot: edited, clans, path, offset: start });
  const index = items.findIndex(
    (item) => item.filterText === word || item.label === word || item.filterText === `${word}/`,
  );
  return { ...probe, rank: index < 0 ? undefined : index + 1 };
}
