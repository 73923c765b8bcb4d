/** All conditions, by the part of a clan they are about. */
import type { Condition } from "./condition.ts";
import { optionConditions } from "./options.ts";
import { serviceConditions } from "./services.ts";

export const conditions: ReadonlyMap<string, readonly Condition[]> = new Map([
  ["The clan and its machines", optionConditions],
  ["Instances and services", serviceConditions],
]);
