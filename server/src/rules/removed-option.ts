/**
 * An option, or a setting of a service, that was taken away.
 *
 *   inventory.services.sshd.main = { };   ->   error at `services`
 */
import type { Clan } from "../clan/model.ts";
import { showOption } from "../modules/describe.ts";
import type { OptionNode } from "../modules/option-node.ts";
import type { Snapshot } from "../project/snapshot.ts";
import { findInstancesFix } from "./fix/instances-fix.ts";
import { coreTrees, inSettings } from "./parts/option-walk.ts";
import { at } from "./parts/place.ts";
import { namePlaces } from "./parts/written.ts";
import type { Problem, Rule } from "./rule.ts";
import type { Look } from "./run/look.ts";

export const removedOption: Rule = {
  code: "removed-option",
  severity: "error",
  summary: "An option or setting was taken away.",
  *checkClan(clan: Clan, _: Snapshot, look: Look): Iterable<Problem> {
    yield* look.inOptions("clan", clan.tree, checkOption);
    // An older clan-core may have it still.
    if (!clan.hasOlderCore)
      for (const tree of coreTrees(clan)) yield* look.inOptions("core", tree, checkOption);
    yield* inSettings(clan, look, checkOption);
  },
};

function* checkOption(option: OptionNode): Iterable<Problem> {
  const instead = option.option?.removed;
  if (instead === undefined) return;
  const message = `\`${showOption(option.path)}\` was removed. ${instead}`;
  const isServices = option.path.join(".") === "inventory.services";
  for (const node of namePlaces(option)) yield at(node, message, isServices ? findInstancesFix(node) : {});
}
