/**
 * What is different for a machine in its configuration: generators, options, files it reads or refers to, vars on
 * disk, and inputs it uses.
 *
 *   machines/web/configuration.nix imports ../../modules/nginx.nix, which was edited   ->   file modules/nginx.nix
 */
import type { Clan } from "../../clan/model.ts";
import type { MachineVars } from "../../clan/vars/model.ts";
import { isWithin, relativePath } from "../../nix/path.ts";
import { type FileChange, isReferredTo, withNamedFiles } from "./changed-files.ts";
import { changedInputs, usesInput } from "./changed-inputs.ts";
import { collectChangedOptions, collectReferredPaths } from "./changed-options.ts";
import { type ClanState, optionReason, type Reason } from "./reason.ts";

const GENERATORS = ["clan", "core", "vars", "generators"];

export function configurationReasons(
  machine: string,
  before: ClanState,
  after: ClanState,
  files: readonly FileChange[],
): Reason[] {
  const [old, now] = [before.clan.vars.of(machine), after.clan.vars.of(machine)];
  const { root } = after.clan;
  // Options first: what is read is known when they are evaluated.
  const options = optionReasons(old, now, root);
  return [
    ...options,
    ...generatorReasons(old, now, root),
    ...fileReasons(machine, old, now, before, after, files),
  ];
}

function optionReasons(before: MachineVars, after: MachineVars, root: string): Reason[] {
  const isGenerators = (path: readonly string[]): boolean =>
    path.length === GENERATORS.length && GENERATORS.every((name, index) => path[index] === name);
  return collectChangedOptions(before.root, after.root, isGenerators).map((changed) =>
    optionReason("option", changed, root),
  );
}

function generatorReasons(before: MachineVars, after: MachineVars, root: string): Reason[] {
  const [old, now] = [before, after].map(({ generators }) => generators.known);
  const names = [...new Set([...(now?.keys() ?? []), ...(old?.keys() ?? [])])];
  return names.flatMap((name) => {
    const [was, is] = [old?.get(name)?.option, now?.get(name)?.option];
    if (old?.has(name) === now?.has(name) && collectChangedOptions(was, is).length === 0) return [];
    const path = [...GENERATORS, name];
    return [optionReason("generator", { path, before: was, after: is }, root)];
  });
}

function fileReasons(
  machine: string,
  old: MachineVars,
  now: MachineVars,
  before: ClanState,
  after: ClanState,
  files: readonly FileChange[],
): Reason[] {
  if (files.length === 0) return [];
  const { clan } = after;
  const referred = referredPaths(now, after);
  const uses = (path: string): boolean =>
    old.read.has(path) ||
    now.read.has(path) ||
    isReferredTo(path, referred) ||
    isOwnFile(path, machine, clan);
  return files.flatMap(({ path }): Reason[] => {
    const file = relativePath(path, clan.root);
    if (path === `${clan.root}/flake.lock`) {
      const inputs = changedInputs(before.snapshot.readFile(path), after.snapshot.readFile(path));
      return inputs.some((input) => usesInput(now, after.snapshot, input))
        ? [{ what: "file", path: file, file }]
        : [];
    }
    const generator = generatorOfVars(path, machine, now, clan);
    if (generator !== undefined)
      return [{ what: "generator", path: [...GENERATORS, generator].join("."), file }];
    return uses(path) ? [{ what: "file", path: file, file }] : [];
  });
}

/** But for the folder of the flake itself, which all of it lies in. */
function referredPaths({ root }: MachineVars, { snapshot, clan }: ClanState): ReadonlySet<string> {
  const paths = [...collectReferredPaths(root)].filter((path) => !isWithin(clan.root, path));
  return withNamedFiles(paths, snapshot);
}

/** clan imports it by itself, though nothing here evaluates it. */
function isOwnFile(path: string, machine: string, { directory }: Clan): boolean {
  return directory !== undefined && path === `${directory}/machines/${machine}/facter.json`;
}

/** The generator whose var for this machine lies there. */
function generatorOfVars(
  path: string,
  machine: string,
  { generators }: MachineVars,
  { directory }: Clan,
): string | undefined {
  if (directory === undefined || !isWithin(path, `${directory}/vars`)) return undefined;
  const [kind, ...below] = path.slice(`${directory}/vars/`.length).split("/");
  if (kind === "per-machine" && below[0] === machine) return below[1];
  if (kind === "shared" && generators.known.has(below[0] ?? "")) return below[0];
  return undefined;
}
