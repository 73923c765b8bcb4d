/** The role of an instance in whose options the cursor stands: `roles.peer.▮tags` -> peer. */
import type { Clan, Instance, Role } from "../../clan/model.ts";
import type { OptionPlace } from "../option-place.ts";

export interface RoleAround {
  readonly clan: Clan;
  readonly instance: Instance;
  readonly role: Role;
}

export function roleAround(around: readonly OptionPlace[]): RoleAround | undefined {
  for (const { clan, instance, option } of around) {
    const [, , , roles, name] = option.path;
    const role = roles === "roles" && name !== undefined ? instance?.roles.get(name) : undefined;
    if (instance !== undefined && role !== undefined) return { clan, instance, role };
  }
  return undefined;
}
