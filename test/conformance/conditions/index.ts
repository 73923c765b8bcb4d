/** All conditions, by the part of a clan they are about. */

import { arrangementConditions } from "./arrangements.ts";
import type { Condition } from "./condition.ts";
import { emptyValueConditions } from "./empty-values.ts";
import { optionConditions } from "./options.ts";
import { serviceConditions } from "./services.ts";

export const conditions: ReadonlyMap<string, readonly Condition[]> = new Map([
  ["The clan and its machines", optionConditions],
  ["Instances and services", serviceConditions],
  ["Arrangements, and what is seldom written", arrangementConditions],
  ["Settings without a default that are left out", emptyValueConditions],
]);
