/**
 * What files and folders that a person moves ask of the code: the paths that lead to them and out of them. The
 * folder of a machine has the machine's name, so the machine is renamed with it.
 *
 *   modules/a.nix -> lib/a.nix:     imports = [ ./modules/a.nix ];   ->   [ ./lib/a.nix ]
 *   modules/default.nix -> modules/all.nix:   [ ./modules ]   ->   [ ./modules/all.nix ]
 *   machines/web -> machines/db:    what a rename of the machine web to db does, but for that move
 */
import type { Clan } from "../../clan/model.ts";
import { collectSources } from "../../clan/sources.ts";
import type { EvalHost } from "../../nix/host.ts";
import { parentPath } from "../../nix/path.ts";
import { repoint, targetOf } from "../../rules/fix/repoint.ts";
import type { Node, Source } from "../../syntax/ast.ts";
import { walk } from "../../syntax/navigate.ts";
import { leadRight } from "../checked-edits.ts";
import { findConfiguration } from "../definition.ts";
import { type Entity, entityKey } from "../entity.ts";
import { machineOfFolder } from "../occurrences/folders.ts";
import { inOrder, type OccurrenceTables } from "../occurrences.ts";
import type { Query, Range } from "../query.ts";
import { concern, type Move, movedPath, nameOf, type PathEdit, pathEdits } from "./move.ts";
import { type Rename, renameTarget } from "./rename.ts";
import { linkedTarget } from "./target.ts";

export interface MovedFiles extends Rename {
  /** Why a machine keeps its name although its folder gets another: then only paths are mended. */
  readonly kept: string | undefined;
}

/**
 * To be made before the moves, which whoever asks makes himself: they are not among those of the answer. An editor
 * asks also about the moves of a rename whose edits it has just made: for these there is nothing left to do.
 */
export function* moveFilesInSteps(
  query: Pick<Query, "snapshot" | "clans">,
  moves: readonly Move[],
  tables: OccurrenceTables,
): Generator<undefined, MovedFiles> {
  const clans = query.clans(query.snapshot);
  const [move, ...others] = moves;
  const machine = move === undefined || others.length > 0 ? undefined : findMachine(clans, move);
  if (move !== undefined && machine !== undefined) {
    const target = linkedTarget([machine], query.snapshot, tables);
    const renamed =
      target.kind === "refused" ? target : yield* renameTarget(query, target, nameOf(move.to), tables);
    if (renamed.kind === "rename") {
      const further = renamed.moves.filter(({ from }) => from !== move.from);
      return { ...renamed, moves: further, kept: undefined };
    }
    const isNamed = tables
      .everywhere(machine.clan, query.snapshot, new Set([machine.name]))
      .some(({ entity, how }) => how !== "path" && entityKey(entity) === entityKey(machine));
    return { ...mendPaths(query, clans, moves), kept: isNamed ? renamed.reason : undefined };
  }
  return { ...mendPaths(query, clans, moves), kept: undefined };
}

/** Whether clan finds the file there: for a machine of that name, perhaps the one that has just been renamed. */
function isOfMachine({ machines, directory }: Clan, path: string): boolean {
  const name = nameOf(parentPath(path));
  return machines.known.has(name) && path === `${directory}/machines/${name}/configuration.nix`;
}

/** Of the machines whose own module moves away from where clan looks for it. */
function lostModules(clans: readonly Clan[], moves: readonly Move[], host: EvalHost): string[] {
  const lost = new Set<string>();
  for (const clan of clans)
    for (const machine of clan.machines.known.keys()) {
      const module = findConfiguration(clan, machine, host)?.path;
      if (module !== undefined && !isOfMachine(clan, movedPath(module, moves))) lost.add(machine);
    }
  if (lost.size === 0) return [];
  const [whose, place] =
    lost.size === 1
      ? [[...lost].join(), `machines/${[...lost].join()}`]
      : [`${lost.size} machines`, "machines/<name>"];
  return [
    `clan imports ${place}/configuration.nix by its place. Import the moved file yourself, or ${whose} will be without it.`,
  ];
}

