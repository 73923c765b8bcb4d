/**
 * What a person goes on with after a new name: the brackets of its value, and what must be set in it.
 *
 *   machineClass -> "$0"      tags -> [ $0 ]      roles -> { $0 }
 *   the role `controller` of wireguard -> { settings.endpoint = "$1"; $0 }
 */
import { isSettingRead } from "../../clan/catalogue/conditional-settings.ts";
import { namesMachines } from "../../clan/catalogue/machine-settings.ts";
import type { Instance, Service, ServiceRole } from "../../clan/model.ts";
import { alternativesOf } from "../../modules/inner-types.ts";
import type { OptionType } from "../../modules/option-type.ts";
import { printAttrName } from "../../syntax/quote.ts";
import { attributesOf, listOf, optionsOf, valueMeaning } from "../option-place.ts";
import { type RequiredSetting, requiredSettings } from "../required-settings.ts";

/** A snippet, and whether there is something to offer at its first stop. */
export interface Stub {
  readonly stub: string;
  readonly offersNext: boolean;
}

/** Of a value of this type; a snippet. */
export function valueStub(type: OptionType | undefined): string {
  return type === undefined ? "$0" : stubOf(type, "$0");
}

/** Whether something can be offered between the brackets or quotes of such a value, or in place of it. */
export function offersValues(type: OptionType): boolean {
  return offersAny(type, new Set());
}

/** `seen`: types that offer nothing, or are just being looked at. */
function offersAny(type: OptionType, seen: Set<OptionType>): boolean {
  return alternativesOf(type).some((one) => {
    if (seen.has(one)) return false;
    seen.add(one);
    return one.kind === "listOf" ? offersAny(one.of, seen) : offersOwnValues(one);
  });
}

function offersOwnValues(type: OptionType): boolean {
  switch (type.kind) {
    case "bool":
    case "enum":
    case "path":
    case "settings":
      return true;
    case "str":
      return type.meaning !== undefined;
    case "submodule":
      return type.options.options.size > 0;
    case "attrsOf":
      // A machine's name is new where machines are defined, and offered everywhere else.
      return type.keyMeaning !== undefined;
    default:
      return false;
  }
}

/** Of a role: the settings it cannot do without in this instance. */
export function roleStub(role: ServiceRole, service: Service, instance: Instance): Stub {
  const isRead = (path: string): boolean => isSettingRead(instance, service.name, role.name, path);
  const required = requiredSettings(role.settings, isRead);
  const [first] = required;
  const stub = block(settingLines(required, new TabStops()));
  const isMachine = first !== undefined && namesMachines({ service, role }, first.path);
  return { stub, offersNext: first === undefined || isMachine || offersValues(first.type) };
}

/** Of an instance: a service with one role has that role, at least. */
export function instanceStub(service: Service): Stub {
  const [role, ...others] = service.roles.values();
  if (role === undefined || others.length > 0) return { stub: "{ $0 }", offersNext: true };
  const stops = new TabStops();
  const path = `roles.${printAttrName(role.name)}`;
  const lines = [
    `${path}.machines.${stops.next()} = { };`,
    ...settingLines(requiredSettings(role.settings), stops, `${path}.`),
  ];
  return { stub: block(lines), offersNext: true };
}

class TabStops {
  private count = 0;

  next(): string {
    this.count++;
    return `$${this.count}`;
  }
}

function settingLines(settings: readonly RequiredSetting[], stops: TabStops, prefix = ""): string[] {
  return settings.map(
    ({ path, type }) =>
      `${prefix}settings.${path.map(printAttrName).join(".")} = ${stubOf(type, stops.next())};`,
  );
}

function block(lines: readonly string[]): string {
  if (lines.length === 0) return "{ $0 }";
  if (lines.length === 1) return `{ ${lines[0]} $0 }`;
  return `{\n${lines.map((line) => `  ${line}\n`).join("")}  $0\n}`;
}

function stubOf(type: OptionType, stop: string): string {
  // Where a list is taken as well as a set (the tags of a role), the list is what people write.
  if (listOf(type) !== undefined && (type.kind === "coercedTo" || attributesOf(type) === undefined))
    return `[ ${stop} ]`;
  if (optionsOf(type) !== undefined || attributesOf(type) !== undefined) return `{ ${stop} }`;
  if (type.kind === "settings" || type.kind === "deferredModule") return `{ ${stop} }`;
  return isText(type) || valueMeaning(type) !== undefined ? `"${stop}"` : stop;
}

function isText(type: OptionType): boolean {
  return type.kind === "str" || (type.kind === "nullOr" && isText(type.of));
}
