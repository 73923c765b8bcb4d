/** All conditions, by the part of a clan they are about. */

import { arrangementConditions } from "./arrangements.ts";
import type { Condition } from "./condition.ts";
import { emptyValueConditions } from "./empty-values.ts";
import { flakeConditions } from "./flakes.ts";
import { optionConditions } from "./options.ts";
import { recursionConditions } from "./recursion.ts";
import { serviceConditions } from "./services.ts";

export const conditions: ReadonlyMap<string, readonly Condition[]> = new Map([
  ["The clan and its machines", optionConditions],
  ["Instances and services", serviceConditions],
  ["Arrangements, and what is seldom written", arrangementConditions],
  ["Flakes", flakeConditions],
  ["Code that asks for itself", recursionConditions],
  ["Settings without a default that are left out", emptyValueConditions],
]);
