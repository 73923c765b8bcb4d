/**
 * Renames things of real clans in a copy, and asks a real evaluation whether the inventory is the same afterwards,
 * up to the name.
 *
 *   npm run conformance -- --rename DIR --rename DIR [--sources DIR]
 *
 * Everything with a name gets another one in turn: machines, tags, instances, generators, what the clan's own services
 * declare. What is refused is shown with its reason: it is no failure to refuse. Without the sources, or for what is
 * in no inventory, nothing but this is counted.
 */
import { execFileSync } from "node:child_process";
import { cpSync, mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { ClanCache } from "../../server/src/clan/clan-cache.ts";
import type { Clan } from "../../server/src/clan/model.ts";
import { nodeFileSystem } from "../../server/src/entry/node-files.ts";
import type { Entity, EntityKind } from "../../server/src/features/entity.ts";
import { type Occurrence, OccurrenceTables } from "../../server/src/features/occurrences.ts";
import type { Query } from "../../server/src/features/query.ts";
import { applyEdits } from "../../server/src/features/rename/apply-edits.ts";
import { refuseEntity } from "../../server/src/features/rename/refusal.ts";
import { type Rename, rename } from "../../server/src/features/rename/rename.ts";
import { Workspace } from "../../server/src/project/workspace.ts";
import type { NixParser } from "../../server/src/syntax/parser.ts";
import { collectModuleNames } from "./truth.ts";

const NEW_NAME = "renamed-by-test";
/** What an inventory shows. */
const KINDS = ["machine", "tag", "instance"] as const satisfies readonly EntityKind[];
type InventoryKind = (typeof KINDS)[number];

/** What clan-core says of a clan: test/conformance/truth/clan.nix. */
interface Inventory {
  readonly machines: Readonly<
    Record<string, { readonly tags: readonly string[]; readonly targetHost: string | null }>
  >;
  readonly tags: Readonly<Record<string, readonly string[]>>;
  readonly instances: Readonly<
    Record<string, { readonly roles: Readonly<Record<string, { readonly machines: readonly string[] }>> }>
  >;
}

/** False where a rename changed an inventory. `sources` is undefined where no Nix is asked. */
export function checkRenames(
  parser: NixParser,
  root: string,
  sources: string | undefined,
  folder: string,
  log: (line: string) => void,
): boolean {
  const evaluate = sources === undefined ? undefined : evaluation(root, sources, folder);
  const before = evaluate?.(folder);
  const counts = new Map<string, Counts>();
  const opened = open(parser, folder);
  for (const { kind, name, key } of thingsOf(opened)) {
    const count = counts.get(kind) ?? { offered: 0, equal: 0, refused: 0, different: 0, edits: 0, moves: 0 };
    counts.set(kind, count);
    const result = renameIn(opened, key);
    if (typeof result === "string") {
      count.refused++;
      log(`  refused: ${kind} ${name}: ${result}`);
      continue;
    }
    count.offered++;
    count.edits += result.edits.length;
    count.moves += result.moves.length;
    if (evaluate === undefined || before === undefined || !isInInventory(kind)) continue;
    const expected = renamed(before, kind, name);
    const difference = inCopy(folder, (copy) => {
      apply(result, (path) => copy + path.slice(folder.length));
      return firstDifference(expected, evaluate(copy), name);
    });
    if (difference === undefined) count.equal++;
    else {
      count.different++;
      log(`  DIFFERENT: ${kind} ${name}: ${difference}`);
    }
  }
  for (const [kind, { offered, equal, refused, different, edits, moves }] of counts)
    log(
      `${folder}: ${kind}: ${offered} offered (${equal} equal up to the name, ${different} different), ${refused} refused; ${edits} edits, ${moves} moves`,
    );
  return [...counts.values()].every(({ different }) => different === 0);
}

interface Counts {
  offered: number;
  equal: number;
  refused: number;
  different: number;
  edits: number;
  moves: number;
}

function isInInventory(kind: EntityKind): kind is InventoryKind {
  return KINDS.some((each) => each === kind);
}

function inCopy<T>(folder: string, use: (copy: string) => T): T {
  const copy = mkdtempSync(join(tmpdir(), "clan-rename-"));
  try {
    cpSync(folder, copy, {
      recursive: true,
      verbatimSymlinks: true,
      filter: (path) => basename(path) !== ".git",
    });
    return use(copy);
  } finally {
    rmSync(copy, { recursive: true });
  }
}

interface Opened {
  readonly clan: Clan;
  readonly query: Omit<Query, "path" | "offset">;
  readonly tables: OccurrenceTables;
}

function open(parser: NixParser, folder: string): Opened {
  const snapshot = new Workspace({ fileSystem: nodeFileSystem, parser, roots: [folder] }).snapshot();
  const clans = new ClanCache().clansOf;
  const [clan] = clans(snapshot);
  if (clan === undefined) throw new Error(`${folder} has no clan`);
  return { clan, query: { snapshot, clans }, tables: new OccurrenceTables() };
}

interface Thing {
  readonly kind: EntityKind;
  readonly name: string;
  readonly key: string;
}

/** A thing is the same in a copy of the clan. */
function keyOf({ clan, ...entity }: Entity): string {
  return JSON.stringify(entity);
}

/** All with a name that is this clan's to choose, by kind. */
function thingsOf({ clan, query, tables }: Opened): Thing[] {
  const things = new Map<string, Thing>();
  for (const { entity } of tables.everywhere(clan, query.snapshot))
    if (entity.kind !== "path" && refuseEntity(entity) === undefined)
      things.set(keyOf(entity), { kind: entity.kind, name: entity.name, key: keyOf(entity) });
  return [...things.values()].sort((a, b) => (a.kind < b.kind ? -1 : a.kind > b.kind ? 1 : 0));
}

/** A sentence where it is refused. */
function renameIn({ clan, query, tables }: Opened, key: string): Rename | string {
  const isMeant = ({ entity, how }: Occurrence): boolean => keyOf(entity) === key && how !== "path";
  const occurrence = tables.everywhere(clan, query.snapshot).find(isMeant);
  if (occurrence === undefined) return "its name is written nowhere";
  const result = rename({ ...query, path: occurrence.path, offset: occurrence.start }, NEW_NAME, tables);
  return result.kind === "refused" ? result.reason : result;
}

/** As an editor does: the texts, then the files. `placeOf`: a path in the copy. */
function apply({ edits, moves }: Rename, placeOf: (path: string) => string): void {
  for (const path of new Set(edits.map((edit) => edit.path))) {
    const own = edits.filter((edit) => edit.path === path);
    writeFileSync(placeOf(path), applyEdits(readFileSync(placeOf(path), "utf8"), own));
  }
  for (const { from, to } of moves) renameSync(placeOf(from), placeOf(to));
}

function evaluation(root: string, sources: string, folder: string): (dir: string) => Inventory {
  const modules = collectModuleNames(folder)
    .map((name) => JSON.stringify(name))
    .join(" ");
  return (dir) => {
    const truth = `import ${join(root, "test/conformance/truth/clan.nix")} { dir = ${dir}; sources = ${sources}; moduleNames = [ ${modules} ]; }`;
    const expression = `let truth = ${truth}; in builtins.deepSeq [ truth.settings truth.outputNames ] truth.inventoryResult`;
    const args = ["--eval", "--strict", "--json", "--expr", expression];
    return JSON.parse(
      execFileSync("nix-instantiate", args, { encoding: "utf8", timeout: 120_000, stdio: "pipe" }),
    );
  };
}

/** The inventory as it has to be after the rename. */
function renamed(inventory: Inventory, kind: InventoryKind, name: string): Inventory {
  const change = (of: InventoryKind) => (each: string) => (of === kind && each === name ? NEW_NAME : each);
  const keys = <T, R>(
    set: Readonly<Record<string, T>>,
    key: (name: string) => string,
    value: (value: T) => R,
  ) => Object.fromEntries(Object.entries(set).map(([each, content]) => [key(each), value(content)]));
  const [machine, tag, instance] = [change("machine"), change("tag"), change("instance")];
  return {
    ...inventory,
    machines: keys(inventory.machines, machine, (each) => ({ ...each, tags: each.tags.map(tag).sort() })),
    tags: keys(inventory.tags, tag, (machines) => machines.map(machine).sort()),
    instances: keys(inventory.instances, instance, (each) => ({
      ...each,
      roles: keys(
        each.roles,
        (role) => role,
        ({ machines }) => ({ machines: machines.map(machine).sort() }),
      ),
    })),
  };
}

/** Names of sets do not count by their order; an address may hang on the name. */
function firstDifference(expected: unknown, found: unknown, name: string, path = ""): string | undefined {
  if (!isObject(expected) || !isObject(found)) {
    if (expected === found) return undefined;
    if (typeof expected === "string" && expected.replaceAll(name, NEW_NAME) === found) return undefined;
    return `${path} is ${JSON.stringify(found)}, not ${JSON.stringify(expected)}`;
  }
  for (const key of new Set([...Object.keys(expected), ...Object.keys(found)])) {
    const difference = firstDifference(expected[key], found[key], name, `${path}.${key}`);
    if (difference !== undefined) return difference;
  }
  return undefined;
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null;
}
