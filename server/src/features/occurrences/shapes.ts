/**
 * Names in code that is not evaluated now, by the names around them: it is switched off, or nothing uses it yet. What
 * is written there may mean something else.
 *
 *   lib.mkIf testing { roles.controller.machines.alpha = { }; }   ->   perhaps machine alpha
 *   let spare = { tags = [ "srv" ]; }; in …                       ->   perhaps tag srv
 *   lib.mkIf testing { roles.server.settings.port = 1; }          ->   perhaps role server, perhaps its setting port
 *   lib.mkIf testing { module.name = "@me/backup"; }              ->   perhaps service @me/backup
 *   inventory = lib.mkIf false { instances.old = { }; }           ->   perhaps instance old, which is nowhere else
 */
import type { Clan, Service, ServiceRole } from "../../clan/model.ts";
import type { Option, OptionSet, OptionType } from "../../modules/option-type.ts";
import type { AttrName, Node, Source } from "../../syntax/ast.ts";
import { fixedText } from "../../syntax/names.ts";
import { childrenOf } from "../../syntax/navigate.ts";
import {
  type Entity,
  findService,
  generatorsOf,
  optionsAround,
  type ServiceName,
  serviceNameOf,
} from "../entity.ts";
import { attributesOf, isForMachines, listOf, optionsOf } from "../option-place.ts";
import type { Mention } from "./mention.ts";

/**
 * Also what is evaluated, and has a meaning that is known: whoever asks leaves that out. With an `offset`, only of the word
 * there, for which less of the clan is evaluated.
 */
export function collectShapes(clan: Clan, source: Source, offset?: number): readonly Mention[] {
  const mentions: Mention[] = [];
  const isAsked = ({ start, end }: Node): boolean =>
    offset === undefined || (start <= offset && offset <= end);
  const add = (
    node: Node,
    name: string | undefined,
    around: readonly string[],
    how: Mention["how"],
  ): void => {
    const entity = name === undefined || !isAsked(node) ? undefined : entityBelow(clan, name, around);
    if (entity !== undefined) mentions.push({ entity, node, how, sure: false });
  };
  const addValue = (node: Node, text: string | undefined, around: readonly string[]): void => {
    const entity = text === undefined || !isAsked(node) ? undefined : entityInValue(clan, text, around);
    if (entity !== undefined) mentions.push({ entity, node, how: "string", sure: false });
  };
  const addNames = (names: readonly AttrName[], around: readonly string[]): readonly string[] => {
    const path = [...around];
    for (const node of names) {
      add(node, node.name, path, "key");
      path.push(node.name ?? "");
    }
    return path;
  };
  // `around`: the names a node is the value of.
  const pending: { readonly node: Node; readonly around: readonly string[] }[] = [
    { node: source.root, around: [] },
  ];
  for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
    const { node, around } = next;
    if (node.kind === "binding") {
      const { value } = node;
      const inside = addNames(node.path, around);
      if (value.kind === "string") addValue(value, fixedText(value), inside);
      pending.push({ node: value, around: inside });
      continue;
    }
    if (node.kind === "inherit") for (const name of node.names) add(name, name.name, around, "inherit");
    if (node.kind === "list")
      for (const element of node.elements)
        if (element.kind === "string") {
          const text = fixedText(element);
          add(element, text, around, "string");
          addValue(element, text, around);
        }
    // What a `let` binds is no part of what stands around it.
    const isLet = node.kind === "let";
    for (const child of childrenOf(node))
      pending.push({ node: child, around: isLet && child !== node.body ? [] : around });
  }
  return mentions;
}

function entityBelow(clan: Clan, name: string, around: readonly string[]): Entity | undefined {
  // Whatever is called so there is one, also where no code that is evaluated has it.
  const isBelow = (...names: readonly string[]): boolean =>
    names.every((one, index) => around[around.length - names.length + index] === one);
  switch (around.at(-1)) {
    case "machines": {
      const isOne = clan.machines.known.has(name) || isBelow("inventory", "machines");
      return isOne ? { kind: "machine", clan, name } : undefined;
    }
    case "tags": {
      const isOne =
        clan.tags.known.has(name) || (around.at(-4) === "inventory" && around.at(-3) === "machines");
      return isOne ? { kind: "tag", clan, name } : undefined;
    }
    case "instances": {
      const isOne = clan.instances.known.has(name) || isBelow("inventory", "instances");
      return isOne ? { kind: "instance", clan, name } : undefined;
    }
    case "generators":
    case "dependencies": {
      const isOne = generatorsOf(clan, name).length > 0 || isBelow("clan", "core", "vars", "generators");
      return isOne ? { kind: "generator", clan, name } : undefined;
    }
    case "files":
      return partBelow(clan, "generator-file", name, around.at(-2));
    case "prompts":
      return partBelow(clan, "prompt", name, around.at(-2));
    case "roles":
      return roleBelow(clan, name, around.at(-2));
    case "modules":
      return isOwnService(clan, name) ? { kind: "service", clan, name, source: "self" } : undefined;
    default:
      return around.at(-2) === "tags" &&
        clan.machines.known.has(name) &&
        isBelow("inventory", "tags", around.at(-1) ?? "")
        ? { kind: "machine", clan, name }
        : settingBelow(clan, name, around);
  }
}

