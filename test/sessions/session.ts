/**
 * A long session with the server over stdio: random edits in all files of two clans, files that come and go, undo, saves,
 * folders, and questions in between. Now and then all answers are compared with those of a fresh server.
 */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseFixture } from "../unit/helpers/fixture.ts";
import { fixture } from "./clans.ts";
import { editedText, type Random } from "./edits.ts";
import {
  answerTo,
  comparable,
  type Question,
  questionsAt,
  questionsOf,
  workspaceQuestions,
} from "./questions.ts";
import { filesBelow, World } from "./world.ts";

export interface SessionOptions {
  /** The checkout. */
  readonly root: string;
  readonly edits: number;
  /** All answers are compared after so many. */
  readonly every: number;
  readonly random: Random;
}

export interface SessionResult {
  readonly answers: number;
  /** Of each answer that differs: the question, and both. */
  readonly differences: readonly string[];
  /** What the session's server logged or wrote to stderr; what a rename shows a person is no fault. */
  readonly said: readonly string[];
  /** Megabytes. */
  readonly peak: number | undefined;
}

export async function runSession({ root, edits, every, random }: SessionOptions): Promise<SessionResult> {
  const scratch = mkdtempSync(join(tmpdir(), "clan-session-"));
  const { files } = parseFixture(fixture);
  const original = filesBelow(scratch, files);
  const both = [join(scratch, "home"), join(scratch, "other")];
  const world = new World(root, both, original);
  const server = await world.fresh();
  const pick = <T>(all: readonly T[]): T => all[Math.floor(random() * all.length)] as T;
  const undone = new Map<string, string[]>();
  const differences: string[] = [];
  const history: string[] = [];
  let answers = 0;

  /** What a person might look at. */
  function someQuestion(): Question {
    const [path, text] = pick([...world.open]);
    const offset = placeIn(text);
    return pick([...questionsOf(path, text), ...questionsAt(path, text, offset), ...workspaceQuestions]);
  }

  /** Mostly in a word. */
  function placeIn(text: string): number {
    const words = [...text.matchAll(/[\w-]+|"|\./g)];
    if (words.length === 0 || random() < 0.2) return Math.floor(random() * (text.length + 1));
    const word = pick(words);
    return word.index + Math.floor(random() * (word[0].length + 1));
  }

  async function move(): Promise<string> {
    const path = pick([...original.keys()]);
    const text = world.open.get(path);
    const kind = random();
    if (text === undefined) {
      if (kind < 0.2 || path.includes("/vars/")) {
        const gone = world.disk.has(path) && random() < 0.5;
        await world.write(server, path, gone ? undefined : original.get(path));
        return `${gone ? "delete" : "write"} ${path}`;
      }
      await world.openDocument(server, path, world.disk.get(path) ?? original.get(path) ?? "");
      return `open ${path}`;
    }
    if (kind < 0.06) {
      await world.close(server, path);
      return `close ${path}`;
    }
    if (kind < 0.12) {
      await world.save(server, path);
      return `save ${path}`;
    }
    if (kind < 0.14) {
      await world.changeFolders(server, world.folders.length > 1 ? both.slice(0, 1) : both);
      return "folders";
    }
    const before = undone.get(path) ?? [];
    const undo = kind < 0.3 ? before.pop() : undefined;
    const next =
      undo ?? (kind < 0.4 ? (original.get(path) ?? "") : editedText(text, [...original.values()], random));
    if (undo === undefined) undone.set(path, [...before, text].slice(-20));
    await world.change(server, path, next);
    return `${undo === undefined ? "edit" : "undo"} ${path}`;
  }

  async function compare(): Promise<void> {
    const fresh = await world.fresh();
    const questions: Question[] = [...workspaceQuestions];
    for (const [path, text] of world.open) {
      questions.push(...questionsOf(path, text));
      for (let i = 0; i < 3; i++) questions.push(...questionsAt(path, text, placeIn(text)));
    }
    // Each server is asked in an order of its own.
    const shuffled = questions.map((question) => ({ question, key: random() })).sort((a, b) => a.key - b.key);
    const given = new Map<Question, string>();
    for (const { question } of shuffled) given.set(question, comparable(await answerTo(server, question)));
    for (const question of questions) {
      const wanted = comparable(await answerTo(fresh, question));
      const got = given.get(question);
      answers++;
      if (got === wanted) continue;
      const recent = history.slice(-8).join("; ");
      differences.push(
        `${question.method} ${JSON.stringify(question.params)}\n  session: ${got}\n  fresh:   ${wanted}\n  after: ${recent}`,
      );
    }
    await fresh.close();
  }

  try {
    await world.openDocument(
      server,
      join(scratch, "home/clan.nix"),
      original.get(join(scratch, "home/clan.nix")) ?? "",
    );
    for (let edit = 1; edit <= edits && differences.length === 0; edit++) {
      history.push(await move());
      if (world.open.size > 0 && random() < 0.4) await answerTo(server, someQuestion());
      if (edit % every === 0) await compare();
    }
    return {
      answers,
      differences,
      said: server.said.filter((line) => !line.startsWith("shown: ")),
      peak: server.peakMemory(),
    };
  } finally {
    await server.kill();
    rmSync(scratch, { recursive: true });
  }
}
