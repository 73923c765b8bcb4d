/**
 * What is different for a machine in the inventory: its tags and other options, its roles, their settings, and what
 * others in the same instance say where its role reads that.
 *
 *   roles.server.machines.db joins; web is a client, and clients read who the servers are
 *   ->   web: role inventory.instances.backup.roles.server
 */
import type { Clan, Instance, Role } from "../../clan/model.ts";
import type { OptionNode } from "../../modules/option-node.ts";
import { collectChangedOptions } from "./changed-options.ts";
import { fileOf, optionReason, type Reason } from "./reason.ts";
import { influenceOn } from "./role-influence.ts";

export function inventoryReasons(machine: string, before: Clan, after: Clan): Reason[] {
  return [
    ...ownOptions(machine, before, after),
    ...tagReasons(machine, before, after),
    ...instanceNames(before, after).flatMap((name) => instanceReasons(machine, name, before, after)),
  ];
}

/** `deploy.targetHost`, `machineClass`, …; tags are looked at as what they come to. That it is there says nothing. */
function ownOptions(machine: string, before: Clan, after: Clan): Reason[] {
  const [old, now] = [before, after].map((clan) => clan.tree.at("inventory", "machines", machine));
  return collectChangedOptions(old, now, ([, , , option]) => option === "tags")
    .filter((changed) => changed.path.length > 3)
    .map((changed) => optionReason("option", changed, after.root));
}

function tagReasons(machine: string, before: Clan, after: Clan): Reason[] {
  const [old, now] = [before, after].map((clan) => new Set(clan.machines.known.get(machine)?.tags));
  const changed = [...(old ?? []), ...(now ?? [])].filter((tag) => old?.has(tag) !== now?.has(tag));
  return changed.map((tag) => {
    const written = [after, before].map((clan) => clan.tree.at("inventory", "machines", machine, "tags"));
    const file = fileOf(after.tree.at("inventory", "tags", tag), after.root);
    return {
      what: "tag",
      path: `inventory.tags.${tag}`,
      file: written.map((option) => fileOf(option, after.root)).find((path) => path !== "") ?? file,
    };
  });
}

function instanceNames(before: Clan, after: Clan): string[] {
  return [...new Set([...before.instances.known.keys(), ...after.instances.known.keys()])];
}

function instanceReasons(machine: string, name: string, before: Clan, after: Clan): Reason[] {
  const [old, now] = [before.instances.known.get(name), after.instances.known.get(name)];
  const roles = [...new Set([...(old?.roles.keys() ?? []), ...(now?.roles.keys() ?? [])])];
  const reasons: Reason[] = [];
  for (const role of roles) {
    const [was, is] = [old?.roles.get(role), now?.roles.get(role)];
    const [had, has] = [hasMember(was, machine), hasMember(is, machine)];
    if (had !== has) reasons.push(roleReason(is ?? was, after.root));
    if (!has || !had || old === undefined || now === undefined || is === undefined || was === undefined)
      continue;
    if (serviceOf(old) !== serviceOf(now))
      reasons.push({
        what: "role",
        path: `inventory.instances.${name}.module`,
        file: fileOf(now.option, after.root),
      });
    reasons.push(
      ...settingReasons(
        machine,
        { clan: before, instance: old, role: was },
        { clan: after, instance: now, role: is },
      ),
    );
    reasons.push(...influences(machine, is, { clan: before, instance: old }, { clan: after, instance: now }));
  }
  return reasons;
}

interface Playing {
  readonly clan: Clan;
  readonly instance: Instance;
}
interface PlayingRole extends Playing {
  readonly role: Role;
}

