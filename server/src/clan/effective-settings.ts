/**
 * The settings a machine has in a role, each with all that was written for it: at the role, at the machine's
 * tags, and at the machine itself. (They are merged, not overridden, as clan-core's evalMachineSettings does.)
 *
 *   roles.server = { settings.port = mkDefault 1; machines.web.settings.port = 2; }
 *   ->  port: value 2, contributions [ role 1 (overridden), machine 2 ]
 */
import type { OptionNode } from "../modules/option-node.ts";
import type { OptionSet } from "../modules/option-type.ts";
import type { Node } from "../syntax/ast.ts";
import type { Clan, Instance, Role } from "./model.ts";

export interface EffectiveSetting {
  /** Below `settings`. */
  readonly path: readonly string[];
  /** Plain data; undefined where it is not known, or is the default. */
  readonly value: unknown;
  /** As declared; undefined if there is none. Counts where nobody writes anything. */
  readonly default: string | undefined;
  /** From the role to the machine. Empty: it has its default. */
  readonly contributions: readonly Contribution[];
}

export interface Contribution {
  readonly level: "role" | "tag" | "machine";
  /** Name of the role, tag or machine. */
  readonly name: string;
  /** Where the value is written. */
  readonly node: Node | undefined;
  /** What is written there; undefined where it is no known data. */
  readonly value: unknown;
  /** Another one counts in its place, by priority. */
  readonly overridden: boolean;
}

/**
 * All settings of the role's interface, and those defined beside it, sorted by path; groups of settings are
 * not listed themselves. Undefined if the service or the role is not known.
 */
export function effectiveSettings(
  clan: Clan,
  instance: Instance,
  role: Role,
  machine: string,
): readonly EffectiveSetting[] | undefined {
  const merged = clan.memberSettings(instance, role, machine);
  const service = instance.service.kind === "known" ? instance.service.service : undefined;
  const declared = service?.roles.get(role.name)?.settings;
  if (merged === undefined || declared === undefined) return undefined;
  const holders = holdersOf(clan, instance, role, machine);
  return leaves(declared, merged)
    .map(({ path, fallback }) => {
      const option = merged.at(...path);
      return {
        path,
        value: option?.data(),
        default: fallback,
        contributions: holders.flatMap((holder) => contributionsOf(holder, path, option)),
      };
    })
    .sort((a, b) => (a.path.join(".") < b.path.join(".") ? -1 : 1));
}

type Holder = Pick<Contribution, "level" | "name"> & { readonly settings: OptionNode };

/** The `settings` that reach the machine, each as options of the role's interface. */
function holdersOf(clan: Clan, instance: Instance, role: Role, machine: string): Holder[] {
  const trees = new Map(
    clan.settings.filter((each) => each.instance === instance).map(({ option, tree }) => [option, tree]),
  );
  const holder = (level: Contribution["level"], name: string, option: OptionNode | undefined): Holder[] => {
    const settings = option && trees.get(option);
    return settings === undefined ? [] : [{ level, name, settings }];
  };
  const tags = clan.machines.known.get(machine)?.tags ?? [];
  return [
    ...holder("role", role.name, role.option.child("settings")),
    ...tags.flatMap((tag) => holder("tag", tag, role.option.at("tags", tag, "settings"))),
    ...holder("machine", machine, role.option.at("machines", machine, "settings")),
  ];
}

function contributionsOf(
  { level, name, settings }: Holder,
  path: readonly string[],
  merged: OptionNode | undefined,
): Contribution[] {
  const written = settings.at(...path);
  if (written === undefined) return [];
  const winning = new Set(merged?.effective().flatMap(({ origins, keys }) => [...origins, ...keys]));
  const places = written.effective().flatMap(({ origins, keys }) => [...origins, ...keys]);
  const overridden = places.length > 0 && !places.some((node) => winning.has(node));
  return [{ level, name, node: places[0], value: written.data(), overridden }];
}

interface Leaf {
  readonly path: readonly string[];
  readonly fallback: string | undefined;
}

function leaves(declared: OptionSet, defined: OptionNode | undefined, above: readonly string[] = []): Leaf[] {
  const names = new Set([...declared.options.keys(), ...(defined?.children().keys() ?? [])]);
  return [...names].flatMap((name): Leaf[] => {
    const option = declared.options.get(name);
    if (option?.internal === true) return [];
    const path = [...above, name];
    const { type } = option ?? {};
    if (type?.kind === "submodule" && type.group === true)
      return leaves(type.options, defined?.child(name), path);
    return [{ path, fallback: option?.default }];
  });
}
