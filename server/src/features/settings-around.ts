/**
 * The settings of a role that an option lies in, by its path: a clan has as many as it has machines.
 *
 *   inventory.instances.b.roles.server.machines.web.settings.port   ->   those of web as server of b
 */
import type { Clan, RoleSettings } from "../clan/model.ts";

interface ByPath {
  readonly settings: ReadonlyMap<string, RoleSettings>;
  /** How long their paths are: a few numbers. */
  readonly lengths: readonly number[];
}

// They go with the settings they are of.
const known = new WeakMap<readonly RoleSettings[], ByPath>();

/** Undefined for the path of the settings themselves. */
export function settingsAround(
  { settings }: Pick<Clan, "settings">,
  path: readonly string[],
): RoleSettings | undefined {
  const { lengths, settings: byPath } = indexOf(settings);
  for (const length of lengths) {
    const found = length < path.length ? byPath.get(keyOf(path.slice(0, length))) : undefined;
    if (found !== undefined) return found;
  }
  return undefined;
}

/** Those that are written there. */
export function settingsAt(
  { settings }: Pick<Clan, "settings">,
  path: readonly string[],
): RoleSettings | undefined {
  return indexOf(settings).settings.get(keyOf(path));
}

function indexOf(all: readonly RoleSettings[]): ByPath {
  const before = known.get(all);
  if (before !== undefined) return before;
  const settings = new Map<string, RoleSettings>();
  const lengths = new Set<number>();
  for (const one of all) {
    const { path } = one.tree;
    const key = keyOf(path);
    if (!settings.has(key)) settings.set(key, one);
    lengths.add(path.length);
  }
  const index = { settings, lengths: [...lengths].sort((a, b) => a - b) };
  known.set(all, index);
  return index;
}

function keyOf(path: readonly string[]): string {
  return path.join("\0");
}
