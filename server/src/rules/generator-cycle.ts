/**
 * Generators that depend on each other in a circle: none of them can be the first.
 *
 *   a.dependencies = [ "b" ]; b.dependencies = [ "a" ];   ->   errors at `b` and at `a`
 */

import type { Clan } from "../clan/model.ts";
import type { ListExpr, Node } from "../syntax/ast.ts";
import { blanksBefore } from "../syntax/blanks.ts";
import { nodesAt } from "../syntax/navigate.ts";
import type { Fix } from "./finding.ts";
import { varsOfMachines } from "./fix/vars-fix.ts";
import { collectCircles, collectEdges } from "./parts/generator-graph.ts";
import { at } from "./parts/place.ts";
import type { Problem, Rule } from "./rule.ts";

export const generatorCycle: Rule = {
  code: "generator-cycle",
  severity: "error",
  summary: "Generators depend on each other in a circle.",
  *checkClan(clan: Clan): Iterable<Problem> {
    for (const vars of varsOfMachines(clan)) {
      for (const { from, to, dependency, back } of collectCircles(collectEdges(vars))) {
        const circle = shortened([from.name, ...back]).join(" → ");
        for (const node of dependency.origins)
          yield at(node, `Generators depend on each other in a circle: ${circle}.`, {
            fixes: removeElementFix(node, to.name),
          });
      }
    }
  },
};

/** So many names of a circle are told. */
const MAX_NAMES = 12;

function shortened(names: readonly string[]): readonly string[] {
  const shown = names.map((name) => `\`${name}\``);
  return shown.length <= MAX_NAMES ? shown : [...shown.slice(0, MAX_NAMES - 2), "…", ...shown.slice(-1)];
}

/** Takes the element out of the list that is written around it. */
function removeElementFix(node: Node, name: string): Fix[] {
  const { path, text } = node.source;
  const list = nodesAt(node.source, node.start).findLast((found): found is ListExpr => found.kind === "list");
  if (list?.elements.some((element) => element === node) !== true) return [];
  const edit = { path, start: node.start - blanksBefore(text, node.start), end: node.end, text: "" };
  return [{ title: `Remove the dependency \`${name}\``, edits: [edit] }];
}
