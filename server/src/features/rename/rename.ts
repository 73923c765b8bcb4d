/**
 * Rename: the edits and moves of folders that give a thing of the clan another name wherever it stands. What
 * they would make of the clan is evaluated before they are offered.
 *
 *   machines.we▮b, "db"   ->   every `web` that means the machine, and machines/web -> machines/db, …
 *
 * One word can name several things (a key that instances and machines are both made of); they are renamed together.
 */
import type { Clan } from "../../clan/model.ts";
import { collectSources, mentions } from "../../clan/sources.ts";
import { isWithin } from "../../nix/path.ts";
import type { Snapshot } from "../../project/snapshot.ts";
import type { TextEdit } from "../../rules/finding.ts";
import type { Binding, Node, StringExpr } from "../../syntax/ast.ts";
import { nodesAt, walk } from "../../syntax/navigate.ts";
import { readsWell } from "../checked-edits.ts";
import { type Entity, entityKey } from "../entity.ts";
import { inOrder, type Occurrence, type OccurrenceTables } from "../occurrences.ts";
import { type Query, sameClan } from "../query.ts";
import { withEdits } from "./apply-edits.ts";
import { collectCompared } from "./compared.ts";
import { keepService } from "./keep-service.ts";
import { concern, inOrder as innermostFirst, type Move, movesOf, pathEdits } from "./move.ts";
import { MovedSnapshot } from "./moved-snapshot.ts";
import { nameEdit, renameString } from "./name-edit.ts";
import { findNewFinding } from "./new-finding.ts";
import { countLinks, storeNotes } from "./notes.ts";
import { type Refusal, refused, refuseName } from "./refusal.ts";
import { findComputed, findRenameTarget, type RenameTarget, wordKey } from "./target.ts";
import { findDifference, findVarsDifference, type Renaming } from "./verify.ts";

/** Why an edit needs a second look; `undefined` for one that is surely meant. */
export type EditGroup = "files" | "scripts" | "perhaps" | undefined;

export interface RenameEdit extends TextEdit {
  readonly group: EditGroup;
}

export interface Rename {
  readonly kind: "rename";
  /** Sorted by file and place. They are made before the moves. */
  readonly edits: readonly RenameEdit[];
  /** In the order in which they have to be made. They belong to the group `files`. */
  readonly moves: readonly Move[];
  /** Why further places may exist that nobody can see; undefined if the clan is known whole. */
  readonly open: string | undefined;
  /** What has to be done by hand afterwards, a sentence each. */
  readonly notes: readonly string[];
}

/** Each yield is a place to let others in: what comes before it takes long. */
export type RenameSteps = Generator<undefined, Rename | Refusal>;

/** Why not, where the clan would not be the same up to the name. */
export function rename(query: Query, newName: string, tables: OccurrenceTables): Rename | Refusal {
  return finish(renameInSteps(query, newName, tables));
}

export function* renameInSteps(query: Query, newName: string, tables: OccurrenceTables): RenameSteps {
  const target = findRenameTarget(query, tables);
  yield;
  if (target === undefined) return refused("There is nothing here that has a name in the clan.");
  return target.kind === "refused" ? target : yield* renameTarget(query, target, newName, tables);
}

/** All steps at once. */
export function finish<T>(steps: Generator<unknown, T>): T {
  let step = steps.next();
  while (step.done !== true) step = steps.next();
  return step.value;
}

/** For a target that is not under a cursor. */
export function* renameTarget(
  query: Pick<Query, "snapshot" | "clans">,
  { clan, entities, name }: RenameTarget,
  newName: string,
  tables: OccurrenceTables,
): RenameSteps {
  if (newName === name) return { kind: "rename", edits: [], moves: [], open: undefined, notes: [] };
  for (const entity of entities) {
    const reason = refuseName(entity, newName);
    if (reason !== undefined) return refused(reason);
  }
  return yield* new Renamer(query, clan, { entities, newName }, tables).run();
}

class Renamer {
  private readonly keys: ReadonlySet<string>;

  constructor(
    private readonly query: Pick<Query, "snapshot" | "clans">,
    private readonly clan: Clan,
    private readonly renaming: Renaming,
    private readonly tables: OccurrenceTables,
  ) {
    this.keys = new Set(renaming.entities.map(entityKey));
  }

  *run(): RenameSteps {
    const { clan } = this;
    const { snapshot } = this.query;
    const edits = this.nameEdits();
    yield;
    const foreign = edits.find(
      ({ path }) => ![clan.root, ...snapshot.roots].some((root) => isWithin(path, root)),
    );
    if (foreign !== undefined)
      return refused(`It is also written in ${foreign.path}, outside the workspace.`);
    const result = yield* this.attempt(edits);
    const sure = edits.filter(({ group }) => group !== "perhaps");
    if (result.kind === "rename" || sure.length === edits.length) return result;
    // One of the words that could mean something else does.
    const without = yield* this.attempt(sure);
    return without.kind === "rename" ? without : result;
  }

