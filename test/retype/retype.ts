/**
 * Types a file of a clan anew, key by key, over real stdio, and asks after each key what an editor asks.
 *
 *   retype({ file: "…/clan.nix", words, … })   ->   { keys: 812, firstLetter: 97, … }
 *
 * The file on disk stays as it is, and so do all other files: only the open document is empty at first.
 */
import { isDeepStrictEqual } from "node:util";
import type { CompletionItem } from "vscode-languageserver/node";
import { positionAt } from "../stdio/editor.ts";
import type { KnownWord } from "./known-words.ts";
import { type Answers, EditorSession } from "./session.ts";
import { type Stroke, strokesOf } from "./strokes.ts";

export interface RetypeOptions {
  /** The checkout with the built server. */
  readonly root: string;
  /** The folder that is opened. */
  readonly folder: string;
  readonly file: string;
  readonly text: string;
  /** The words of the file that completion can know. */
  readonly words: readonly KnownWord[];
  /** After how many of its letters a known word is looked for. */
  readonly letters: number;
  /** Whether everything is asked after this key; completion of the known words is asked after each of their letters. */
  readonly isAsked: () => boolean;
  /** Whether a fresh server is asked the same after this key. */
  readonly isCompared: () => boolean;
}

export interface MissedWord {
  readonly word: KnownWord;
  /** The prefixes at which it is not offered, or not with the right edit. */
  readonly prefixes: readonly string[];
}

export interface Retyped {
  readonly keys: number;
  readonly words: number;
  readonly missed: readonly MissedWord[];
  /** The place of each word in the list after its first letter, from 1. */
  readonly ranks: readonly number[];
  readonly failed: readonly string[];
  readonly said: readonly string[];
  /** Where a fresh server answered otherwise. */
  readonly differences: readonly string[];
  readonly compared: number;
}

export async function retype(options: RetypeOptions): Promise<Retyped> {
  const { root, folder, file, text, words, letters, isAsked, isCompared } = options;
  const session = await EditorSession.open(root, folder, file, "");
  const missed = new Map<KnownWord, string[]>();
  const ranks: number[] = [];
  const differences: string[] = [];
  let keys = 0;
  let compared = 0;
  for (const stroke of strokesOf(text)) {
    keys++;
    await session.change(stroke.text);
    const compares = isCompared();
    const all = compares || isAsked() ? await session.askAll(stroke.cursor) : undefined;
    const word = words.find(
      ({ start, end }) => start < stroke.cursor && stroke.cursor <= Math.min(end, start + letters),
    );
    if (word !== undefined) {
      const items = all?.completion ?? (await session.complete(stroke.cursor));
      const prefix = text.slice(word.start, stroke.cursor);
      const rank = rankOf(word.word, prefix, items, stroke);
      if (rank === undefined) missed.set(word, [...(missed.get(word) ?? []), prefix]);
      else if (prefix.length === 1) ranks.push(rank);
    }
    if (compares && all !== undefined) {
      compared++;
      const fresh = await askFresh(options, stroke);
      for (const part of ["diagnostics", "completion"] as const)
        if (!isDeepStrictEqual(all[part], fresh[part]))
          differences.push(`${part} after ${JSON.stringify(stroke.text.slice(0, stroke.cursor).slice(-40))}`);
    }
  }
  await session.close();
  const { failed, said } = session;
  const list = [...missed].map(([word, prefixes]) => ({ word, prefixes }));
  return { keys, words: words.length, missed: list, ranks, failed, said, differences, compared };
}

async function askFresh({ root, folder, file }: RetypeOptions, { text, cursor }: Stroke): Promise<Answers> {
  const session = await EditorSession.open(root, folder, file, text);
  const answers = await session.askAll(cursor);
  await session.close();
  return answers;
}

/** Among what VS Code would show for the prefix: undefined where the word is not there, or its edit is not right. */
function rankOf(
  word: string,
  prefix: string,
  items: readonly CompletionItem[],
  { text, cursor }: Stroke,
): number | undefined {
  const shown = items.filter((item) => (item.filterText ?? item.label).startsWith(prefix));
  const index = shown.findIndex((item) => writes(item, word, prefix, text, cursor));
  return index < 0 ? undefined : index + 1;
}

/** Whether accepting it leaves the word where its first letters were. */
function writes(item: CompletionItem, word: string, prefix: string, text: string, cursor: number): boolean {
  const { textEdit } = item;
  if (textEdit === undefined || !("range" in textEdit)) return false;
  const at = positionAt(text, cursor);
  const { start, end } = textEdit.range;
  if (start.line !== at.line || end.line !== at.line || end.character < at.character) return false;
  if (start.character !== at.character - prefix.length) return false;
  const written = textEdit.newText.replace(/\\(.)/g, "$1");
  const rest = written.startsWith(word) ? written.slice(word.length) : undefined;
  return rest !== undefined && !/^[\w-]/.test(rest);
}
