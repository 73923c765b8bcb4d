/**
 * Renames things of real clans in a copy, and asks a real evaluation whether the inventory is the same afterwards,
 * up to the name.
 *
 *   npm run conformance -- --rename DIR --rename DIR --sources DIR
 *
 * Every machine, tag and instance gets another name in turn. What is refused is shown with its reason: it is no
 * failure to refuse.
 */
import { execFileSync } from "node:child_process";
import { cpSync, mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { evaluateClans } from "../../server/src/clan/evaluate.ts";
import type { Clan } from "../../server/src/clan/model.ts";
import { nodeFileSystem } from "../../server/src/entry/node-files.ts";
import type { EntityKind } from "../../server/src/features/entity.ts";
import { type Occurrence, OccurrenceTables } from "../../server/src/features/occurrences.ts";
import type { Query } from "../../server/src/features/query.ts";
import { applyEdits } from "../../server/src/features/rename/apply-edits.ts";
import { type Rename, rename } from "../../server/src/features/rename/rename.ts";
import { Workspace } from "../../server/src/project/workspace.ts";
import type { NixParser } from "../../server/src/syntax/parser.ts";
import { collectModuleNames } from "./truth.ts";

const NEW_NAME = "renamed-by-test";
const KINDS = ["machine", "tag", "instance"] as const satisfies readonly EntityKind[];

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

/** False where a rename changed an inventory. */
export function checkRenames(
  parser: NixParser,
  root: string,
  sources: string,
  folder: string,
  log: (line: string) => void,
): boolean {
  const evaluate = evaluation(root, sources, folder);
  const before = evaluate(folder);
  const counts = { equal: 0, refused: 0, different: 0, edits: 0, moves: 0 };
  for (const kind of KINDS) {
    for (const name of namesOf(kind, open(parser, folder).clan)) {
      const copy = mkdtempSync(join(tmpdir(), "clan-rename-"));
      try {
        cpSync(folder, copy, {
          recursive: true,
          verbatimSymlinks: true,
          filter: (path) => basename(path) !== ".git",
        });
        const result = renameIn(parser, copy, kind, name);
        if (typeof result === "string") {
          counts.refused++;
          log(`  refused: ${kind} ${name}: ${result}`);
          continue;
        }
        counts.edits += result.edits.length;
        counts.moves += result.moves.length;
        apply(result);
        const difference = firstDifference(renamed(before, kind, name), evaluate(copy), name);
        if (difference === undefined) counts.equal++;
        else {
          counts.different++;
          log(`  DIFFERENT: ${kind} ${name}: ${difference}`);
        }
      } finally {
        rmSync(copy, { recursive: true });
      }
    }
  }
  const { equal, refused, different, edits, moves } = counts;
  log(
    `${folder}: ${equal} equal up to the name, ${different} different, ${refused} refused; ${edits} edits, ${moves} moves`,
  );
  return different === 0;
}

function open(
  parser: NixParser,
  folder: string,
): { readonly clan: Clan; readonly query: Omit<Query, "path" | "offset"> } {
  const snapshot = new Workspace({ fileSystem: nodeFileSystem, parser, roots: [folder] }).snapshot();
  const [clan] = evaluateClans(snapshot);
  if (clan === undefined) throw new Error(`${folder} has no clan`);
  return {
    clan,
    query: { snapshot, clans: (state) => (state === snapshot ? [clan] : evaluateClans(state)) },
  };
}

function namesOf(kind: (typeof KINDS)[number], clan: Clan): string[] {
  if (kind === "machine") return [...clan.machines.known.keys()];
  if (kind === "instance") return [...clan.instances.known.keys()];
  return [...clan.tags.known.values()].filter(({ predefined }) => !predefined).map(({ name }) => name);
}

/** A sentence where it is refused. */
function renameIn(parser: NixParser, folder: string, kind: EntityKind, name: string): Rename | string {
  const { clan, query } = open(parser, folder);
  const tables = new OccurrenceTables();
  const isMeant = ({ entity, how }: Occurrence): boolean =>
    entity.kind === kind && entity.name === name && how !== "path";
  const occurrence = tables.everywhere(clan, query.snapshot).find(isMeant);
  if (occurrence === undefined) return "its name is written nowhere";
  const result = rename({ ...query, path: occurrence.path, offset: occurrence.start }, NEW_NAME, tables);
  return result.kind === "refused" ? result.reason : result;
}

/** As an editor does: the texts, then the files. */
function apply({ edits, moves }: Rename): void {
  for (const path of new Set(edits.map((edit) => edit.path))) {
    const own = edits.filter((edit) => edit.path === path);
    writeFileSync(path, applyEdits(readFileSync(path, "utf8"), own));
  }
  for (const { from, to } of moves) renameSync(from, to);
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
function renamed(inventory: Inventory, kind: (typeof KINDS)[number], name: string): Inventory {
  const change = (of: (typeof KINDS)[number]) => (each: string) =>
    of === kind && each === name ? NEW_NAME : each;
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
