/**
 * The settings of an instance's roles, seen against the interface of the service's role.
 *
 *   roles.peer.settings.port = 1;   with  interface { port: int; }   ->   tree { port: int, definitions [1] }
 */
import { evaluateData, evaluateModules } from "../modules/evaluate.ts";
import type { OptionNode } from "../modules/option-node.ts";
import type { Thunk } from "../nix/thunk.ts";
import { toModules } from "./definitions.ts";
import { OfAll } from "./lasting.ts";
import type { Instance, Machine, Role, RoleSettings, ServiceRole, Tag } from "./model.ts";
import type { ModuleEvaluation } from "./service-module.ts";

/** What was collected of instances that are the same objects in the next state, where it lasts as they do. */
const collected = new WeakMap<Instance, readonly RoleSettings[]>();

/** Each `settings` that is written for a role the service has: of the role, its tags, its machines. */
export function collectSettings(
  instances: Iterable<Instance>,
  tags: ReadonlyMap<string, Tag>,
  evaluation: ModuleEvaluation,
): readonly RoleSettings[] {
  const found: RoleSettings[] = [];
  for (const instance of instances) {
    const own = collected.get(instance) ?? ownSettings(instance, tags, evaluation);
    // A role whose tags have other members is another one, and so is its instance.
    if (own.every(({ option, tree }) => option.lasts && tree.lasts)) collected.set(instance, own);
    found.push(...own);
  }
  return found;
}

function ownSettings(
  instance: Instance,
  tags: ReadonlyMap<string, Tag>,
  evaluation: ModuleEvaluation,
): readonly RoleSettings[] {
  if (instance.service.kind !== "known") return [];
  const { service } = instance.service;
  const found: RoleSettings[] = [];
  for (const role of instance.roles.values()) {
    const declared = service.roles.get(role.name);
    if (declared === undefined) continue;
    const isOpen = role.open !== undefined;
    const add = (holder: OptionNode, isUsed: boolean): void => {
      const option = holder.child("settings");
      if (option === undefined) return;
      const tree = settingsTree(declared, [option], option.path, evaluation);
      found.push({ instance, role, service, declared, option, tree, isUsed });
    };
    add(role.option, isOpen || role.members.length > 0);
    for (const [tag, option] of role.option.child("tags")?.children() ?? [])
      add(option, isOpen || (tags.get(tag)?.machines ?? []).length > 0);
    for (const option of role.option.child("machines")?.children().values() ?? []) add(option, true);
  }
  return found;
}

/** The `settings` of a role, and of its tags and machines, whether its service is known or not. */
export function* settingsOf(role: OptionNode): Iterable<OptionNode> {
  const holders = [role];
  for (const group of ["tags", "machines"]) holders.push(...(role.child(group)?.children().values() ?? []));
  for (const holder of holders) {
    const settings = holder.child("settings");
    if (settings !== undefined) yield settings;
  }
}

/** Answers `Clan.memberSettings`. Machines without settings of their own share one evaluation. */
export class MemberSettings {
  private readonly trees = new Map<string, OptionNode>();
  private readonly ids = new Map<OptionNode, number>();

  constructor(
    private readonly machines: ReadonlyMap<string, Machine>,
    private readonly evaluation: ModuleEvaluation,
  ) {}

  /** `module` adds to them, as a service's `extendSettings` does. */
  find(instance: Instance, role: Role, machine: string, module?: Thunk): OptionNode | undefined {
    const declared =
      instance.service.kind === "known" ? instance.service.service.roles.get(role.name) : undefined;
    if (declared === undefined) return undefined;
    const tags = this.machines.get(machine)?.tags ?? [];
    const options = [
      role.option,
      ...tags.map((tag) => role.option.at("tags", tag)),
      role.option.at("machines", machine),
    ].flatMap((holder) => holder?.child("settings") ?? []);
    const path = [...role.option.path, "settings"];
    if (module !== undefined)
      return evaluateSettings(declared, [...options.flatMap(toModules), module], path, this.evaluation);
    const key = [role.option, ...options].map((option) => this.idOf(option)).join(" ");
    const tree = this.trees.get(key) ?? settingsTree(declared, options, path, this.evaluation);
    this.trees.set(key, tree);
    return tree;
  }

  private idOf(option: OptionNode): number {
    const id = this.ids.get(option) ?? this.ids.size;
    this.ids.set(option, id);
    return id;
  }
}

const lasting = new OfAll<{ readonly tree: OptionNode | undefined }>();

/** What the options say, together. */
function settingsTree(
  role: ServiceRole,
  options: readonly OptionNode[],
  path: readonly string[],
  evaluation: ModuleEvaluation,
): OptionNode {
  const modules = options.flatMap(toModules);
  const lasts = role.interfaceModules.length === 0 && options.length > 0 && options.every((one) => one.lasts);
  const found = lasts
    ? lasting.get([role, ...options], () => ({ tree: evaluateData(role.settings, modules, path) }))
    : undefined;
  return found?.tree ?? evaluateSettings(role, modules, path, evaluation);
}

function evaluateSettings(
  role: ServiceRole,
  settings: readonly Thunk[],
  path: readonly string[],
  { runner, lib }: ModuleEvaluation,
): OptionNode {
  const modules = [...role.interfaceModules, ...settings];
  // An interface that is at hand declares its options itself.
  const options = role.interfaceModules.length > 0 ? { options: new Map() } : role.settings;
  return evaluateModules(runner, { modules, options, lib, prefix: path }).root;
}
