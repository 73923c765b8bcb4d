/** All conditions, by the part of a clan they are about. */

import { arrangementConditions } from "./arrangements.ts";
import { codeMistakes } from "./code-mistakes.ts";
import type { Condition } from "./condition.ts";
import { emptyValueConditions } from "./empty-values.ts";
import { exportMistakes } from "./exports-mistakes.ts";
import { flakeConditions } from "./flakes.ts";
import { machineMistakes } from "./machines-mistakes.ts";
import { optionConditions } from "./options.ts";
import { recursionConditions } from "./recursion.ts";
import { serviceConditions } from "./services.ts";
import { serviceMistakes } from "./services-mistakes.ts";
import { shapeMistakes } from "./shapes-mistakes.ts";

export const conditions: ReadonlyMap<string, readonly Condition[]> = new Map([
  ["The clan and its machines", optionConditions],
  ["Instances and services", serviceConditions],
  ["Arrangements, and what is seldom written", arrangementConditions],
  ["Flakes", flakeConditions],
  ["Code that asks for itself", recursionConditions],
  ["Values of another shape, and names in the singular or plural", shapeMistakes],
  ["Code that is called otherwise than it is meant, and broken data", codeMistakes],
  ["What one's own services read, declare and export", [...serviceMistakes, ...exportMistakes]],
  ["Generators, and what else clan declares for machines", machineMistakes],
  ["Settings without a default that are left out", emptyValueConditions],
]);
