/**
 * A clan's machines and instances as JSON, for `clan-ls inventory --format json`.
 *
 *   { inventory.machines.web.tags = [ "srv" ]; }
 *   ->  { "machines": { "web": { "class": "nixos", "tags": ["all", "nixos", "srv"], "targetHost": null } }, … }
 */
import type { Node } from "../syntax/ast.ts";
import { LineIndex } from "../syntax/line-index.ts";
import type { Clan, Instance, UnknownPart } from "./model.ts";

export interface InventoryJson {
  readonly version: 1;
  readonly meta: { readonly name: string | null };
  readonly machines: Readonly<Record<string, MachineJson>>;
  readonly instances: Readonly<Record<string, InstanceJson>>;
  readonly unknown: readonly UnknownJson[];
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

/** `file` is relative to the clan's root and null, as `range` is, where nothing is written. */
interface UnknownJson {
  readonly path: string;
  readonly reason: string;
  readonly file: string | null;
  readonly range: RangeJson | null;
}

/** 0-based lines, UTF-16 characters. */
interface RangeJson {
  readonly start: PositionJson;
  readonly end: PositionJson;
}

interface PositionJson {
  readonly line: number;
  readonly character: number;
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
    unknown: clan.unknown.map((part) => toUnknownJson(part, clan.root)),
  };
}

function toInstanceJson({ module, roles }: Instance): InstanceJson {
  return {
    service: module.name ?? null,
    input: module.input ?? null,
    roles: mapValues(roles, (role) => ({ machines: role.members.map((member) => member.machine) })),
  };
}

function toUnknownJson({ path, reason, node }: UnknownPart, root: string): UnknownJson {
  if (node === undefined) return { path, reason, file: null, range: null };
  return { path, reason, file: relativePath(node.source.path, root), range: toRange(node) };
}

function toRange({ source, start, end }: Node): RangeJson {
  const lines = new LineIndex(source.text);
  const toPosition = (offset: number): PositionJson => {
    const { line, column } = lines.position(offset);
    return { line, character: column };
  };
  return { start: toPosition(start), end: toPosition(end) };
}

function relativePath(path: string, root: string): string {
  return path.startsWith(`${root}/`) ? path.slice(root.length + 1) : path;
}

function mapValues<T, R>(map: ReadonlyMap<string, T>, change: (value: T) => R): Record<string, R> {
  return Object.fromEntries([...map].map(([name, value]) => [name, change(value)]));
}
