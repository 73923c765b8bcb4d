/**
 * Puts the services an instance probably means first: those that have the roles written for it, then those
 * whose name is like the instance's.
 *
 *   backup = { module.name = "▮"; roles.client… }   ->   borgbackup, then what has a role `client`, then the rest
 */
import type { Instance, Service } from "../../clan/model.ts";

/** Lower is likelier: 0 to 3. `service` is undefined where its roles are not known. */
export function serviceRank(name: string, service: Service | undefined, instance: Instance): number {
  const isAlike = shareName(name, instance.name);
  const written = [...instance.roles.keys()];
  if (written.length === 0 || service === undefined) return isAlike ? 1 : 2;
  if (!written.every((role) => service.roles.has(role))) return 3;
  return isAlike ? 0 : 1;
}

/** `zerotier` and `zerotier-home`, `borgbackup` and `backup`. */
function shareName(service: string, instance: string): boolean {
  return (
    service.includes(instance) || instance.includes(service) || firstPart(service) === firstPart(instance)
  );
}

function firstPart(name: string): string | undefined {
  return name.split(/[-_@/]/).find((part) => part !== "");
}
