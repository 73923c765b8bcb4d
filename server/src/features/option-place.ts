/**
 * Where a word of the code stands in a clan: which option it names, or which option's value it is. One word
 * can stand in several places: in a `let` that two instances inherit, or in the body of a `mapAttrs`.
 *
 *   let zt = { roles.peer = { }; }; in { instances = { inherit zt; }; }
 *   "peer"  ->  the name of inventory.instances.zt.roles.peer
 */
import { namesMachines } from "../clan/catalogue/machine-settings.ts";
import type { Clan, Instance, RoleSettings } from "../clan/model.ts";
import { alternativesOf } from "../modules/inner-types.ts";
import type { OptionNode } from "../modules/option-node.ts";
import type { Meaning, OptionSet, OptionType } from "../modules/option-type.ts";
import type { Node } from "../syntax/ast.ts";
import { settingsAround } from "./settings-around.ts";

export interface OptionPlace {
  readonly clan: Clan;
  readonly option: OptionNode;
  /** The option the name is an attribute of; undefined at the root. */
  readonly parent: OptionNode | undefined;
  /** The word is the option's name, not (part of) its value. */
  readonly isName: boolean;
  /** The instance it lies in. */
  readonly instance: Instance | undefined;
  /** The settings it lies in; `option` is then one of the role's interface. */
  readonly settings: RoleSettings | undefined;
  /** The machine whose configuration it lies in, where it is none of the clan's own options. */
  readonly machine?: string | undefined;
}

/** Places of a syntax node in the clans, in the clans' order; each option once. */
export function collectPlaces(clans: readonly Clan[], node: Node): OptionPlace[] {
  return clans.flatMap((clan) => {
    const options = new Map((clan.index.get(node) ?? []).map((option) => [option.path.join("\0"), option]));
    return [...options.values()].map((option) => placeOf(clan, option, node));
  });
}

/** The place `node` has as the name or as (part of) the value of `option`. */
export function placeOf(clan: Clan, option: OptionNode, node: Node): OptionPlace {
  const [first, second, instance] = option.path;
  return {
    clan,
    option,
    parent: parentOf(clan, option),
    isName: option.definitions.some((definition) => definition.keys.includes(node)),
    instance:
      first === "inventory" && second === "instances" && instance !== undefined
        ? clan.instances.known.get(instance)
        : undefined,
    settings: settingsAround(clan, option.path),
  };
}

/**
 * The option that an option is an attribute or element of. What is taken over from one evaluation to the next knows only
 * the place above it: there the same place is looked up in the clan as it is now.
 */
export function parentOf(clan: Clan, option: OptionNode): OptionNode | undefined {
  const name = option.path.at(-1);
  if (!option.lasts || name === undefined) return option.parent;
  const around = clan.tree.at(...option.path.slice(0, -1));
  return around?.child(name) === option ? around : option.parent;
}

/** What the option's name stands for: a machine, a role, …; undefined for the name of a declared option. */
export function nameMeaning({ parent }: OptionPlace): Meaning | undefined {
  const type = parent?.type;
  const free = type && (attributesOf(type) ?? optionsOf(type)?.freeform);
  return free?.kind === "attrsOf" ? free.keyMeaning : undefined;
}

/** What the place's value, or an element of it, stands for, if it is a string that names something. */
export function placeMeaning({ option, settings }: OptionPlace): Meaning | undefined {
  const declared = valueMeaning(option.type);
  if (declared !== undefined || settings === undefined) return declared;
  return isForMachines(settings, settingPath(option)) ? "machine" : undefined;
}

/** Whether the settings at this path name machines, though their type does not say so: `controller` of wireguard. */
export function isForMachines(
  settings: Parameters<typeof namesMachines>[0],
  path: readonly string[],
): boolean {
  const around = path.at(-1) === "<name>" ? path.slice(0, -1) : path;
  return namesMachines(settings, path) || namesMachines(settings, around);
}

/** The names of declared settings down to an option, with `<name>` for those a person chose. */
export function settingPath(option: OptionNode | undefined): string[] {
  if (option?.parent === undefined) return [];
  return [...settingPath(option.parent), option.option === undefined ? "<name>" : (option.path.at(-1) ?? "")];
}

/** What a value of the type stands for, if it is a string that names something. */
export function valueMeaning(type: OptionType | undefined): Meaning | undefined {
  for (const one of type === undefined ? [] : alternativesOf(type))
    if (one.kind === "str" && one.meaning !== undefined) return one.meaning;
  return undefined;
}

/** The type as a set of names a person is free to choose. */
export function attributesOf(type: OptionType): (OptionType & { kind: "attrsOf" }) | undefined {
  return alternativesOf(type).find((one) => one.kind === "attrsOf");
}

/** The type as a set of declared options. */
export function optionsOf(type: OptionType): OptionSet | undefined {
  return alternativesOf(type).find((one) => one.kind === "submodule")?.options;
}

/** The type as a list. */
export function listOf(type: OptionType): (OptionType & { kind: "listOf" }) | undefined {
  return alternativesOf(type).find((one) => one.kind === "listOf");
}
