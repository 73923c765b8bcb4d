/**
 * The value a setting has on each machine of its role, and who wrote it, as Markdown. Machines that agree share a line.
 *
 *   settings.port, written at the role and at web   ->
 *   - `db`, `nb`: `80` (role `server`)
 *   - `web`: `8080` (machine `web`, over role `server`)
 */
import { type Contribution, type EffectiveSetting, effectiveSettings } from "../clan/effective-settings.ts";
import type { Clan, Instance, Role, RoleSettings } from "../clan/model.ts";
import { printAttrName } from "../syntax/quote.ts";
import { codes, codeText, shorten } from "./markdown.ts";
import { showData } from "./show-data.ts";

/** Of more machines than this, only the first are looked at. */
const maximumMachines = 40;

/** `path`: below `settings`. Undefined where the role has no machines, or the setting is not known. */
export function describeEffective(
  clan: Clan,
  { instance, role }: RoleSettings,
  path: readonly string[],
): string | undefined {
  const members = role.members.map(({ machine }) => machine);
  const groups = new Map<string, string[]>();
  for (const machine of members.slice(0, maximumMachines)) {
    const setting = effectiveSettings(clan, instance, role, machine)?.find((each) =>
      isPrefix(each.path, path),
    );
    const shown = setting && describeValue(setting);
    if (shown !== undefined) groups.set(shown, [...(groups.get(shown) ?? []), machine]);
  }
  if (groups.size === 0) return undefined;
  const lines = [...groups].map(([shown, machines]) => `- ${codes(machines)}: ${shown}`);
  const rest = members.length - maximumMachines;
  return ["On the machines:", ...lines, ...(rest > 0 ? [`- and ${rest} more machines`] : [])].join("\n");
}

function isPrefix(path: readonly string[], of: readonly string[]): boolean {
  return path.length <= of.length && path.every((name, index) => of[index] === name);
}

function describeValue({ value, default: fallback, contributions }: EffectiveSetting): string | undefined {
  const shown = showData(value) ?? (contributions.length === 0 ? fallback : undefined);
  const text = shown === undefined ? "not known" : codeText(shown);
  if (contributions.length === 0) return shown === undefined ? undefined : `${text} (default)`;
  const counting = contributions.filter(({ overridden }) => !overridden).map(describeWriter);
  const others = contributions.filter(({ overridden }) => overridden).map(describeWriter);
  return `${text} (${counting.join(", ")}${others.length === 0 ? "" : `, over ${others.join(", ")}`})`;
}

function describeWriter({ level, name }: Contribution): string {
  return `${level} ${codes([name])}`;
}

/**
 * What is set in a role, by setting, where somebody wrote it: one value for all its machines, or each with the machines that have it.
 * Undefined where nothing is set.
 *
 *   - `port`: `80` on `db`, `nb`; `8080` on `web`
 */
export function describeRoleSettings(clan: Clan, instance: Instance, role: Role): string | undefined {
  const members = role.members.map(({ machine }) => machine).slice(0, maximumMachines);
  const settings = new Map<string, Map<string, string[]>>();
  for (const machine of members)
    for (const { path, value, contributions } of effectiveSettings(clan, instance, role, machine) ?? []) {
      if (contributions.length === 0) continue;
      const name = path.map(printAttrName).join(".");
      const shown = showData(value);
      const text = shown === undefined ? "not known" : codeText(shown);
      const values = settings.get(name) ?? new Map<string, string[]>();
      settings.set(name, values.set(text, [...(values.get(text) ?? []), machine]));
    }
  const lines = [...settings].map(([name, values]) => {
    const isOfAll = values.size === 1 && [...values.values()][0]?.length === members.length;
    const parts = [...values].map(([text, machines]) => (isOfAll ? text : `${text} on ${codes(machines)}`));
    return `- ${codeText(name)}: ${parts.join("; ")}`;
  });
  return lines.length === 0 ? undefined : `Settings:\n${shorten(lines).join("\n")}`;
}
