/**
 * Which machine, instance or role the code at the cursor is part of: the innermost, for an editor that shows it in its views.
 *
 *   inventory.instances.vpn = { roles.peer.settings.x = ▮1; }   ->   { kind: "role", name: "peer", instance: "vpn" }
 */
import type { Clan } from "../clan/model.ts";
import { isWithin, resolvePath } from "../nix/path.ts";
import { nodesAt } from "../syntax/navigate.ts";
import { collectPlaces } from "./option-place.ts";
import { clansAround, type Query } from "./query.ts";

export type ThingAt = { readonly clan: Clan; readonly name: string } & (
  | { readonly kind: "machine" | "instance" }
  | { readonly kind: "role"; readonly instance: string }
);

/** Undefined where the code is part of none that exists, or of several. */
export function findThingAt(query: Query): ThingAt | undefined {
  const source = query.snapshot.source(query.path);
  if (source === undefined) return undefined;
  const clans = clansAround(query);
  for (const node of [...nodesAt(source, query.offset)].reverse()) {
    const things = collectPlaces(clans, node).flatMap(({ clan, option }) => thingOf(clan, option.path) ?? []);
    const [first, ...others] = things;
    if (first === undefined) continue;
    // Code that several share is about none of them.
    return others.every((other) => isSame(first, other)) ? first : undefined;
  }
  return clans.flatMap((clan) => machineOfFile(clan, query.path) ?? [])[0];
}

function thingOf(clan: Clan, path: readonly string[]): ThingAt | undefined {
  const [first, second, third, fourth, fifth] = path;
  const machine =
    first === "machines" ? second : first === "inventory" && second === "machines" ? third : undefined;
  if (machine !== undefined && clan.machines.known.has(machine))
    return { clan, kind: "machine", name: machine };
  if (first !== "inventory" || second !== "instances" || third === undefined) return undefined;
  const instance = clan.instances.known.get(third);
  if (instance === undefined) return undefined;
  return fourth === "roles" && fifth !== undefined && instance.roles.has(fifth)
    ? { clan, kind: "role", name: fifth, instance: third }
    : { clan, kind: "instance", name: third };
}

function isSame(one: ThingAt, other: ThingAt): boolean {
  const instanceOf = (thing: ThingAt) => (thing.kind === "role" ? thing.instance : undefined);
  return (
    one.clan.root === other.clan.root &&
    one.kind === other.kind &&
    one.name === other.name &&
    instanceOf(one) === instanceOf(other)
  );
}

/** Of a file in the machine's own folder. */
function machineOfFile(clan: Clan, path: string): ThingAt | undefined {
  const { directory } = clan;
  if (directory === undefined) return undefined;
  const name = [...clan.machines.known.keys()].find((machine) =>
    isWithin(path, resolvePath(directory, `machines/${machine}`)),
  );
  return name === undefined ? undefined : { clan, kind: "machine", name };
}
