/**
 * Settings of clan-core's services whose strings name machines of the clan, whether the service is read from its
 * source or from the catalogue: their types are those of any other strings.
 *
 *   namesMachines({ service: syncthing, role: peer, … }, ["folders", "<name>", "devices"])   ->   true
 */
import type { Service, ServiceRole } from "../model.ts";

/** `<service>.<role>.<setting>`. (Read in clanServices/wireguard and clanServices/syncthing of clan-core.) */
const machineSettings: ReadonlySet<string> = new Set([
  "wireguard.peer.controller",
  "syncthing.peer.folders.<name>.devices",
]);

/** `path`: the declared names of the setting, with `<name>` for those a person chose. */
export function namesMachines(
  { service, role }: { readonly service: Service; readonly role: Pick<ServiceRole, "name"> },
  path: readonly string[],
): boolean {
  const isOfCore = service.origin === "catalogue" || service.catalogued !== undefined;
  return isOfCore && machineSettings.has([service.name, role.name, ...path].join("."));
}
