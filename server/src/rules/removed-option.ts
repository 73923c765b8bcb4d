/**
 * An option, or a setting of a service, that was taken away.
 *
 *   inventory.services.sshd.main = { };   ->   error at `services`
 */
import type { Clan } from "../clan/model.ts";
import { showOption } from "../modules/describe.ts";
import type { OptionNode } from "../modules/option-node.ts";
import { findInstancesFix } from "./instances-fix.ts";
import { collectDeclared, coreTrees } from "./option-walk.ts";
import { at } from "./place.ts";
import type { Problem, Rule } from "./rule.ts";
import { namePlaces } from "./written.ts";

export const removedOption: Rule = {
  code: "removed-option",
  severity: "error",
  summary: "An option or setting was taken away.",
  *checkClan(clan: Clan): Iterable<Problem> {
    yield* checkTree(clan.tree);
    // An older clan-core may have it still.
    if (!clan.hasOlderCore) for (const tree of coreTrees(clan)) yield* checkTree(tree);
    for (const { tree, isUsed } of clan.settings)
      for (const problem of checkTree(tree)) yield { ...problem, isUnused: !isUsed };
  },
};

function* checkTree(root: OptionNode): Iterable<Problem> {
  for (const option of collectDeclared(root)) {
    const instead = option.option?.removed;
    if (instead === undefined) continue;
    const message = `\`${showOption(option.path)}\` was removed. ${instead}`;
    const isServices = option.path.join(".") === "inventory.services";
    for (const node of namePlaces(option)) yield at(node, message, isServices ? findInstancesFix(node) : {});
  }
}
