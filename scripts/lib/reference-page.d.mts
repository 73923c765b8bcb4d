/** See reference-page.mjs. */
import type { Service } from "../../server/src/clan/model.ts";
import type { OptionSet, OptionType } from "../../server/src/modules/option-type.ts";

export function renderReference(declared: {
  readonly options: OptionSet;
  readonly services: readonly Service[];
  readonly describeType: (type: OptionType) => string;
}): string;
