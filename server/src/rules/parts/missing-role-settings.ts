/**
 * Settings without a default that are not set for a machine of a role.
 *
 *   wireguard.roles.controller.machines.web = { };   ->   at `web`: `endpoint` is missing
 *
 * The settings of the role, of the tags that brought the machine and of the machine itself are merged
 * first. Reported at the innermost attribute that is written and lacks it, if the role's own behaviour reads it.
 */
import { isSettingRead } from "../../clan/catalogue/conditional-settings.ts";
import type { Clan, Instance, Role, ServiceRole } from "../../clan/model.ts";
import { showOption } from "../../modules/describe.ts";
import type { OptionNode } from "../../modules/option-node.ts";
import type { Node } from "../../syntax/ast.ts";
import { findInsertFix } from "../fix/insert-fix.ts";
import type { Problem } from "../rule.ts";
import type { Look } from "../run/look.ts";
import { collectMissing, type Missing, needsSettings } from "./missing-options.ts";
import { at } from "./place.ts";
import { namePlaces } from "./written.ts";

export function checkRoleSettings(clan: Clan, look: Look): Iterable<Problem> {
  return look.inInstances(clan, (instance) => checkInstance(clan, instance));
}

function* checkInstance(clan: Clan, instance: Instance): Iterable<Problem> {
  if (instance.service.kind !== "known") return;
  const { service } = instance.service;
  for (const role of instance.roles.values()) {
    const declared = service.roles.get(role.name);
    // A service that fills in settings itself may fill in these.
    if (declared === undefined || declared.extendsSettings || !needsSettings(declared.settings)) continue;
    yield* checkRole(clan, instance, role, declared, service.name);
  }
}

function* checkRole(
  clan: Clan,
  instance: Instance,
  role: Role,
  declared: ServiceRole,
  service: string,
): Iterable<Problem> {
  const found = new Map<Node, { readonly holder: OptionNode; readonly missing: Missing[] }>();
  for (const { machine } of role.members) {
    const tags = clan.machines.known.get(machine)?.tags;
    const tree = clan.memberSettings(instance, role, machine);
    if (tags === undefined || tree === undefined) continue;
    for (const missing of collectMissing(tree, declared.settings)) {
      if (declared.reads?.has(missing.path[0] as string) === false) continue;
      if (!isSettingRead(instance, service, role.name, missing.path.join("."))) continue;
      const holder = findHolder(role, machine, tags, missing);
      const node = holder && namePlaces(holder).at(-1);
      if (holder === undefined || node === undefined) continue;
      const here = found.get(node) ?? { holder, missing: [] };
      if (!here.missing.some(({ path }) => path.join(".") === missing.path.join(".")))
        here.missing.push(missing);
      found.set(node, here);
    }
  }
  for (const [node, { holder, missing }] of found) {
    const names = missing.map(({ path }) => `\`${showOption(path)}\``).join(", ");
    const message = `The role \`${role.name}\` of \`${service}\` needs the setting${missing.length > 1 ? "s" : ""} ${names}, which ${missing.length > 1 ? "have" : "has"} no default.`;
    yield at(node, message, {
      ...findInsertFix(holder, missing),
      restsOn: [role.option.path, holder.path].map((path) => [...path, "settings"]),
    });
  }
}

/** The innermost attribute that is written and lacks the setting. */
function findHolder(
  role: Role,
  machine: string,
  tags: readonly string[],
  { inside }: Missing,
): OptionNode | undefined {
  if (inside !== undefined) return inside;
  const holders = [
    role.option.at("machines", machine),
    ...tags.map((tag) => role.option.at("tags", tag)),
    role.option,
  ].filter((holder) => holder !== undefined && namePlaces(holder).length > 0);
  const written = holders
    .map((holder) => holder?.child("settings"))
    .filter((settings) => settings !== undefined);
  return written[0] ?? holders[0];
}
