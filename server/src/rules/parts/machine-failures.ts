/**
 * What fails in the configuration of a machine, as far as that can be judged without NixOS: names that are not in a
 * set of which all names are known, files that are not there, functions called otherwise than they are written.
 *
 *   perInstance = { settings, ... }: { nixosModule.services.door.port = settings.prot; };   ->   at `settings.prot`
 */
import type { Clan } from "../../clan/model.ts";
import type { MachineVars } from "../../clan/vars/model.ts";
import type { Definition, OptionNode } from "../../modules/option-node.ts";
import type { Failure } from "../../nix/value.ts";
import type { AttrName, Node } from "../../syntax/ast.ts";
import { dependsOnlyOn } from "../../syntax/free-of.ts";
import { collectDeclared, machineTrees } from "./option-walk.ts";
import { sureDefinitions, usePlace, valuePlace } from "./written.ts";

export interface MachineFailure {
  readonly failure: Failure;
  /** Where it is imported, or what it defines. */
  readonly use: { readonly node: Node; readonly message: string } | undefined;
}

export function* collectMachineFailures(clan: Clan): Iterable<MachineFailure> {
  const behaviours = clan.behaviours();
  const files = filesOfServices(clan);
  for (const tree of machineTrees(clan)) {
    yield* failedModules(tree);
    const core = tree.at("clan", "core");
    for (const option of core === undefined ? [] : collectDeclared(core)) yield* failedForCertain(option);
    if (files.size > 0) yield* failedDefinitions(tree, files);
  }
  for (const behaviour of behaviours) {
    yield* failedModules(behaviour);
    for (const option of behaviour.children().values()) yield* failedHere(option);
  }
}

/** What a service reads of the vars of the machine, and is not there: its name is computed, or no reference would be. */
export function* collectMissingVars(
  clan: Clan,
  vars: MachineVars,
  of: "generator" | "file",
): Iterable<MissingVar> {
  const files = filesOfServices(clan);
  if (vars.root === undefined || files.size === 0) return;
  const isMissing = ({ missing }: Failure): boolean => missing?.of === of;
  for (const { failure } of failedDefinitions(vars.root, files, isMissing)) {
    const [node] = failure.origins ?? [];
    const computed = node?.kind === "select" ? node.path.filter(({ name }) => name === undefined) : [];
    const place = of === "generator" ? computed[0] : computed.at(-1);
    const literal =
      node?.kind === "select" ? node.path.find(({ name }) => name === failure.missing?.name) : undefined;
    const at = literal ?? place;
    if (at !== undefined && failure.missing !== undefined) yield { name: failure.missing.name, node: at };
  }
}

export interface MissingVar {
  readonly name: string;
  readonly node: AttrName;
}

function filesOfServices(clan: Clan): ReadonlySet<string> {
  return new Set(clan.behaviours().flatMap(filesOf));
}

function* failedModules({ problems }: OptionNode): Iterable<MachineFailure> {
  for (const { failure, origins } of problems) {
    const [node] = origins;
    if (failure !== undefined && (isJudged(failure) || isMissingFile(failure)))
      yield { failure, use: node && { node, message: "It is imported here." } };
  }
}

/** `files`: where services are written. What else a machine is made of may be no more than a file that is encrypted. */
function* failedDefinitions(
  option: OptionNode,
  files: ReadonlySet<string>,
  isWanted: (failure: Failure) => boolean = isJudged,
): Iterable<MachineFailure> {
  for (const child of option.children().values()) {
    if (!isWrittenIn(files, child)) continue;
    yield* failedHere(child, isWanted);
    yield* failedDefinitions(child, files, isWanted);
  }
}

/** Also by a function there that is called for names of somebody else, as in `mapAttrs (_: m: m.settings.x) machines`. */
function isWrittenIn(files: ReadonlySet<string>, option: OptionNode): boolean {
  const isThere = (node: Node | undefined): boolean => node !== undefined && files.has(node.source.path);
  if (option.definitions.some(({ keys: [key] }) => isThere(key))) return isWritten(option);
  return option.definitions.some(({ value }) => isThere(value.origins?.[0]));
}

/** The files of the modules that a service gives to a machine. */
function filesOf(behaviour: OptionNode): string[] {
  return [...behaviour.children().values()].flatMap(({ definitions }) =>
    definitions.flatMap(({ keys, origins }) => [...keys, ...origins].map(({ source }) => source.path)),
  );
}

function* failedHere(option: OptionNode, isWanted = isJudged): Iterable<MachineFailure> {
  for (const definition of sureDefinitions(option)) {
    const { value } = definition;
    if (
      value.type !== "failure" ||
      !(isWanted(value) || (isWanted === isJudged && isCertain(value, definition)))
    )
      continue;
    const node = valuePlace(definition);
    yield { failure: value, use: node && { node, message: "It is defined by it." } };
  }
  for (const failure of option.failuresInside()) if (isWanted(failure)) yield { failure, use: undefined };
}

/** Of options that are clan's own, and so surely read. */
function* failedForCertain(option: OptionNode): Iterable<MachineFailure> {
  for (const definition of sureDefinitions(option)) {
    const { value } = definition;
    if (value.type !== "failure" || !isCertain(value, definition)) continue;
    const node = valuePlace(definition);
    yield { failure: value, use: node && { node, message: "It is defined by it." } };
  }
}

/** Nothing of NixOS has a part in it. */
function isCertain({ kind }: Failure, definition: Definition): boolean {
  const use = usePlace(definition);
  return kind === "error" && use !== undefined && dependsOnlyOn(use, KNOWN_ARGUMENTS);
}

/** What modules and services are called with that is known as a whole. */
const KNOWN_ARGUMENTS: ReadonlySet<string> = new Set([
  "clanLib",
  "extendSettings",
  "instanceName",
  "instances",
  "lib",
  "machine",
  "mkExports",
  "roles",
  "settings",
]);

/** It is written where it stands. What is only passed on (`inherit inputs;`) is not read because of that. */
function isWritten({ definitions }: OptionNode): boolean {
  return definitions.some(({ keys: [key], value, origins: [node] }) => {
    if (key === undefined || node === undefined) return false;
    if (value.type === "failure") return true;
    // `a.b = 1;` makes a set of its own for `a`.
    const isAround = node.kind === "attrset" && node.start < key.start && key.end <= node.end;
    return node.source === key.source && !isAround;
  });
}

/**
 * Of NixOS too little is known here to judge more: an option may convert what it is given, and what is read from
 * `config` is then another value than the one that is written.
 */
function isJudged({ kind, message, isOfWhole, isOfNix, origins }: Failure): boolean {
  if (kind === "recursion") return isOfNix === true;
  if (asksName(origins, message)) return true;
  return kind === "error" && (isOfWhole === true || JUDGED.some((pattern) => pattern.test(message)));
}

/** `instanceName.name`: it is a string, whatever else is not known. */
function asksName([node]: readonly Node[] = [], message: string): boolean {
  return (
    node?.kind === "select" &&
    node.target.kind === "identifier" &&
    node.target.name === "instanceName" &&
    /^value is a string while a set was expected/.test(message)
  );
}

/** A file that only a value needs may be one that is not in the repository, and not read either. */
function isMissingFile({ message }: Failure): boolean {
  return /^path '.*' does not exist$|^opening file '.*': No such file or directory$/.test(message);
}

const JUDGED = [
  /^string '.*' doesn't represent an absolute path$/,
  /^(anonymous function|function '.*') at .* called with(out)? /,
  /^'perMachine' doesn't have a 'settings' argument$/,
  /^selectExports expected a function/,
];
