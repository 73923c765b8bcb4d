/**
 * What is different for a machine in its configuration: generators, options, files it reads or refers to, vars on
 * disk, and inputs it uses.
 *
 *   machines/web/configuration.nix imports ../../modules/nginx.nix, which was edited   ->   file modules/nginx.nix
 */
import type { Clan } from "../../clan/model.ts";
import { isWithin, relativePath } from "../../nix/path.ts";
import { type FileChange, FileContents, isReferredTo, withNamedFiles } from "./changed-files.ts";
import { changedInputs, usesInput } from "./changed-inputs.ts";
import { compareOutlines } from "./changed-options.ts";
import {
  type ConfigurationOutline,
  type Configurations,
  outlineConfigurations,
} from "./configuration-outline.ts";
import type { OptionOutline } from "./option-outline.ts";
import { type ClanState, optionReason, type Reason, type Reasons } from "./reason.ts";

const GENERATORS = ["clan", "core", "vars", "generators"];

export function configurationReasons(
  machine: string,
  before: ClanState,
  after: ClanState,
  files: readonly FileChange[],
): Reasons {
  const both = outlineConfigurations(machine, before, after);
  const { root } = after.clan;
  const reasons = [
    ...optionReasons(both, root),
    ...generatorReasons(both, root),
    ...fileReasons(machine, both, before, after, files),
  ];
  return { reasons, isWhole: both.old.isWhole && both.now.isWhole };
}

function optionReasons({ old, now }: Configurations, root: string): Reason[] {
  const isGenerators = (path: readonly string[]): boolean =>
    path.length === GENERATORS.length && GENERATORS.every((name, index) => path[index] === name);
  return compareOutlines(old.option, now.option, [], isGenerators).map((changed) =>
    optionReason("option", changed, root),
  );
}

function generatorReasons({ old, now }: Configurations, root: string): Reason[] {
  if (old === now) return [];
  const [was, is] = [old, now].map(generatorsOf);
  const names = [...new Set([...(is?.keys() ?? []), ...(was?.keys() ?? [])])];
  return names.flatMap((name) => {
    const [a, b] = [was?.get(name), is?.get(name)];
    const path = [...GENERATORS, name];
    if (a !== undefined && b !== undefined && compareOutlines(a, b, path).length === 0) return [];
    return [optionReason("generator", { path, file: b?.file ?? a?.file }, root)];
  });
}

function generatorsOf({ option }: ConfigurationOutline): ReadonlyMap<string, OptionOutline> {
  let found = option;
  for (const name of GENERATORS) found = found?.children.get(name);
  return found?.children ?? new Map();
}

function fileReasons(
  machine: string,
  { old, now }: Configurations,
  before: ClanState,
  after: ClanState,
  files: readonly FileChange[],
): Reason[] {
  if (files.length === 0) return [];
  const { clan } = after;
  const referred = referredPaths(now, after);
  const read = differentFiles(files, { old, now }, before, after);
  const uses = (path: string): boolean =>
    read.has(path) || isReferredTo(path, referred) || isOwnFile(path, machine, clan);
  return files.flatMap(({ path }): Reason[] => {
    const file = relativePath(path, clan.root);
    if (path === `${clan.root}/flake.lock`) {
      const inputs = changedInputs(before.snapshot.readFile(path), after.snapshot.readFile(path));
      return inputs.some((input) => usesInput([...now.files, ...now.read], after.snapshot, input))
        ? [{ what: "file", path: file, file }]
        : [];
    }
    const generator = generatorOfVars(path, machine, now, clan);
    if (generator !== undefined)
      return [{ what: "generator", path: [...GENERATORS, generator].join("."), file }];
    return uses(path) ? [{ what: "file", path: file, file }] : [];
  });
}

/** Files that were read before or are now, but for those that say what another one says in the other state. */
function differentFiles(
  files: readonly FileChange[],
  { old, now }: Configurations,
  before: ClanState,
  after: ClanState,
): ReadonlySet<string> {
  const changed = new Set(files.map(({ path }) => path));
  const [was, is] = [
    { snapshot: before.snapshot, read: old.read },
    { snapshot: after.snapshot, read: now.read },
  ].map(({ snapshot, read }) => {
    const contents = new FileContents(snapshot, changed);
    return new Map([...changed].filter((path) => read.has(path)).map((path) => [path, contents.of(path)]));
  });
  const texts = [was, is].map((found) => new Set(found?.values()));
  const isOther = ([, text]: readonly [string, string | undefined]): boolean =>
    !texts.every((each) => each.has(text));
  return new Set([...(was ?? []), ...(is ?? [])].filter(isOther).map(([path]) => path));
}

/** But for the folder of the flake itself, which all of it lies in. */
function referredPaths(
  { referred }: ConfigurationOutline,
  { snapshot, clan }: ClanState,
): ReadonlySet<string> {
  return withNamedFiles(
    [...referred].filter((path) => !isWithin(clan.root, path)),
    snapshot,
  );
}

/** clan imports it by itself, though nothing here evaluates it. */
function isOwnFile(path: string, machine: string, { directory }: Clan): boolean {
  return directory !== undefined && path === `${directory}/machines/${machine}/facter.json`;
}

/** The generator whose var for this machine lies there. */
function generatorOfVars(
  path: string,
  machine: string,
  now: ConfigurationOutline,
  { directory }: Clan,
): string | undefined {
  if (directory === undefined || !isWithin(path, `${directory}/vars`)) return undefined;
  const [kind, ...below] = path.slice(`${directory}/vars/`.length).split("/");
  if (kind === "per-machine" && below[0] === machine) return below[1];
  if (kind === "shared" && generatorsOf(now).has(below[0] ?? "")) return below[0];
  return undefined;
}
