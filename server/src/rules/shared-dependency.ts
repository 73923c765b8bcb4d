/**
 * A shared generator depends on one that each machine has for itself: which machine's files would it read?
 *
 *   ca = { share = true; dependencies = [ "host" ]; };   ->   error at `host`
 */
import type { Clan } from "../clan/model.ts";
import { bindFix, varsOfMachines } from "./fix/vars-fix.ts";
import { collectEdges } from "./parts/generator-graph.ts";
import { at } from "./parts/place.ts";
import type { Problem, Rule } from "./rule.ts";

export const sharedDependency: Rule = {
  code: "shared-dependency",
  severity: "error",
  summary: "A shared generator depends on one that is not shared.",
  *checkClan(clan: Clan): Iterable<Problem> {
    for (const vars of varsOfMachines(clan))
      for (const { from, to, dependency } of collectEdges(vars)) {
        if (from.share !== true || to.share !== false) continue;
        const message = `\`${from.name}\` is shared by machines, and \`${to.name}\` is not: a shared generator can only depend on shared ones.`;
        const fixes = bindFix(to.option, ["share"], "true").map((fix) => ({
          ...fix,
          title: `Share \`${to.name}\``,
        }));
        for (const node of dependency.origins) yield at(node, message, { fixes });
      }
  },
};
