/**
 * What is different for a machine in its configuration: generators, options, files it reads or refers to, vars on
 * disk, and inputs it uses.
 *
 *   machines/web/configuration.nix imports ../../modules/nginx.nix, which was edited   ->   file modules/nginx.nix
 */
import type { Clan } from "../../clan/model.ts";
import { isWithin, relativePath } from "../../nix/path.ts";
import type { Source } from "../../syntax/ast.ts";
import type { Change } from "./change.ts";
import { type FileChange, FileContents, isReferredTo, withNamedFiles } from "./changed-files.ts";
import { usesInput } from "./changed-inputs.ts";
import { compareOutlines } from "./changed-options.ts";
import {
  type ConfigurationOutline,
  type Configurations,
  outlineConfigurations,
} from "./configuration-outline.ts";
import { machineReads } from "./machine-reads.ts";
import type { OptionOutline } from "./option-outline.ts";
import { outputsUsed, sourcesOf } from "./own-outputs.ts";
import { type ClanState, optionReason, type Reason, type Reasons } from "./reason.ts";

const GENERATORS = ["clan", "core", "vars", "generators"];

export function configurationReasons(machine: string, change: Change): Reasons {
  const { before, after } = change;
  const both = outlineConfigurations(machine, before, after);
  const { root } = after.clan;
  const named = change.files.length === 0 ? NOTHING : namedFiles(both.now, after);
  const code = sourcesOf([...both.now.files, ...both.now.read, ...named], root, after.snapshot);
  const reasons = [
    ...optionReasons(both, root),
    ...generatorReasons(both, root),
    ...fileReasons(machine, both, named, change),
    ...outputReasons(code, change),
    ...inputReasons(machine, code, change),
  ];
  return {
    reasons,
    isWhole: both.old.isWhole && both.now.isWhole,
    machineReads: code.flatMap(machineReads),
  };
}

const NOTHING: ReadonlySet<string> = new Set();

/** The files of packages of this flake that the code uses. */
function outputReasons(code: readonly Source[], change: Change): Reason[] {
  const { root } = change.after.clan;
  const uses = change.files.length === 0 ? [] : code.flatMap(outputsUsed);
  if (uses.length === 0) return [];
  const { old, now } = change.outputs();
  const [was, is] = [old.codeOf(uses), now.codeOf(uses)];
  const isOther = was.text !== is.text;
  const mayDefine = (path: string): boolean => old.files.has(path) || now.files.has(path);
  return change.files
    .filter(
      ({ path }) =>
        (isOther && mayDefine(path)) || isReferredTo(path, was.paths) || isReferredTo(path, is.paths),
    )
    .map(({ path }) => fileReason(path, root));
}

/** The lock file, where the machine is made of an input that it has another version of. */
function inputReasons(machine: string, code: readonly Source[], change: Change): Reason[] {
  const inputs = change.inputs();
  if (inputs.length === 0) return [];
  const { clan } = change.after;
  const lock = [fileReason(`${clan.root}/flake.lock`, clan.root)];
  const sources = [...code, ...change.flakeSources()];
  const known = clan.machines.known.get(machine);
  if (known !== undefined && inputs.some((input) => usesInput(sources, input, known))) return lock;
  const uses = code.flatMap(outputsUsed);
  const words = uses.length === 0 ? NOTHING : change.outputs().now.codeOf(uses).words;
  if (inputs.some((input) => words.has(input))) return lock;
  const services = [...clan.instances.known.values()].filter(({ module }) =>
    inputs.includes(module.input ?? ""),
  );
  const isMember = services.some(({ roles }) =>
    [...roles.values()].some(
      ({ members, open }) => open !== undefined || members.some((one) => one.machine === machine),
    ),
  );
  return isMember ? lock : [];
}

function fileReason(path: string, root: string): Reason {
  const file = relativePath(path, root);
  return { what: "file", path: file, file };
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
  both: Configurations,
  named: ReadonlySet<string>,
  { before, after, files }: Change,
): Reason[] {
  if (files.length === 0) return [];
  const { clan } = after;
  const read = differentFiles(files, both, before, after);
  const uses = (path: string): boolean =>
    read.has(path) || isReferredTo(path, named) || isOwnFile(path, machine, clan);
  return files.flatMap(({ path }): Reason[] => {
    if (path === `${clan.root}/flake.lock`) return [];
    const generator = generatorOfVars(path, machine, both.now, clan);
    if (generator !== undefined) {
      const option = [...GENERATORS, generator].join(".");
      return [{ what: "generator", path: option, file: relativePath(path, clan.root) }];
    }
    return uses(path) ? [fileReason(path, clan.root)] : [];
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

/** Files that values refer to, and those that these name; not the folder of the flake itself, which all lies in. */
function namedFiles({ referred }: ConfigurationOutline, { snapshot, clan }: ClanState): ReadonlySet<string> {
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
