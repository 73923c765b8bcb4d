/**
 * A machine's configuration uses the path of a secret file that is not put on machines: it leads nowhere.
 *
 *   files.key.deploy = false;  …  config.clan.core.vars.generators.ca.files.key.path   ->   warning at `path`
 */
import type { Clan } from "../clan/model.ts";
import type { OptionNode } from "../modules/option-node.ts";
import { atPlace, bindFix } from "./fix/vars-fix.ts";
import { fileReads } from "./parts/file-reads.ts";
import type { Problem, Rule } from "./rule.ts";

export const undeployedPath: Rule = {
  code: "undeployed-path",
  severity: "warning",
  summary: "The configuration uses the `path` of a secret file with `deploy = false`.",
  *checkClan(clan: Clan): Iterable<Problem> {
    for (const { generator, file, attribute } of fileReads(clan)) {
      // A public file is in the Nix store, whether it is deployed or not.
      if (attribute.name !== "path" || file.deploy !== false || file.secret !== true) continue;
      if (mayBeUploaded(file.option)) continue;
      const message = `\`${generator}/${file.name}\` has \`deploy = false\`: it is not put on the machine, and its path leads nowhere.`;
      yield atPlace(attribute, message, { fixes: bindFix(file.option, ["deploy"], "true") });
    }
  },
};

/** Secrets for partitioning are put on the machine while it is installed, deployed or not. */
function mayBeUploaded(file: OptionNode | undefined): boolean {
  const phase = file?.child("neededFor");
  return phase !== undefined && !["activation", "services", "users"].includes(phase.string() ?? "");
}