  private *attempt(edits: readonly RenameEdit[]): RenameSteps {
    const { clan, renaming } = this;
    const { snapshot } = this.query;
    const kept = this.keepServices();
    if (kept === undefined || this.unkeptService(edits))
      return refused("Its service is named after it, and there is no place to say so: write `module.name`.");
    const own = renaming.entities.flatMap((entity) => movesOf(entity, renaming.newName, snapshot));
    let plan = yield* this.plan([...kept, ...edits], own);
    const derived = plan.after === undefined ? [] : derivedMoves(clan, plan.after, renaming, snapshot);
    if (derived.length > 0) plan = yield* this.plan([...kept, ...edits], [...own, ...derived]);
    const taken = plan.moves.find(({ to }) => snapshot.fileType(to) !== undefined);
    if (taken !== undefined) return refused(`${taken.to} exists already.`);
    if (!readsWell(snapshot, plan.edits))
      return refused("What it would write cannot be read: one of the places needs to be changed by hand.");
    const reason = yield* this.difference(plan);
    if (reason !== undefined) {
      const amended = yield* this.amend(plan);
      if (amended === undefined)
        return refused(
          findComputed(clan, renaming.entities, this.tables) ?? `That would change the clan. ${reason}`,
        );
      plan = amended;
    }
    return {
      kind: "rename",
      edits: plan.edits,
      moves: plan.moves,
      open: clan.machines.open?.reason ?? clan.instances.open?.reason ?? clan.tags.open?.reason,
      notes: this.notes(plan.moves),
    };
  }

  private nameEdits(): RenameEdit[] {
    const { snapshot } = this.query;
    const found = new Map<string, RenameEdit>();
    const names = new Set(this.renaming.entities.map(({ name }) => name));
    for (const occurrence of this.tables.everywhere(this.clan, snapshot, names))
      if (this.keys.has(entityKey(occurrence.entity)))
        found.set(wordKey(occurrence), {
          ...nameEdit(withNode(occurrence, snapshot), this.renaming.newName),
          group: groupOf(occurrence),
        });
    return [...found.values()];
  }

  /** Undefined where that is not possible. */
  private keepServices(): RenameEdit[] | undefined {
    const edits: RenameEdit[] = [];
    for (const { kind, name } of this.renaming.entities) {
      const instance = kind === "instance" ? this.clan.instances.known.get(name) : undefined;
      const edit = instance && keepService(instance, this.renaming.newName);
      if (edit === "nowhere") return undefined;
      if (edit !== undefined) edits.push({ ...edit, group: undefined });
    }
    return edits;
  }

  /** An instance in code that is switched off whose service nothing names but its own name. */
  private unkeptService(edits: readonly RenameEdit[]): boolean {
    const isInstance = this.renaming.entities.some(
      ({ kind, name }) => kind === "instance" && !this.clan.instances.known.has(name),
    );
    return (
      isInstance &&
      !edits.some(({ path, start }) => {
        const source = this.query.snapshot.source(path);
        const nodes = source === undefined ? [] : nodesAt(source, start);
        return nodes.some((node) => node.kind === "binding" && namesModule(node, start));
      })
    );
  }

  /** The whole change, and the clan as it is after it. */
  private *plan(edits: readonly RenameEdit[], unordered: readonly Move[]): Generator<undefined, Plan> {
    const { clan, query } = this;
    const moves = innermostFirst(unordered);
    const all = new Map(edits.map((edit) => [`${edit.path}:${edit.start}:${edit.end}`, edit]));
    for (const source of collectSources(clan, query.snapshot, concern(moves)))
      for (const edit of pathEdits(clan, source, moves)) {
        const id = `${edit.path}:${edit.start}:${edit.end}`;
        const { path, start, end, text } = edit;
        if (!all.has(id)) all.set(id, { path, start, end, text, group: "files" });
      }
    const sorted = [...all.values()].sort(inOrder);
    const snapshot = new MovedSnapshot(withEdits(query.snapshot, sorted), moves);
    const after = sameClan(clan, query.clans(query.snapshot), query.clans(snapshot));
    yield;
    for (const machine of after?.machines.known.keys() ?? []) {
      void after?.vars.of(machine).references;
      yield;
    }
    return { edits: sorted, moves, snapshot, after };
  }

