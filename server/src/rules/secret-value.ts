/**
 * The configuration asks for the text of a secret file, which is known on the machine only.
 *
 *   password = config.clan.core.vars.generators.db.files.password.value;   ->   error at `value`
 */
import type { Clan } from "../clan/model.ts";
import { atPlace, bindFix } from "./fix/vars-fix.ts";
import { fileReads } from "./parts/file-reads.ts";
import type { Problem, Rule } from "./rule.ts";

export const secretValue: Rule = {
  code: "secret-value",
  severity: "error",
  summary: "The configuration reads the `value` of a secret file.",
  *checkClan(clan: Clan): Iterable<Problem> {
    for (const { generator, file, attribute } of fileReads(clan)) {
      const { path, start, end, name } = attribute;
      if ((name !== "value" && name !== "exists") || file.secret !== true) continue;
      const usePath = { title: "Use `path`", edits: [{ path, start, end, text: "path" }], preferred: true };
      const message = `\`${generator}/${file.name}\` is secret: it has no \`${name}\`, only a \`path\` that the machine reads it from.`;
      yield atPlace(attribute, message, {
        fixes: [...(name === "value" ? [usePath] : []), ...bindFix(file.option, ["secret"], "false")],
      });
    }
  },
};
