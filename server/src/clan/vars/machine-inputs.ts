/**
 * All that the configuration of a machine gets of its clan, besides its own files: when nothing of this has changed,
 * it comes out the same.
 *
 *   readInputs(web, source, foreign)   ->   { roots: { "module 0": { … }, "argument self": …, … }, facts, … }
 */
import type { OptionNode } from "../../modules/option-node.ts";
import { path, string, unknown } from "../../nix/make.ts";
import { Thunk } from "../../nix/thunk.ts";
import type { Attr } from "../../nix/value.ts";
import type { Snapshot } from "../../project/snapshot.ts";
import type { Node } from "../../syntax/ast.ts";
import { isClanCore } from "../core-versions.ts";
import { findOpen, toModules } from "../definitions.ts";
import type { Machine } from "../model.ts";
import type { ForeignModules } from "./foreign-modules.ts";
import { collectServiceModules, type ServiceModules } from "./service-modules.ts";
import type { VarsSource } from "./source.ts";

export interface MachineInputs {
  readonly machine: Machine;
  /** Values of the clan's evaluation, by the names that follow. */
  readonly roots: ReadonlyMap<string, Thunk>;
  readonly modules: readonly string[];
  readonly args: readonly string[];
  /** Modules may be given others than `args` before they are read. */
  readonly hasHiddenArguments: boolean;
  readonly services: ServiceOrigins;
  readonly foreign: ForeignModules;
  readonly directory: string | undefined;
  readonly name: string | undefined;
  readonly domain: string | undefined;
}

/** From whose modules a generator may come. */
export type ServiceOrigins = Omit<ServiceModules, "modules">;

export function readInputs(machine: Machine, source: VarsSource, foreign: ForeignModules): MachineInputs {
  const { modules: byServices, writtenBy, bundled, open } = collectServiceModules(machine, source);
  // The machine is what reads these files: if one comes or goes, that is made anew.
  const state = source.reader.snapshot;
  const modules = [...ownModules(source.tree, machine), ...byServices].map((module) =>
    withoutPlace(module, state),
  );
  const given = source.tree.child("specialArgs")?.value();
  const known = given?.type === "attrs" ? given.attrs : new Map<string, Attr>();
  const hasHiddenArguments =
    given?.type === "attrs"
      ? given.open !== undefined
      : given !== undefined || source.tree.open !== undefined;
  const args = specialArguments(machine, source, foreign, known);
  return {
    machine,
    roots: new Map([
      ...modules.map((module, index) => [moduleName(index), module] as const),
      ...[...args].map(([name, value]) => [argumentName(name), value] as const),
    ]),
    modules: modules.map((_, index) => moduleName(index)),
    args: [...args.keys()],
    hasHiddenArguments,
    services: { writtenBy, bundled, open },
    foreign,
    directory: source.directory,
    name: source.name,
    domain: source.tree.at("meta", "domain")?.string(),
  };
}

/** What `machines.<name>` says. Where not all names of `machines` are known, it may be among the others. */
function ownModules(tree: OptionNode, { name }: Machine): Thunk[] {
  const option = tree.at("machines", name);
  if (option !== undefined) return toModules(option);
  const hidden = findOpen(tree, ["machines"]);
  return hidden === undefined ? [] : [Thunk.of(unknown(hidden.reason, hidden.node))];
}

/**
 * A file that is there, without where it is named: so that the machine does not hang on the text around that, and
 * nobody needs to be told.
 */
function withoutPlace(module: Thunk, state: Snapshot): Thunk {
  const { value } = module;
  const isPath = value?.type === "path" || (value?.type === "string" && value.value.startsWith("/"));
  if (!isPath) return module;
  const files = [value.value, `${value.value}/default.nix`];
  return files.some((file) => state.fileType(file) === "regular") ? Thunk.of(path(value.value)) : module;
}

/** The name of a module argument among the roots. */
export function argumentName(name: string): string {
  return `argument ${name}`;
}

function moduleName(index: number): string {
  return `module ${index}`;
}

/** Whether two are the same but for the values of the clan's evaluation. */
export function isSameBesideRoots(a: MachineInputs, b: MachineInputs): boolean {
  const [nodesA, nodesB] = [nodesOf(a), nodesOf(b)];
  return (
    textOf(a) === textOf(b) &&
    nodesA.length === nodesB.length &&
    nodesA.every((node, index) => node === nodesB[index])
  );
}

function textOf(inputs: MachineInputs): string {
  const { machine, services, foreign, directory, name, domain, args, hasHiddenArguments } = inputs;
  const { writtenBy, bundled, open } = services;
  return JSON.stringify([
    [machine.name, machine.class, directory, name, domain, foreign.directories, args, hasHiddenArguments],
    [[...writtenBy.values()], [...bundled], open?.path, open?.reason],
  ]);
}

function nodesOf({ services: { writtenBy, open } }: MachineInputs): (Node | undefined)[] {
  return [...writtenBy.keys(), open?.node];
}

/** Those of clan and of nixpkgs' own evaluation, then the clan's `specialArgs`. */
function specialArguments(
  machine: Machine,
  { flake }: VarsSource,
  foreign: ForeignModules,
  known: ReadonlyMap<string, Attr>,
): ReadonlyMap<string, Thunk> {
  const clanCore = [...flake.inputs.values()].find(isClanCore)?.value;
  return new Map<string, Thunk>([
    ["clan-core", clanCore ?? Thunk.of(unknown("the flake has no input clan-core"))],
    ["self", flake.self],
    ["_class", Thunk.of(string(machine.class))],
    ["modulesPath", Thunk.of(foreign.nixos)],
    ...[...known].map(([name, { value }]) => [name, value] as const),
  ]);
}