/** Of a text that is the value, or part of the value, of the last of the names. */
function entityInValue(clan: Clan, text: string, around: readonly string[]): Entity | undefined {
  const isOfModule = around.at(-2) === "module";
  if (isOfModule && around.at(-1) === "name") return serviceCalled(clan, text);
  if (isOfModule && around.at(-1) === "input")
    return clan.inputs.known.has(text) ? { kind: "input", clan, name: text } : undefined;
  const at = settingsAround(clan, around);
  const path = at && settingsPath(at.role.settings, at.names);
  return at !== undefined && path !== undefined && clan.machines.known.has(text) && isForMachines(at, path)
    ? { kind: "machine", clan, name: text }
    : undefined;
}

/** The flake's own, or the one of that name that instances use. */
function serviceCalled(clan: Clan, name: string): Entity | undefined {
  if (isOwnService(clan, name)) return { kind: "service", clan, name, source: "self" };
  const inputs = new Set(["clan-core", ...clan.inputs.known.keys()]);
  const [source, ...others] = [...inputs].filter((input) => findService(clan, { source: input, name }));
  return source !== undefined && others.length === 0 ? { kind: "service", clan, name, source } : undefined;
}

function isOwnService(clan: Clan, name: string): boolean {
  return clan.tree.at("modules", name) !== undefined;
}

/** Of a generator that has such a part elsewhere, too: what else is in its code has no other place to be found by. */
function partBelow(
  clan: Clan,
  kind: "generator-file" | "prompt",
  name: string,
  generator: string | undefined,
): Entity | undefined {
  if (generator === undefined) return undefined;
  const isOne = generatorsOf(clan, generator).some(({ files, prompts }) =>
    (kind === "prompt" ? prompts : files).known.has(name),
  );
  return isOne ? { kind, clan, name, generator } : undefined;
}

/** `instance`: the name around `roles`, where there is one. */
function roleBelow(clan: Clan, name: string, instance: string | undefined): Entity | undefined {
  const service = serviceWith(clan, name, instance);
  return service && { kind: "role", clan, name, service };
}

/** The one service that has such a role: of the instance, or else of all that are used. */
function serviceWith(clan: Clan, role: string, instance: string | undefined): ServiceName | undefined {
  const named = instance === undefined ? undefined : clan.instances.known.get(instance);
  const found = new Map<Service, ServiceName>();
  for (const each of named === undefined ? clan.instances.known.values() : [named])
    if (each.service.kind === "known" && each.service.service.roles.has(role))
      found.set(each.service.service, serviceNameOf(each));
  const [only, ...others] = found.values();
  return others.length === 0 ? only : undefined;
}

/** `roles.server.settings.port`, also of a machine of the role. */
function settingBelow(clan: Clan, name: string, around: readonly string[]): Entity | undefined {
  const at = settingsAround(clan, around);
  const path = at && settingsPath(at.role.settings, at.names);
  if (at === undefined || path === undefined) return undefined;
  const entity: Entity = { kind: "setting", clan, name, service: at.name, role: at.role.name, path };
  return optionsAround(entity)?.options.has(name) === true ? entity : undefined;
}

interface SettingsAround {
  readonly name: ServiceName;
  readonly service: Service;
  readonly role: ServiceRole;
  /** Those of settings, behind `settings`. */
  readonly names: readonly string[];
}

function settingsAround(clan: Clan, around: readonly string[]): SettingsAround | undefined {
  const at = around.indexOf("settings");
  const roles = around[at - 2] === "roles" ? at - 2 : around[at - 2] === "machines" ? at - 4 : -1;
  const role = around[roles + 1];
  if (at < 0 || role === undefined || around[roles] !== "roles") return undefined;
  const name = serviceWith(clan, role, around[roles - 1]);
  const service = name && findService(clan, name);
  const found = service?.roles.get(role);
  if (name === undefined || service === undefined || found === undefined) return undefined;
  return { name, service, role: found, names: around.slice(at + 1) };
}

/** The same path with `<name>` for what a person chose, and for the elements of a list; undefined where it leads nowhere. */
function settingsPath(settings: OptionSet, names: readonly string[]): readonly string[] | undefined {
  const path: string[] = [];
  let options: OptionSet | undefined = settings;
  let type: OptionType | undefined;
  const enter = (name: string, inner: OptionType | undefined): void => {
    path.push(name);
    type = inner;
    options = type && optionsOf(type);
  };
  for (const name of names) {
    const declared: Option | undefined = options?.options.get(name);
    const members = type && attributesOf(type);
    if (declared !== undefined) enter(name, declared.type);
    else if (members !== undefined) enter("<name>", members.of);
    else return undefined;
    const elements = type && listOf(type);
    if (elements !== undefined) enter("<name>", elements.of);
  }
  return path;
}
