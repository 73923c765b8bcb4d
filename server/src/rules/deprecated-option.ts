/**
 * An option that still works, or is at least accepted, but should not be used any more.
 *
 *   meta.tld = "lan";   ->   warning at `tld`
 */
import type { Clan } from "../clan/model.ts";
import { showOption } from "../modules/describe.ts";
import type { OptionNode } from "../modules/option-node.ts";
import type { Snapshot } from "../project/snapshot.ts";
import { at } from "./parts/place.ts";
import { namePlaces } from "./parts/written.ts";
import type { Problem, Rule } from "./rule.ts";
import type { Look } from "./run/look.ts";

export const deprecatedOption: Rule = {
  code: "deprecated-option",
  severity: "warning",
  summary: "An option should not be used any more.",
  checkClan: (clan: Clan, _: Snapshot, look: Look) => look.inOptions("clan", clan.tree, checkOption),
};

function* checkOption(option: OptionNode): Iterable<Problem> {
  const instead = option.option?.deprecated;
  if (instead === undefined) return;
  const message = `\`${showOption(option.path)}\` is deprecated. ${instead}`;
  for (const node of namePlaces(option)) yield at(node, message);
}
