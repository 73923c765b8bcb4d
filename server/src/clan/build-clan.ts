/**
 * From the evaluated option tree to the clan as people think of it.
 *
 *   { inventory.machines.web = { }; inventory.instances.sshd.roles.server.tags = [ "all" ]; }
 *   ->  machine web; instance sshd of the service sshd with web as server
 */

import { once } from "../modules/lazy-type.ts";
import type { OptionNode } from "../modules/option-node.ts";
import { holdsOptions } from "../modules/options-below.ts";
import { indexInParts } from "../modules/parted-index.ts";
import type { Failure } from "../nix/value.ts";
import type { Reader } from "../project/tracked-snapshot.ts";
import type { Node } from "../syntax/ast.ts";
import { collectExportInterfaces } from "./export-interfaces.ts";
import { collectInstances } from "./instances.ts";
import { collectMachines } from "./machines.ts";
import type { Clan, Instance, NameSet, UnknownPart } from "./model.ts";
import type { NixServices } from "./nix-services.ts";
import { isOfClanItself } from "./own-options.ts";
import type { ModuleEvaluation } from "./service-module.ts";
import { ServiceFinder } from "./services.ts";
import { collectSettings, MemberSettings } from "./settings.ts";
import { Behaviours } from "./vars/behaviours.ts";
import { collectVars, unseenVars } from "./vars/collect-vars.ts";
import type { KeptMachines } from "./vars/kept-machines.ts";
import type { VarsSource } from "./vars/source.ts";

/** A clan that was found, with all it takes to look into it. */
export interface ClanSource extends ModuleEvaluation {
  readonly root: string;
  readonly entryPoints: readonly Node[];
  readonly flakeModules: readonly OptionNode[];
  readonly hasHiddenFlakeModules: () => boolean;
  readonly failures: readonly Failure[];
  readonly unreadFailures: readonly Failure[];
  readonly tree: OptionNode;
  readonly directory: string | undefined;
  readonly inputs: NameSet<Node | undefined>;
  readonly isClanCore: (input: string) => boolean;
  readonly hasOtherCore: boolean;
  readonly hasOlderCore: boolean;
  readonly flake: VarsSource["flake"];
  /** What Nix says of services of inputs that are not at hand. */
  readonly nixServices: NixServices | undefined;
  /** Every file and directory read so far; it grows while the clan is looked at. */
  readonly files: ReadonlySet<string>;
}

/** A clan, bound to one state of the workspace. */
export interface BuiltClan {
  readonly clan: Clan;
  readonly machines: KeptMachines;
  /**
   * That of another state which differs in files of machines at most: they share all else. Undefined if it must be
   * evaluated anew.
   */
  sharedWith(reader: Reader): BuiltClan | undefined;
}

export function buildClan(found: ClanSource, reader: Reader, kept: KeptMachines): BuiltClan {
  const exportInterfaces = once(() => collectExportInterfaces(found.tree, found));
  const source = { ...found, exportInterfaces };
  const { root, entryPoints, flakeModules, failures, tree, directory, inputs, files } = source;
  const machines = collectMachines(tree, directory);
  const services = new ServiceFinder(source);
  const instances = collectInstances(tree, machines, services);
  const settings = collectSettings(instances.known.values(), machines.tags.known, source);
  // Also those no instance uses: their files belong to the clan.
  const ownServices = services.own();
  const members = new MemberSettings(machines.machines.known, source);
  // `meta` is another place for what `inventory.meta` says.
  const name = tree.at("meta", "name")?.string() ?? tree.at("inventory", "meta", "name")?.string();
  const known: Omit<Clan, "version" | "index" | "vars" | "files" | "withoutConfigurations"> = {
    root,
    entryPoints,
    flakeModules,
    hasHiddenFlakeModules: source.hasHiddenFlakeModules,
    failures,
    unreadFailures: source.unreadFailures,
    directory,
    tree,
    name,
    machines: machines.machines,
    tags: machines.tags,
    instances,
    settings,
    memberSettings: (instance, role, machine) => members.find(instance, role, machine),
    availableServices: once(() => services.available()),
    inputs,
    behaviours: () => varsSource.behaviours.all(),
    exportInterfaces,
    unboundIn: (code) => source.flake.evaluator.unboundIn(code),
    hasOtherCore: source.hasOtherCore,
    hasOlderCore: source.hasOlderCore,
    unknown: collectUnknown(
      [machines.machines.open, machines.tags.open, instances.open],
      instances.known.values(),
    ),
  };
  // Checking does not need it, and it walks everything.
  const index = once(() =>
    // Settings are indexed as options of their role's interface, too, and not only as the data they are in the clan's tree.
    indexInParts(
      tree,
      [
        ...settings.map((each) => each.tree),
        ...ownServices.flatMap(({ module }) => module ?? []),
        ...ownServices.flatMap(({ behaviours }) => behaviours?.() ?? []),
      ],
      isOfClanItself,
    ),
  );
  const varsSource: Omit<VarsSource, "reader"> = {
    ...source,
    name,
    machines: machines.machines,
    instances,
    memberSettings: (...asked) => members.find(...asked),
    get behaviours() {
      return behaviours();
    },
  };
  const behaviours = once(() => new Behaviours(varsSource));
  const bound = (reader: Reader, kept: KeptMachines, version: object): BuiltClan => {
    const vars = once(() => collectVars({ ...varsSource, reader }, kept));
    const ownFiles = once(() => {
      readAll([tree, ...settings.map((one) => one.tree)]);
      return new Set(files);
    });
    const allFiles = once(() => {
      ownFiles();
      for (const name of machines.machines.known.keys()) {
        const machine = vars().of(name);
        // The others read no files.
        if (machine.isWritten) void machine.references;
      }
      return new Set([...files, ...kept.read()]);
    });
    const clan: Clan = {
      ...known,
      version,
      get index() {
        return index();
      },
      get vars() {
        return vars();
      },
      get files() {
        return allFiles();
      },
      withoutConfigurations: once(() => ({
        ...known,
        version,
        get index() {
          return index();
        },
        vars: unseenVars,
        get files() {
          return ownFiles();
        },
        withoutConfigurations() {
          return this;
        },
      })),
    };
    const sharedWith = (other: Reader) => {
      // What was stopped before its time has left things open.
      const isStopped = source.flake.evaluator.interpreter.budget.steps <= 0;
      const machines = isStopped ? undefined : kept.sharedWith(other);
      return machines && bound(other, machines, machines.size === kept.size ? version : {});
    };
    return { clan, machines: kept, sharedWith };
  };
  return bound(reader, kept, {});
}

/** Whatever files the options' values are read from. */
function readAll(trees: readonly OptionNode[]): void {
  const pending = [...trees];
  for (let node = pending.pop(); node !== undefined; node = pending.pop()) {
    if (node.lasts) continue;
    void node.value();
    if (holdsOptions(node) && !isOfClanItself(node)) pending.push(...node.children().values());
  }
}

/** Each part once, sorted by path. */
function collectUnknown(
  sets: readonly (UnknownPart | undefined)[],
  instances: Iterable<Instance>,
): readonly UnknownPart[] {
  const found = new Map<string, UnknownPart>();
  const add = (part: UnknownPart | undefined): void => {
    if (part !== undefined && !found.has(part.path)) found.set(part.path, part);
  };
  for (const part of sets) add(part);
  for (const { service, option, roles } of instances) {
    if (service.kind === "open")
      add({ path: [...option.path, "module"].join("."), reason: service.reason, node: undefined });
    for (const role of roles.values()) add(role.open);
  }
  return [...found.values()].sort((a, b) => (a.path < b.path ? -1 : 1));
}
