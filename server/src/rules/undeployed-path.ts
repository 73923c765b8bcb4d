/**
 * A machine's configuration uses the path of a secret file that is not put on machines: it leads nowhere.
 *
 *   files.key.deploy = false;  …  config.clan.core.vars.generators.ca.files.key.path   ->   warning at `path`
 */
import type { Clan } from "../clan/model.ts";
import type { MachineVars, VarsReference } from "../clan/vars/model.ts";
import type { Problem, Rule } from "./rule.ts";
import { atPlace, bindFix, varsOfMachines } from "./vars-fix.ts";

export const undeployedPath: Rule = {
  code: "undeployed-path",
  severity: "warning",
  summary: "The configuration uses the `path` of a secret file with `deploy = false`.",
  *checkClan(clan: Clan): Iterable<Problem> {
    for (const vars of varsOfMachines(clan))
      for (const reference of vars.references) yield* check(reference, vars);
  },
};

function* check(
  { generator, file, attribute, conditional }: VarsReference,
  { generators }: MachineVars,
): Iterable<Problem> {
  if (attribute?.name !== "path" || conditional) return;
  const found = generators.known.get(generator.name)?.files.known.get(file?.name ?? "");
  // A public file is in the Nix store, whether it is deployed or not.
  if (found?.deploy !== false || found.secret !== true) return;
  const message = `\`${generator.name}/${found.name}\` has \`deploy = false\`: it is not put on the machine, and its path leads nowhere.`;
  yield atPlace(attribute, message, { fixes: bindFix(found.option, ["deploy"], "true") });
}
