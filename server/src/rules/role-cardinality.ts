/**
 * A role has more machines than its service allows, or fewer than it needs.
 *
 *   zerotier.roles.controller.machines = { a = { }; b = { }; };   ->   warning at `controller`
 *   zerotier.roles.peer.tags = [ "all" ];                         ->   warning at `zerotier`
 */
import type { Clan, Instance, Service, ServiceRole } from "../clan/model.ts";
import type { Snapshot } from "../project/snapshot.ts";
import type { Fix } from "./finding.ts";
import { addAttribute } from "./fix/edit.ts";
import { memberFixes } from "./fix/member-fix.ts";
import { fewNames } from "./fix/name-fixes.ts";
import { at } from "./parts/place.ts";
import { namePlaces } from "./parts/written.ts";
import type { Problem, Rule } from "./rule.ts";
import type { Look } from "./run/look.ts";

export const roleCardinality: Rule = {
  code: "role-cardinality",
  severity: "warning",
  summary: "A role has more machines than its service allows, or fewer than it needs.",
  checkClan: (clan: Clan, _: Snapshot, look: Look) =>
    look.inInstances(clan, (instance) =>
      instance.service.kind === "known" ? checkInstance(clan, instance, instance.service.service) : [],
    ),
};

function* checkInstance(clan: Clan, instance: Instance, service: Service): Iterable<Problem> {
  // A role that does not exist is reported by unknown-role; its machines are missing in the one that is meant.
  if ([...instance.roles.keys()].some((name) => !service.roles.has(name))) return;
  for (const expected of service.roles.values()) {
    const role = instance.roles.get(expected.name);
    const open =
      role === undefined ? (instance.option.open ?? instance.option.child("roles")?.open) : role.open;
    if (open !== undefined) continue;
    const count = role?.members.length ?? 0;
    const { minMachines = 0, maxMachines = Number.POSITIVE_INFINITY } = expected;
    if (role !== undefined && count > maxMachines)
      for (const node of namePlaces(role.option))
        yield at(node, describe(service, expected, "at most", maxMachines, count), {
          fixes: memberFixes(role, maxMachines, clan),
        });
    if (count >= minMachines) continue;
    const isRefused = needsController(instance, service, expected);
    const message = `${describe(service, expected, "at least", minMachines, count)}${isRefused ? NEEDS_CONTROLLER : ""}`;
    for (const node of namePlaces(instance.option))
      yield {
        ...at(node, message, {
          fixes: addMemberFixes(clan, instance, expected.name),
          restsOn: ["machines", "tags"].map((by) => [...instance.option.path, "roles", expected.name, by]),
        }),
        isRefused,
      };
  }
}

/** Each machine of the clan, where they are few: which one is meant, nobody knows. */
function addMemberFixes({ machines }: Clan, { option, roles }: Instance, role: string): Fix[] {
  const members = new Set(roles.get(role)?.members.map(({ machine }) => machine));
  const names = [...machines.known.keys()].filter((name) => !members.has(name));
  if (names.length > fewNames) return [];
  return names.flatMap((name) => {
    const edit = addAttribute(option, ["roles", role, "machines", name], "{ }");
    return edit === undefined
      ? []
      : [{ title: `Make \`${name}\` a \`${role}\``, edits: [edit], optional: true }];
  });
}

const NEEDS_CONTROLLER = " Nix cannot evaluate the machines' vars without one.";

/** The other machines of zerotier ask who the controller is as soon as their vars are read. */
function needsController(instance: Instance, service: Service, { name }: ServiceRole): boolean {
  const isZerotier =
    service.name === "zerotier" && (service.origin === "catalogue" || service.catalogued !== undefined);
  return (
    isZerotier &&
    name === "controller" &&
    [...instance.roles.values()].some(({ members }) => members.length > 0)
  );
}

function describe(service: Service, role: ServiceRole, bound: string, limit: number, count: number): string {
  const machines = limit === 1 ? "machine" : "machines";
  const has = count === 0 ? "there is none" : `there ${count === 1 ? "is" : "are"} ${count}`;
  return `The role \`${role.name}\` of \`${service.name}\` takes ${bound} ${limit} ${machines}, but ${has}. \`clan vars generate\` refuses that.`;
}
