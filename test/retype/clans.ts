/** The files of the clans in a folder that are worth typing: those with words completion can know. */
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { evaluateClans } from "../../server/src/clan/evaluate.ts";
import type { Clan } from "../../server/src/clan/model.ts";
import { nodeFileSystem } from "../../server/src/entry/node-files.ts";
import type { ClansOf } from "../../server/src/features/query.ts";
import { CodeCache } from "../../server/src/nix/evaluator.ts";
import type { Snapshot } from "../../server/src/project/snapshot.ts";
import { Workspace } from "../../server/src/project/workspace.ts";
import { createParser } from "../../server/src/syntax/parser.ts";
import { collectKnownWords, type KnownWord } from "./known-words.ts";

export interface FileToType {
  /** Absolute. */
  readonly path: string;
  readonly text: string;
  /** Those that what is written before them tells of, in order. */
  readonly words: readonly KnownWord[];
}

/** In order of path; `root` is the checkout. */
export async function openClans(root: string, folder: string): Promise<FileToType[]> {
  const require = createRequire(join(root, "package.json"));
  const parser = await createParser({
    runtime: readFileSync(require.resolve("web-tree-sitter/web-tree-sitter.wasm")),
    grammar: readFileSync(join(root, "grammar/tree-sitter-nix.wasm")),
    shell: readFileSync(require.resolve("tree-sitter-bash/tree-sitter-bash.wasm")),
  });
  const snapshot = new Workspace({ fileSystem: nodeFileSystem, parser, roots: [folder] }).snapshot();
  const codes = new CodeCache();
  const known = new Map<Snapshot, readonly Clan[]>();
  const clans: ClansOf = (asked) => {
    const found = known.get(asked) ?? evaluateClans(asked, { codes });
    known.set(asked, found);
    return found;
  };
  const files = new Map<string, Map<number, KnownWord>>();
  for (const clan of clans(snapshot))
    for (const word of collectKnownWords(clan, snapshot, clans))
      if (word.isToldBefore) {
        const words = files.get(word.path) ?? new Map<number, KnownWord>();
        files.set(word.path, words.set(word.start, word));
      }
  return [...files]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([path, words]) => ({ path, text: snapshot.readFile(path) ?? "", words: [...words.values()] }));
}
