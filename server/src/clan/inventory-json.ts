/**
 * A clan's machines and instances as JSON: what `clan-ls inventory` says but for what is not known.
 *
 *   { inventory.machines.web.tags = [ "srv" ]; }
 *   ->  { "machines": { "web": { "class": "nixos", "tags": ["all", "nixos", "srv"], "targetHost": null } }, … }
 */
import type { Clan, Instance } from "./model.ts";

export interface InventoryJson {
  readonly version: 1;
  readonly meta: { readonly name: string | null };
  readonly machines: Readonly<Record<string, MachineJson>>;
  readonly instances: Readonly<Record<string, InstanceJson>>;
}

interface MachineJson {
  readonly class: "nixos" | "darwin";
  readonly tags: readonly string[];
  readonly targetHost: string | null;
}

interface InstanceJson {
  /** Null where it is not known. */
  readonly service: string | null;
  readonly input: string | null;
  readonly roles: Readonly<Record<string, { readonly machines: readonly string[] }>>;
}

/** All names sorted. */
export function toInventoryJson(clan: Clan): InventoryJson {
  return {
    version: 1,
    meta: { name: clan.name ?? null },
    machines: mapValues(clan.machines.known, (machine) => ({
      class: machine.class,
      tags: machine.tags,
      targetHost: machine.targetHost ?? null,
    })),
    instances: mapValues(clan.instances.known, toInstanceJson),
  };
}

function toInstanceJson({ module, service, roles }: Instance): InstanceJson {
  return {
    service: service.kind === "known" ? service.service.name : (module.name ?? null),
    input: module.input ?? null,
    roles: mapValues(roles, (role) => ({ machines: role.members.map((member) => member.machine) })),
  };
}

function mapValues<T, R>(map: ReadonlyMap<string, T>, change: (value: T) => R): Record<string, R> {
  return Object.fromEntries([...map].map(([name, value]) => [name, change(value)]));
}
