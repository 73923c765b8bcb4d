/**
 * The defaults of the settings of this flake's own services, and whether Nix looks at them: it does where the setting is
 * read on a machine for which nobody sets it.
 *
 *   interface.options.level = mkOption { type = enum [ "low" ]; default = "hihg"; };   ->   level, "hihg"
 */
import type { Clan, ServiceRole } from "../../clan/model.ts";
import type { Option, OptionSet } from "../../modules/option-type.ts";
import type { Outcome } from "../../nix/value.ts";
import type { Node } from "../../syntax/ast.ts";
import { interfacesRead, type RoleOfInstance } from "./option-walk.ts";

export interface SettingDefault {
  readonly role: ServiceRole;
  readonly path: readonly string[];
  readonly option: Option;
  readonly outcome: Outcome;
  readonly node: Node;
  readonly isUsed: boolean;
}

export function* settingDefaults(clan: Clan): Iterable<SettingDefault> {
  for (const [role, uses] of interfacesRead(clan))
    for (const [path, option] of settingsOf(role.settings)) {
      const node = option.defaultValue?.node;
      const outcome = option.defaultOutcome;
      if (node === undefined || outcome === undefined) continue;
      const isUsed = isRead(role, path) && uses.some((use) => isUnset(clan, use, path));
      yield { role, path, option, outcome, node, isUsed };
    }
}

/** Those of groups (`tls.port`) by their paths. */
function* settingsOf(
  { options }: OptionSet,
  above: readonly string[] = [],
): Iterable<readonly [path: readonly string[], Option]> {
  for (const [name, option] of options) {
    const path = [...above, name];
    if (option.type.kind === "submodule" && option.type.group) yield* settingsOf(option.type.options, path);
    else yield [path, option];
  }
}

/** Surely: where settings are handed on as a whole, nobody knows which are read. */
function isRead({ reads }: ServiceRole, [name = ""]: readonly string[]): boolean {
  return reads?.has(name) === true;
}

/** For some machine; not for one whose settings are not all known. */
function isUnset(clan: Clan, { instance, role }: RoleOfInstance, path: readonly string[]): boolean {
  return role.members.some(({ machine }) => {
    let setting = clan.memberSettings(instance, role, machine);
    for (const name of path) {
      if (setting?.open !== undefined) return false;
      setting = setting?.child(name);
    }
    return (setting?.definitions ?? []).length === 0;
  });
}
