/**
 * Settings of clan-core's services that have no default and yet may be left out, because the service reads
 * them only in some clans.
 *
 *   wireguard's peer `controller`: read when there are several controllers to choose from
 */
import type { Instance } from "../model.ts";

/** `<service>.<role>.<setting>` -> the role that must have more than one machine for the setting to be read. */
const readWithSeveral: Readonly<Record<string, string>> = { "wireguard.peer.controller": "controller" };

/** Whether a setting without a default is read in this instance. `setting`: its path, dotted. */
export function isSettingRead(instance: Instance, service: string, role: string, setting: string): boolean {
  const other = readWithSeveral[`${service}.${role}.${setting}`];
  if (other === undefined) return true;
  const found = instance.roles.get(other);
  return found !== undefined && found.open === undefined && found.members.length > 1;
}
