/**
 * The part of a clan that is shown.
 *
 *   narrow(clan, { text: "web", tag: "", service: "" })   ->   machine web and the instances it is in
 */
import type { ClanSummary, InstanceSummary, MachineSummary } from "../../shared/requests.ts";

export interface Filter {
  /** A part of a name, tag, class, host, service or role. Empty, as the others: all. */
  readonly text: string;
  readonly tag: string;
  readonly service: string;
}

export const everything: Filter = { text: "", tag: "", service: "" };

/** Machines and instances that fit, with what they have to do with each other. */
export function narrow(clan: ClanSummary, filter: Filter): ClanSummary {
  const text = filter.text.trim().toLowerCase();
  if (text === "" && filter.tag === "" && filter.service === "") return clan;
  const machines = clan.machines.filter(({ tags }) => filter.tag === "" || tags.includes(filter.tag));
  const instances = clan.instances
    .filter(({ service }) => filter.service === "" || service === filter.service)
    .map((instance) => ({ instance, members: membersOf(instance), isNamed: instanceSays(instance, text) }));
  const shown = machines.filter((machine) => {
    const around = instances.filter(({ members }) => members.has(machine.name));
    if (filter.service !== "" && around.length === 0) return false;
    return machineSays(machine, text) || around.some(({ isNamed }) => isNamed);
  });
  const names = new Set(shown.map(({ name }) => name));
  const wanted = shown.filter((machine) => machineSays(machine, text));
  return {
    ...clan,
    machines: shown,
    instances: instances
      .filter(({ members, isNamed }) => {
        if (isNamed && filter.tag === "") return true;
        return (isNamed ? shown : wanted).some(({ name }) => members.has(name));
      })
      .map(({ instance, isNamed }) => ({
        ...instance,
        roles: instance.roles
          .map((role) => ({ ...role, members: role.members.filter(({ machine }) => names.has(machine)) }))
          .filter(({ members }) => members.length > 0 || (isNamed && filter.tag === "")),
      })),
  };
}

function membersOf({ roles }: InstanceSummary): ReadonlySet<string> {
  return new Set(roles.flatMap(({ members }) => members.map(({ machine }) => machine)));
}

function machineSays({ name, tags, targetHost = "", class: system }: MachineSummary, text: string): boolean {
  return [name, ...tags, targetHost, system].some((part) => part.toLowerCase().includes(text));
}

function instanceSays({ name, service = "", roles }: InstanceSummary, text: string): boolean {
  return [name, service, ...roles.map((role) => role.name)].some((part) => part.toLowerCase().includes(text));
}