/** The machine whose folder `machines/<name>` gets another name at its place: one that no machine has. */
function findMachine(clans: readonly Clan[], { from, to }: Move): Entity | undefined {
  if (parentPath(from) !== parentPath(to)) return undefined;
  for (const clan of clans)
    if (parentPath(from) === `${clan.directory ?? clan.root}/machines`) {
      const machine = clan.machines.known.has(nameOf(to)) ? undefined : machineOfFolder(clan, from);
      if (machine !== undefined) return machine;
    }
  return undefined;
}

function mendPaths(
  { snapshot }: Pick<Query, "snapshot">,
  clans: readonly Clan[],
  moves: readonly Move[],
): Rename {
  const found = new Map<string, PathEdit>();
  for (const clan of clans)
    for (const source of collectSources(clan, snapshot, concern(moves)))
      if (source.language === "nix")
        for (const edit of editsIn(clan, source, moves, snapshot))
          found.set(`${edit.path}:${edit.start}`, edit);
  const sorted = [...found.values()].sort(inOrder);
  const edits = leadRight(clans, snapshot, sorted, moves);
  return {
    kind: "rename",
    edits: edits.map(({ path, start, end, text }) => ({ path, start, end, text, group: undefined })),
    moves: [],
    open: undefined,
    notes: lostModules(clans, moves, snapshot),
  };
}

/**
 * What only gets another name is one segment of a path, also of one that is partly computed or in a string. Where something
 * is escaped, it is not seen as one, and the whole path is written anew.
 */
function editsIn(clan: Clan, source: Source, moves: readonly Move[], host: EvalHost): PathEdit[] {
  const renames = moves.filter(({ from, to }) => parentPath(from) === parentPath(to));
  const edits = renames.length === moves.length ? pathEdits(clan, source, renames) : [];
  const movesDefault = moves.some(({ from }) => nameOf(from) === defaultFile);
  const folders = movesDefault ? findImports(source.root) : new Set<Node>();
  walk(source.root, (node) => {
    if (node.kind !== "path" && node.kind !== "binary") return;
    const target = targetOf(node);
    // One that leads to nothing may be written for the time after the moves.
    if (target === undefined || host.fileType(target) === undefined) return;
    // Of `./a + "/b"`, which comes first, `./a` is a part.
    if (edits.some((edit) => isInside(node, edit) || isInside(edit, node))) return;
    const imported = folders.has(node) ? movedDefault(target, moves) : undefined;
    const edit = repoint(node, (path) =>
      path === target && imported !== undefined ? imported : movedPath(path, moves),
    );
    if (edit !== undefined) edits.push(edit);
  });
  return edits;
}

/** Where the default.nix of a folder goes: what imports the folder by its path reads that. */
function movedDefault(folder: string, moves: readonly Move[]): string | undefined {
  const to = moves.find(({ from }) => from === `${folder}/${defaultFile}`)?.to;
  return to !== undefined && nameOf(to) === defaultFile ? parentPath(to) : to;
}

const defaultFile = "default.nix";

/** What stands where a module or a file that is imported may stand: a folder there means its default.nix. */
function findImports(root: Node): ReadonlySet<Node> {
  const found = new Set<Node>();
  walk(root, (node) => {
    if (node.kind === "list") for (const element of node.elements) found.add(element);
    if (node.kind === "binding") found.add(node.value);
    if (node.kind === "apply" && /(^|\.)(import|importApply|callPackage)$/.test(textOf(node.fn)))
      found.add(node.arg);
  });
  return found;
}

function textOf({ source: { text }, start, end }: Node): string {
  return text.slice(start, end);
}

function isInside(inner: Range, outer: Range): boolean {
  return outer.start <= inner.start && inner.end <= outer.end;
}
