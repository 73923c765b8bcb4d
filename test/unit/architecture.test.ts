/**
 * Keeps the house's walls: reads every import of the sources and checks that it goes down the list of rooms,
 * and that each outside package is used only in its own room. See docs/ARCHITECTURE.md.
 */
import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { describe, expect, test } from "vitest";

const root = path.resolve(import.meta.dirname, "../..");

/** Lowest first; each may import itself and those before it. `protocol` and `cli` do not know each other. */
const rooms = [
  "syntax",
  "nix",
  "modules",
  "project",
  "clan",
  "rules",
  "features",
  "protocol",
  "cli",
  "entry",
];

/** Outside packages that only some rooms may use; a name ending in `*` is a prefix. */
const reserved: readonly { readonly name: string; readonly rooms: readonly string[] }[] = [
  { name: "web-tree-sitter", rooms: ["syntax"] },
  { name: "vscode-languageserver*", rooms: ["protocol"] },
  { name: "vscode-uri", rooms: ["protocol"] },
  { name: "vscode-languageclient*", rooms: ["client"] },
  { name: "vscode", rooms: ["client"] },
  // The server also runs in a web worker: what touches the machine is handed in by an entry.
  { name: "node:*", rooms: ["cli", "entry", "client"] },
];

interface SourceFile {
  /** Relative to the checkout, with `/`. */
  readonly path: string;
  readonly room: string;
  readonly text: string;
  readonly imports: readonly string[];
}

const sources = [
  ...collectSources("server/src"),
  ...collectSources("client/src"),
  ...collectSources("shared"),
];

describe("imports", () => {
  test("all rooms are looked at", () => {
    expect([...new Set(sources.map((source) => source.room))].sort()).toEqual(
      [...rooms, "client", "shared"].sort(),
    );
  });

  test("go down the list of rooms", () => {
    expect(
      violations((source, imported) => imported.room !== undefined && !mayImport(source, imported.room)),
    ).toEqual([]);
  });

  test("outside packages stay in their rooms", () => {
    expect(
      violations((source, { name, room }) => {
        const rule = room === undefined ? reserved.find((each) => matches(each.name, name)) : undefined;
        return rule !== undefined && !rule.rooms.includes(source.room);
      }),
    ).toEqual([]);
  });

  test("Node's own modules are named as such, and files with their ending", () => {
    const builtin =
      /^(assert|buffer|child_process|crypto|events|fs|http|https|module|net|os|path|process|stream|url|util|worker_threads)(\/|$)/;
    expect(violations((_source, { name }) => builtin.test(name))).toEqual([]);
    expect(violations((_source, { name }) => name.startsWith(".") && !/\.(ts|json|mjs)$/.test(name))).toEqual(
      [],
    );
  });
});

test("what an editor's server loads for assistants runs in a web worker, too", () => {
  const byPath = new Map(sources.map((source) => [source.path, source]));
  const reached = new Set<SourceFile>();
  const pending = [byPath.get("server/src/entry/load-tools.ts")];
  for (let source = pending.pop(); source !== undefined; source = pending.pop()) {
    if (reached.has(source)) continue;
    reached.add(source);
    for (const name of source.imports.filter((each) => each.startsWith(".")))
      pending.push(byPath.get(path.join(path.dirname(source.path), name)));
  }
  expect(reached.size).toBeGreaterThan(100);
  expect([...reached].flatMap(({ imports }) => imports).filter((name) => name.startsWith("node:"))).toEqual(
    [],
  );
});

test("no module keeps mutable state", () => {
  const mutable = sources.filter(({ text }) => /^(export )?(let|var) /m.test(text));
  expect(mutable.map((source) => source.path)).toEqual([]);
});

interface Imported {
  readonly name: string;
  /** Undefined for an outside package. */
  readonly room: string | undefined;
}

function violations(isWrong: (source: SourceFile, imported: Imported) => boolean): string[] {
  return sources.flatMap((source) =>
    source.imports
      .map((name) => ({ name, room: roomOf(source, name) }))
      .filter((imported) => isWrong(source, imported))
      .map(({ name }) => `${source.path} imports ${name}`),
  );
}

function mayImport(source: SourceFile, room: string): boolean {
  if (room === "shared" || room === source.room) return true;
  if (source.room === "client" || source.room === "shared") return false;
  if (source.room === "cli" && room === "protocol") return false;
  return rooms.indexOf(room) >= 0 && rooms.indexOf(room) < rooms.indexOf(source.room);
}

function roomOf(source: SourceFile, name: string): string | undefined {
  if (!name.startsWith(".")) return undefined;
  return roomOfPath(path.posix.join(path.posix.dirname(source.path), name));
}

/** `server/src/nix/value.ts` -> `nix`; a file of no room counts as a room that nobody may enter. */
function roomOfPath(file: string): string {
  const [, inServer, other] = /^(?:server\/src\/([^/]+)\/|(client|shared)\/)/.exec(file) ?? [];
  return inServer ?? other ?? (file === "server/package.json" ? "shared" : file);
}

function matches(pattern: string, name: string): boolean {
  if (pattern.endsWith("*")) return name.startsWith(pattern.slice(0, -1));
  return name === pattern || name.startsWith(`${pattern}/`);
}

function collectSources(folder: string): SourceFile[] {
  return readdirSync(path.join(root, folder), { recursive: true, encoding: "utf8" })
    .filter((name) => name.endsWith(".ts"))
    .sort()
    .map((name) => {
      const file = path.posix.join(folder, name.replaceAll(path.sep, "/"));
      const text = readFileSync(path.join(root, file), "utf8");
      return { path: file, room: roomOfPath(file), text, imports: collectImports(text) };
    });
}

/** Statements begin a line, so that examples in comments do not count. */
function collectImports(text: string): string[] {
  const found = text.matchAll(
    /^(?:(?:import|export|\}).*from |import )"([^"\n]+)"|\bimport\("([^"\n]+)"\)/gm,
  );
  return [...found].map(([, named, called]) => named ?? called ?? "");
}
