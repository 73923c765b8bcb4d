/**
 * A script reads the files of a generator that is not among its dependencies.
 *
 *   script = "cat $in/ca/key > $out/key";   without `dependencies = [ "ca" ]`   ->   error at `ca`
 */
import type { Clan } from "../clan/model.ts";
import type { MachineVars, VarsReference } from "../clan/vars/model.ts";
import { addToListFix, atPlace, pathsOf, renameWordFix, varsOfMachines } from "./fix/vars-fix.ts";
import type { Problem, Rule } from "./rule.ts";
import { findSuggestion } from "./words/suggest.ts";

export const undeclaredDependency: Rule = {
  code: "undeclared-dependency",
  severity: "error",
  summary: "A script reads `$in/<generator>` of a generator that is not in its `dependencies`.",
  *checkClan(clan: Clan): Iterable<Problem> {
    for (const vars of varsOfMachines(clan))
      for (const reference of vars.references) yield* check(reference, vars);
  },
};

function* check(
  { how, within = "", generator, conditional }: VarsReference,
  { generators }: MachineVars,
): Iterable<Problem> {
  const reader = generators.known.get(within);
  if (how !== "script-in" || conditional || reader === undefined) return;
  const { known, open } = reader.dependencies;
  if (open !== undefined || known.has(generator.name)) return;
  // One that does not exist at all is unknown-generator's.
  if (!generators.known.has(generator.name) && generators.open === undefined) return;
  const message = `The script reads \`$in/${generator.name}\`, but \`${generator.name}\` is not in \`dependencies\`: there is no such folder when it runs.`;
  yield atPlace(generator, message, {
    restsOn: pathsOf(reader, "dependencies"),
    fixes: [
      ...addToListFix(reader.option, "dependencies", generator.name),
      ...renameWordFix(generator, findSuggestion(generator.name, known.keys())).map((fix) => ({
        ...fix,
        preferred: false,
      })),
    ],
  });
}
