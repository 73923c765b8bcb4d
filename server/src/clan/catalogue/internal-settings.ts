/**
 * Settings that services of clan-core declare and hide from their documentation, of which the facts are made. They may
 * be set; nobody is offered them. By service and role.
 */
import type { OptionsJson } from "./read.ts";

export const internalSettings: Readonly<Record<string, Readonly<Record<string, OptionsJson>>>> = {
  admin: {
    default: {
      deprecationWarning: { type: { kind: "bool" }, default: "true", required: false },
    },
  },
};
