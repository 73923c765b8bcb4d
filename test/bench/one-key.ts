/**
 * What a key stroke costs in clans of several sizes: parsing and evaluating everything once, and then again after a
 * letter was typed into one machine. Beside it, in the same run, what tree-sitter alone takes for that letter, and
 * what Nix takes for the same data.
 */
import { spawnSync } from "node:child_process";
import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { ClanCache } from "../../server/src/clan/clan-cache.ts";
import { nodeFileSystem } from "../../server/src/entry/node-files.ts";
import { complete } from "../../server/src/features/completion/complete.ts";
import { collectFindings } from "../../server/src/features/findings.ts";
import { Workspace } from "../../server/src/project/workspace.ts";
import { parseNix } from "../../server/src/syntax/lower.ts";
import { Edit } from "../../server/src/syntax/parser.ts";
import { type Arrangement, arrangements, type BenchClan, makeClan } from "./clans.ts";
import { heapUsed, median, rounds, showRatio, showTime } from "./measure.ts";
import type { Bench, Section, Table } from "./section.ts";

export const oneKey: Section = {
  name: "one-key",
  about:
    "medians; “× sitter” compares with tree-sitter's incremental parse of the same letter, “× nix” with nix-instantiate " +
    "--eval --strict of the same data (its start included); memory after a collection, with the document open, and with it and its folder closed",
  run(bench): Table {
    const rows = arrangements.flatMap((arrangement) =>
      bench.sizes.map((size) => measureClan(bench, arrangement, size)),
    );
    const head = ["clan", "machines", "KB", "sitter", "nix", "parse+lower", "evaluate+check", "× nix"];
    return {
      head: [...head, "after a key", "× sitter", "× nix", "completion", "× sitter", "open", "closed"],
      rows,
    };
  },
};

function measureClan(bench: Bench, arrangement: Arrangement, size: number): string[] {
  const clan = makeClan(arrangement, size);
  const folder = join(bench.scratch, `${arrangement.replaceAll(" ", "-")}-${size}`);
  write(clan, folder);
  const nix = timeNix(join(folder, clan.data));
  const sitter = timeParser(bench, clan);
  const parse = median(rounds(() => parseAll(bench, clan)));
  const evaluate = median(rounds(() => void new Editor(bench, folder, clan).check()));
  const before = heapUsed();
  const editor = new Editor(bench, folder, clan);
  const key = median(rounds(() => void editor.type()));
  const completion = median(rounds(() => void editor.complete()));
  const open = heapUsed() - before;
  editor.close();
  const closed = heapUsed() - before;
  const kilobytes = [...clan.files.values()].reduce((sum, text) => sum + text.length, 0) / 1024;
  return [
    arrangement,
    String(size),
    kilobytes.toFixed(0),
    showTime(sitter),
    nix === undefined ? "not here" : showTime(nix),
    showTime(parse),
    showTime(evaluate),
    nix === undefined ? "" : showRatio(evaluate, nix),
    showTime(key),
    showRatio(key, sitter),
    nix === undefined ? "" : showRatio(key, nix),
    showTime(completion),
    showRatio(completion, sitter),
    `${open.toFixed(0)} MB`,
    `${closed.toFixed(0)} MB`,
  ];
}

/** A session as the language server has it, with the edited file open. */
class Editor {
  private readonly workspace: Workspace;
  private readonly cache = new ClanCache();
  private readonly path: string;
  private typed = false;

  constructor(
    { parser }: Bench,
    folder: string,
    private readonly clan: BenchClan,
  ) {
    this.workspace = new Workspace({ fileSystem: nodeFileSystem, parser, roots: [folder] });
    this.path = join(folder, clan.edited);
    this.workspace.open(this.path, clan.files.get(clan.edited) ?? "");
  }

  check(): number {
    const snapshot = this.workspace.snapshot();
    const clans = this.cache.clansOf(snapshot);
    const [clan] = clans;
    if (clan === undefined || clan.unknown.length > 0) throw new Error("the clan is not understood");
    return collectFindings(snapshot, clans, [this.path]).length;
  }

  /** A letter in a host's name, and the next time it is deleted again. */
  type(): void {
    const { typeAt } = this.clan;
    const change = this.typed
      ? { start: typeAt, end: typeAt + 1, text: "" }
      : { start: typeAt, end: typeAt, text: "x" };
    this.typed = !this.typed;
    this.workspace.edit(this.path, [change]);
    this.check();
  }

  /** The list of tags, after a letter was typed. */
  complete(): void {
    const offset = this.clan.completeAt + (this.typed ? 1 : 0);
    const { path, workspace, cache } = this;
    workspace.edit(path, [{ start: offset, end: offset, text: "r" }]);
    const items = complete({
      snapshot: workspace.snapshot(),
      clans: cache.clansOf,
      path,
      offset: offset + 1,
    });
    workspace.edit(path, [{ start: offset, end: offset + 1, text: "" }]);
    if (items.length === 0) throw new Error("completion offers nothing");
  }

  /** The document and the folder. */
  close(): void {
    this.workspace.close(this.path);
    this.workspace.setRoots([]);
    this.cache.clansOf(this.workspace.snapshot());
  }
}

function write(clan: BenchClan, folder: string): void {
  for (const [name, text] of clan.files) {
    const file = join(folder, name);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, text);
  }
}

function parseAll({ parser }: Bench, clan: BenchClan): void {
  for (const [name, text] of clan.files) parseNix(parser, `/${name}`, text);
}

/** Tree-sitter's part of a key stroke: the edited tree parsed again, nothing read from it. */
function timeParser({ parser }: Bench, { files, edited, typeAt }: BenchClan): number {
  const before = files.get(edited) ?? "";
  const after = `${before.slice(0, typeAt)}x${before.slice(typeAt)}`;
  const row = before.slice(0, typeAt).split("\n").length - 1;
  const column = typeAt - (before.lastIndexOf("\n", typeAt - 1) + 1);
  const point = { row, column };
  const next = { row, column: column + 1 };
  let tree = parser.parse(before);
  const times = rounds((round) => {
    const [text, edit] =
      round % 2 === 0
        ? [
            after,
            { oldEndIndex: typeAt, newEndIndex: typeAt + 1, oldEndPosition: point, newEndPosition: next },
          ]
        : [
            before,
            { oldEndIndex: typeAt + 1, newEndIndex: typeAt, oldEndPosition: next, newEndPosition: point },
          ];
    tree.edit(new Edit({ startIndex: typeAt, startPosition: point, ...edit }));
    const parsed = parser.parse(text, tree);
    tree.delete();
    tree = parsed;
  });
  tree.delete();
  return median(times);
}

/** Undefined where there is no Nix. */
function timeNix(file: string): number | undefined {
  const run = () =>
    spawnSync("nix-instantiate", ["--eval", "--strict", file], { stdio: ["ignore", "ignore", "pipe"] });
  const { error, status, stderr } = run();
  if (error !== undefined) return undefined;
  if (status !== 0) throw new Error(`nix-instantiate: ${stderr}`);
  return median(rounds(() => void run()));
}