/** What the role reads of the other roles of its instance, and of what other services export. */
function influences(machine: string, role: Role, before: Playing, after: Playing): Reason[] {
  const { machines, settings, exports } = influenceOn(after.clan, after.instance, role);
  const reasons: Reason[] = [];
  const names = new Set([...before.instance.roles.keys(), ...after.instance.roles.keys()]);
  for (const name of names) {
    const [was, is] = [before.instance.roles.get(name), after.instance.roles.get(name)];
    if ((machines?.has(name) ?? true) && membersOf(was) !== membersOf(is))
      reasons.push(roleReason(is ?? was, after.clan.root));
    if (was === undefined || is === undefined || !(settings?.has(name) ?? true)) continue;
    for (const member of is.members)
      if (member.machine !== machine && hasMember(was, member.machine))
        reasons.push(...settingReasons(member.machine, { ...before, role: was }, { ...after, role: is }));
  }
  return exports ? [...reasons, ...exportReasons(before, after)] : reasons;
}

/** Any change in the instances of services that export something may change what they export. */
function exportReasons(before: Playing, after: Playing): Reason[] {
  const reasons: Reason[] = [];
  for (const name of instanceNames(before.clan, after.clan)) {
    const [was, is] = [before.clan, after.clan].map((clan) => clan.instances.known.get(name));
    if (name === after.instance.name || ![was, is].some(mayExport)) continue;
    const roles = new Set([...(was?.roles.keys() ?? []), ...(is?.roles.keys() ?? [])]);
    for (const role of roles) {
      const [old, now] = [was?.roles.get(role), is?.roles.get(role)];
      if (membersOf(old) !== membersOf(now)) reasons.push(roleReason(now ?? old, after.clan.root));
      if (was === undefined || is === undefined || old === undefined || now === undefined) continue;
      for (const { machine } of now.members)
        if (hasMember(old, machine))
          reasons.push(
            ...settingReasons(
              machine,
              { clan: before.clan, instance: was, role: old },
              { clan: after.clan, instance: is, role: now },
            ),
          );
    }
  }
  return reasons;
}

function mayExport(instance: Instance | undefined): boolean {
  if (instance === undefined) return false;
  return instance.service.kind !== "known" || instance.service.service.exports.out.length > 0;
}

/** The settings a machine has in a role, whoever wrote them; of an unknown service, what is written. */
function settingReasons(machine: string, before: PlayingRole, after: PlayingRole): Reason[] {
  const [old, now] = [before, after].map(({ clan, instance, role }) =>
    clan.memberSettings(instance, role, machine),
  );
  const pairs =
    old === undefined || now === undefined
      ? writtenSettings(machine, before, after)
      : [{ before: old, after: now }];
  return pairs
    .filter((pair) => !isSameData(pair.before, pair.after))
    .flatMap((pair) => collectChangedOptions(pair.before, pair.after))
    .map((changed) => optionReason("setting", changed, after.clan.root));
}

/** With all defaults, whatever declares them. */
function isSameData(before: OptionNode | undefined, after: OptionNode | undefined): boolean {
  if (before === after) return true;
  const [old, now] = [before?.data(), after?.data()];
  return old !== undefined && now !== undefined && JSON.stringify(old) === JSON.stringify(now);
}

function writtenSettings(machine: string, before: PlayingRole, after: PlayingRole) {
  const tags = after.clan.machines.known.get(machine)?.tags ?? [];
  const places = [[], ["machines", machine], ...tags.map((tag) => ["tags", tag])];
  return places.map((place) => ({
    before: before.role.option.at(...place, "settings"),
    after: after.role.option.at(...place, "settings"),
  }));
}

function roleReason(role: Role | undefined, root: string): Reason {
  return { what: "role", path: role?.option.path.join(".") ?? "", file: fileOf(role?.option, root) };
}

function hasMember(role: Role | undefined, machine: string): boolean {
  return role?.members.some((member) => member.machine === machine) === true;
}

function membersOf(role: Role | undefined): string {
  return (role?.members ?? []).map(({ machine }) => machine).join(" ");
}

function serviceOf({ module, name }: Instance): string {
  return `${module.input ?? ""}/${module.name ?? name}`;
}
