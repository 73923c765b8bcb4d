/**
 * What a person at an editor waits for, measured from outside over plain stdio, beside other language servers with the
 * same key strokes: a letter that makes a word wrong, and its deletion.
 *
 *   npm run bench -- beside-peers --machines 35,100 --peer nil=/path/to/nil
 */
import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import type { Position } from "vscode-languageserver/node";
import { Edit } from "../../server/src/syntax/parser.ts";
import { median, percentile, showTime } from "./measure.ts";
import { type Change, type Mode, OutsideServer } from "./outside-client.ts";
import {
  makePeerClan,
  makeShell,
  makeYaml,
  type PeerArrangement,
  type PeerProject,
  peerArrangements,
} from "./peer-clans.ts";
import type { Bench, Section, Table } from "./section.ts";

/** Before anything counts. */
const WARM_UP = 4;
const KEYS = 24;

export const besidePeers: Section = {
  name: "beside-peers",
  about:
    "over stdio, median / 95th percentile: from a key to the diagnostics after it (pushed; and where the client asks), and to " +
    "the answer of completion; processor time of the server a key; from the start of the process to the first diagnostics; memory after " +
    "all keys. “sitter” is tree-sitter's incremental parse of the same key alone",
  async run(bench): Promise<Table> {
    const rows: string[][] = [];
    for (const size of bench.sizes) {
      for (const arrangement of peerArrangements)
        for (const server of ["clan-ls", ...nixPeers(bench)])
          rows.push(await rowOf(bench, server, arrangement, size, makePeerClan(arrangement, size)));
      for (const [server, make] of Object.entries(others))
        if (bench.peers.has(server)) rows.push(await rowOf(bench, server, "one file", size, make(size)));
    }
    return {
      head: [
        "server",
        "machines",
        "in",
        "KB",
        "sitter",
        "pushed",
        "asked for",
        "CPU a key",
        "completion",
        "start",
        "memory",
      ],
      rows,
    };
  },
};

/** Other languages. */
const others: Readonly<Record<string, (size: number) => PeerProject>> = {
  "bash-language-server": makeShell,
  "yaml-language-server": makeYaml,
};

const ARGUMENTS: Readonly<Record<string, readonly string[]>> = {
  "bash-language-server": ["start"],
  "yaml-language-server": ["--stdio"],
};

function nixPeers({ peers }: Bench): string[] {
  return [...peers.keys()].filter((name) => others[name] === undefined);
}

function commandOf({ peers, root }: Bench, server: string): readonly string[] {
  if (server === "clan-ls") return [process.execPath, join(root, "server/bin/clan-ls.js"), "--stdio"];
  return [peers.get(server) ?? server, ...(ARGUMENTS[server] ?? [])];
}

async function rowOf(
  bench: Bench,
  server: string,
  arrangement: PeerArrangement,
  size: number,
  project: PeerProject,
): Promise<string[]> {
  const folder = join(bench.scratch, `${server}-${arrangement}-${size}`.replaceAll(" ", "-"));
  for (const [name, text] of project.files) {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), text);
  }
  const kilobytes = [...project.files.values()].reduce((sum, text) => sum + text.length, 0) / 1024;
  const push = await measure(commandOf(bench, server), folder, project, "push");
  const isOurs = server === "clan-ls";
  const pull = isOurs ? await measure(commandOf(bench, server), folder, project, "pull") : undefined;
  return [
    server,
    String(size),
    arrangement,
    kilobytes.toFixed(0),
    project.language === "nix" ? showTime(sitterTime(bench, project)) : "",
    showBoth(push?.keys),
    showBoth(pull?.keys),
    push?.processor === undefined ? "" : showTime(push.processor),
    showBoth(push?.completions),
    push === undefined ? "" : showTime(push.start),
    push?.memory === undefined ? "" : `${push.memory.toFixed(0)} MB`,
  ];
}

interface Measured {
  readonly start: number;
  readonly keys: readonly number[];
  readonly completions: readonly number[];
  /** Of one key and its diagnostics. */
  readonly processor: number | undefined;
  readonly memory: number | undefined;
}

/** Undefined for a server that does not do it. */
async function measure(
  command: readonly string[],
  folder: string,
  project: PeerProject,
  mode: Mode,
): Promise<Measured | undefined> {
  const { edited, language, typeAt, letter } = project;
  const right = project.files.get(edited) ?? "";
  const at = positionOf(right, typeAt);
  const after = { line: at.line, character: at.character + letter.length };
  const write: Change = { start: at, end: at, text: letter };
  const mend: Change = { start: at, end: after, text: "" };
  const begun = performance.now();
  const server = new OutsideServer(command, mode);
  try {
    // With the mistake in it: of a file without any, most servers tell nothing.
    await server.open(folder, join(folder, edited), insert(right, typeAt, letter), language);
    const start = performance.now() - begun;
    const keys: number[] = [];
    let used = server.processorTime();
    for (let key = 0; key < WARM_UP + KEYS; key++) {
      if (key === WARM_UP) used = server.processorTime();
      const time = await timed(() => server.change(key % 2 === 0 ? mend : write));
      if (key >= WARM_UP) keys.push(time);
    }
    const spent = server.processorTime();
    const completions: number[] = [];
    for (let key = 0; key < WARM_UP + KEYS; key++) {
      const [change, position] = key % 2 === 0 ? [mend, at] : [write, after];
      const time = await timed(() => server.complete(change, position));
      if (key >= WARM_UP) completions.push(time);
    }
    const processor = used === undefined || spent === undefined ? undefined : (spent - used) / KEYS;
    return { start, keys, completions, processor, memory: server.memory() };
  } catch {
    return undefined;
  } finally {
    server.stop();
  }
}

async function timed(work: () => Promise<unknown>): Promise<number> {
  const before = performance.now();
  await work();
  return performance.now() - before;
}

function showBoth(times: readonly number[] | undefined): string {
  return times === undefined ? "" : `${showTime(median(times))} / ${showTime(percentile(times, 95))}`;
}

function insert(text: string, offset: number, inserted: string): string {
  return text.slice(0, offset) + inserted + text.slice(offset);
}

function positionOf(text: string, offset: number): Position {
  const lines = text.slice(0, offset).split("\n");
  return { line: lines.length - 1, character: lines.at(-1)?.length ?? 0 };
}

/** Tree-sitter's part of it. */
function sitterTime({ parser }: Bench, { files, edited, typeAt, letter }: PeerProject): number {
  const before = files.get(edited) ?? "";
  const after = insert(before, typeAt, letter);
  const { line: row, character: column } = positionOf(before, typeAt);
  const [at, behind] = [
    { row, column },
    { row, column: column + letter.length },
  ];
  const [startIndex, oldEnd] = [typeAt, typeAt + letter.length];
  const times: number[] = [];
  let tree = parser.parse(before);
  for (let key = 0; key < KEYS; key++) {
    const isWritten = key % 2 === 0;
    const begun = performance.now();
    tree.edit(
      new Edit({
        startIndex,
        startPosition: at,
        oldEndIndex: isWritten ? typeAt : oldEnd,
        oldEndPosition: isWritten ? at : behind,
        newEndIndex: isWritten ? oldEnd : typeAt,
        newEndPosition: isWritten ? behind : at,
      }),
    );
    const parsed = parser.parse(isWritten ? after : before, tree);
    times.push(performance.now() - begun);
    tree.delete();
    tree = parsed;
  }
  tree.delete();
  return median(times);
}
