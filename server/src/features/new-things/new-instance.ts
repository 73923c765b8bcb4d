/**
 * An instance of a service, of what a person chose: the edit that adds it, what would be wrong with it, and which settings it
 * cannot do without.
 *
 *   { name: "vpn", service: "wireguard", roles: [ controller: web, peer: tag all ] }
 *   ->  vpn = { module.name = "wireguard"; roles.controller.machines.web = { }; … };   missing: controller's `endpoint`
 */
import { isSettingRead } from "../../clan/catalogue/conditional-settings.ts";
import type { AvailableService, Clan, Instance, ServiceRole } from "../../clan/model.ts";
import type { Option, OptionType } from "../../modules/option-type.ts";
import type { Snapshot } from "../../project/snapshot.ts";
import type { TextEdit } from "../../rules/finding.ts";
import { addAttribute } from "../../rules/fix/edit.ts";
import { printAttrName, printString } from "../../syntax/quote.ts";
import type { Proposal } from "../assists/assist.ts";
import { readsWell } from "../checked-edits.ts";
import type { ClansOf } from "../query.ts";
import { requiredSettings } from "../required-settings.ts";
import { tryEdits } from "./tried-edits.ts";

export interface InstanceChoice {
  readonly name: string;
  readonly service: string;
  /** Null: clan's own. */
  readonly input: string | null;
  readonly roles: readonly RoleChoice[];
}

export interface RoleChoice {
  readonly name: string;
  readonly machines: readonly string[];
  readonly tags: readonly string[];
  readonly settings: readonly SettingChoice[];
}

export interface SettingChoice {
  /** Below `settings`. */
  readonly path: readonly string[];
  /** As a person typed it: of a string, what is in the quotes; else Nix. */
  readonly value: string;
}

export interface NewInstance {
  /** Undefined where the inventory is not written in a way that can be added to, or a value is no Nix. */
  readonly proposal: Proposal | undefined;
  /** Sentences on what would be wrong, apart from settings that are missing. */
  readonly problems: readonly string[];
  readonly missing: readonly MissingSetting[];
}

export interface MissingSetting {
  readonly role: string;
  readonly path: readonly string[];
  readonly option: Option;
  /** The values there are to choose from; undefined where they cannot be counted. */
  readonly choices: readonly string[] | undefined;
}

export function newInstance(
  clan: Clan,
  snapshot: Snapshot,
  clans: ClansOf,
  choice: InstanceChoice,
): NewInstance {
  const available = clan
    .availableServices()
    .find(({ name, input }) => name === choice.service && input === choice.input);
  const bad = choice.roles.flatMap(({ name, settings }) =>
    settings.filter((setting) => !isValue(valueText(available, name, setting), clan, snapshot)),
  );
  const [first] = bad;
  if (first !== undefined) return nothing([`This is no Nix expression: ${first.value}`]);
  const edit = editFor(clan, choice, available);
  if (edit === undefined) return nothing([]);
  if (!readsWell(snapshot, [edit])) return nothing(["This cannot be read as Nix."]);
  const tried = tryEdits(clan, snapshot, clans, [edit]);
  const instance = tried?.clan.instances.known.get(choice.name);
  if (tried === undefined || instance === undefined) return nothing([]);
  return {
    proposal: { title: `Add instance \`${choice.name}\` of ${choice.service}`, edits: [edit] },
    problems: tried.problems.filter(({ code }) => code !== "missing-setting").map(({ message }) => message),
    missing: choice.roles.flatMap((role) => missingSettings(instance, role)),
  };
}

function nothing(problems: readonly string[]): NewInstance {
  return { proposal: undefined, problems, missing: [] };
}

/** Undefined where the inventory is not written in a way that can be added to. */
function editFor(
  clan: Clan,
  choice: InstanceChoice,
  available: AvailableService | undefined,
): TextEdit | undefined {
  const value = block(instanceLines(choice, available));
  const inventory = clan.tree.child("inventory");
  return inventory === undefined
    ? addAttribute(clan.tree, ["inventory", "instances", choice.name], value)
    : addAttribute(inventory, ["instances", choice.name], value);
}

function instanceLines(
  { name, service, input, roles }: InstanceChoice,
  available: AvailableService | undefined,
): string[] {
  return [
    // Where nothing is said, the service is that of the instance's name, of clan's own.
    ...(service === name ? [] : [`module.name = ${printString(service)};`]),
    ...(input === null ? [] : [`module.input = ${printString(input)};`]),
    ...roles.flatMap((role) => {
      const path = `roles.${printAttrName(role.name)}`;
      const tags = role.tags.map(printString).join(" ");
      const lines = [
        ...role.machines.map((machine) => `${path}.machines.${printAttrName(machine)} = { };`),
        ...(role.tags.length === 0 ? [] : [`${path}.tags = [ ${tags} ];`]),
        ...role.settings.map((setting) => {
          const option = setting.path.map(printAttrName).join(".");
          return `${path}.settings.${option} = ${valueText(available, role.name, setting)};`;
        }),
      ];
      return lines.length === 0 ? [`${path} = { };`] : lines;
    }),
  ];
}

function block(lines: readonly string[]): string {
  return lines.length === 0 ? "{ }" : `{\n${lines.map((line) => `\t${line}\n`).join("")}}`;
}

/** As it is written in Nix. */
function valueText(
  available: AvailableService | undefined,
  role: string,
  { path, value }: SettingChoice,
): string {
  const required = requiredOf(available?.service.roles.get(role)).find(
    (each) => each.path.join("\0") === path.join("\0"),
  );
  return required !== undefined && isText(required.type) ? printString(value) : value.trim();
}

function requiredOf(role: ServiceRole | undefined): ReturnType<typeof requiredSettings> {
  return role === undefined ? [] : requiredSettings(role.settings);
}

function missingSettings(instance: Instance, { name, settings }: RoleChoice): MissingSetting[] {
  if (instance.service.kind !== "known") return [];
  const { service } = instance.service;
  const declared = service.roles.get(name);
  if (declared === undefined) return [];
  const isRead = (path: string): boolean => isSettingRead(instance, service.name, name, path);
  const given = new Set(settings.map(({ path }) => path.join("\0")));
  return requiredSettings(declared.settings, isRead)
    .filter(({ path }) => !given.has(path.join("\0")))
    .map(({ path, option }) => ({ role: name, path, option, choices: choicesOf(option.type) }));
}

/** What is typed is what is between the quotes. */
function isText(type: OptionType): boolean {
  switch (type.kind) {
    case "str":
      return true;
    case "enum":
      return type.values.every((value) => typeof value === "string");
    case "nullOr":
    case "unique":
      return isText(type.of);
    default:
      return false;
  }
}

function choicesOf(type: OptionType): readonly string[] | undefined {
  if (type.kind === "bool") return ["true", "false"];
  return type.kind === "enum" ? type.values.map(String) : undefined;
}

/** One expression, which ends where the text ends. */
function isValue(text: string, { root }: Clan, snapshot: Snapshot): boolean {
  const path = `${root}/.value.nix`;
  const source = snapshot.with(path, `(${text}\n)`).source(path);
  return source !== undefined && source.problems.length === 0;
}
