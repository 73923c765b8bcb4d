/**
 * Whom the members of a role concern besides themselves: what the roles of a service read of each other.
 *
 *   borgbackup: the role client reads the settings of the servers   ->   { settings: server }
 */

import catalogue from "../../clan/catalogue/role-reads.json" with { type: "json" };
import type { Clan, Instance, Role, Service } from "../../clan/model.ts";
import { namesRead } from "../../clan/role-reads.ts";
import { lookUp } from "../../syntax/look-up.ts";

export interface RoleInfluence {
  /** Of these roles it reads which machines there are; undefined: of all. */
  readonly machines: ReadonlySet<string> | undefined;
  /** Of these roles it reads the settings, too; undefined: of all. */
  readonly settings: ReadonlySet<string> | undefined;
  /** It reads what other services tell of themselves. */
  readonly exports: boolean;
}

interface Facts {
  readonly machines?: readonly string[];
  readonly settings?: readonly string[];
  readonly exports?: boolean;
}

const facts: Readonly<Record<string, Readonly<Record<string, Facts>>>> = catalogue.services;
const ANY: RoleInfluence = { machines: undefined, settings: undefined, exports: true };

/** What the role of the instance looks at. Where its service is not known: all there is. */
export function influenceOn(clan: Clan, { service }: Instance, role: Role): RoleInfluence {
  if (service.kind !== "known") return ANY;
  const found = service.service;
  const isCatalogued = found.origin === "catalogue" || found.catalogued !== undefined;
  if (isCatalogued && !clan.hasOtherCore) return fromFacts(found, role);
  return found.module === undefined ? ANY : fromCode(found, role);
}

function fromFacts({ name }: Service, role: Role): RoleInfluence {
  const {
    machines = [],
    settings = [],
    exports = false,
  } = lookUp(lookUp(facts, name) ?? {}, role.name) ?? {};
  return { machines: new Set([...machines, ...settings]), settings: new Set(settings), exports };
}

function fromCode({ module, exports }: Service, role: Role): RoleInfluence {
  const perInstance = module?.at("roles", role.name, "perInstance");
  const perMachine = module?.child("perMachine");
  const roles = perInstance === undefined ? new Set<string>() : namesRead(perInstance, "roles");
  // Below the names of instances, `perMachine` finds all of their roles.
  const instances = perMachine === undefined ? new Set<string>() : namesRead(perMachine, "instances");
  const all = roles === undefined || instances === undefined || instances.size > 0;
  const read = all ? undefined : roles;
  return { machines: read, settings: read, exports: exports.inputs.length > 0 };
}