  /**
   * The plan with those strings that code compares the name with, as far as the clan hangs on them. Undefined where
   * it would still not be the same.
   */
  private *amend(plan: Plan): Generator<undefined, Plan | undefined> {
    const { clan, query, renaming } = this;
    const places = new Set(plan.edits.map(({ path, start }) => `${path}:${start}`));
    const names = new Set(renaming.entities.map(({ name }) => name));
    let compared = collectSources(clan, query.snapshot, mentions(names))
      .filter(({ path }) => clan.files.has(path))
      .flatMap((source) => [...names].flatMap((name) => collectCompared(source, name)))
      .filter((string) => !places.has(`${string.source.path}:${string.start}`));
    if (compared.length === 0 || compared.length > MAX_COMPARED) return undefined;
    const amended = (strings: readonly StringExpr[]) => {
      const edits = strings.map((string) => ({
        ...renameString(string, renaming.newName),
        group: undefined,
      }));
      return this.plan([...plan.edits, ...edits], plan.moves);
    };
    if ((yield* this.difference(yield* amended(compared))) !== undefined) return undefined;
    for (const string of compared) {
      const others = compared.filter((other) => other !== string);
      if ((yield* this.difference(yield* amended(others))) === undefined) compared = others;
    }
    return yield* amended(compared);
  }

  private *difference({ after, snapshot, edits, moves }: Plan): Generator<undefined, string | undefined> {
    const { clan, renaming } = this;
    const different = findDifference(clan, after, renaming);
    if (different !== undefined || after === undefined) return different;
    const before = { clan, snapshot: this.query.snapshot };
    const aboutVars = renaming.entities.some(({ kind }) => VARS_KINDS.has(kind));
    return (
      (yield* findNewFinding(before, { clan: after, snapshot, edits, moves }, renaming)) ??
      (aboutVars ? findVarsDifference(clan, after, renaming) : undefined)
    );
  }

  private notes(moves: readonly Move[]): string[] {
    const { entities, newName } = this.renaming;
    const machine = entities.find(({ kind }) => kind === "machine");
    const links = machine === undefined ? 0 : countLinks(this.clan, machine.name, this.query.snapshot);
    return storeNotes({ clan: this.clan, newName, moves: moves.length, links, entities });
  }
}

interface Plan {
  readonly edits: readonly RenameEdit[];
  readonly moves: readonly Move[];
  readonly snapshot: Snapshot;
  /** Undefined if there is no clan any more. */
  readonly after: Clan | undefined;
}

/** With more strings of the name than this, trying which are meant takes too long. */
const MAX_COMPARED = 8;

const VARS_KINDS: ReadonlySet<Entity["kind"]> = new Set(["generator", "generator-file", "prompt"]);

/** `instances.na▮me = { module.name = …; }`, `instances.na▮me.module.name = …` */
function namesModule({ path, value }: Binding, at: number): boolean {
  const index = path.findIndex(({ start, end }) => start <= at && at < end);
  if (index < 0) return false;
  if (path[index + 1] !== undefined) return path[index + 1]?.name === "module";
  let isNamed = false;
  walk(value, (node) => {
    if (node.kind === "binding" && node.path[0]?.name === "module") isNamed = true;
  });
  return isNamed;
}

/** References to generators come as places; those in code are names or strings like any other. */
function withNode(occurrence: Occurrence, snapshot: Snapshot): Occurrence {
  const { node, how, path, start } = occurrence;
  const source = node === undefined && how !== "script" ? snapshot.source(path) : undefined;
  if (source === undefined) return occurrence;
  const isName = (found: Node): boolean => found.kind === "attr-name" || found.kind === "string";
  return { ...occurrence, node: nodesAt(source, start).findLast(isName) };
}

function groupOf({ how, sure }: Occurrence): EditGroup {
  if (!sure) return "perhaps";
  if (how === "script") return "scripts";
  return how === "path" ? "files" : undefined;
}

/** Services name generators after their instance; the folders of these follow. */
function derivedMoves(
  before: Clan,
  after: Clan,
  { entities, newName }: Renaming,
  snapshot: Snapshot,
): Move[] {
  const moves: Move[] = [];
  for (const { kind, name: instance } of entities) {
    if (kind !== "instance") continue;
    for (const machine of before.machines.known.keys()) {
      const now = after.vars.of(machine).generators.known;
      for (const [name, { origin }] of before.vars.of(machine).generators.known) {
        const renamed = name.replaceAll(instance, newName);
        if (origin.kind === "configuration" || origin.instance !== instance || now.has(name)) continue;
        if (renamed === name || !now.has(renamed)) continue;
        moves.push(...movesOf({ kind: "generator", clan: before, name }, renamed, snapshot));
      }
    }
  }
  return moves;
}
