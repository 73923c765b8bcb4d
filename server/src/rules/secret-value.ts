/**
 * The configuration asks for the text of a secret file, which is known on the machine only.
 *
 *   password = config.clan.core.vars.generators.db.files.password.value;   ->   error at `value`
 */
import type { Clan } from "../clan/model.ts";
import type { MachineVars, VarsReference } from "../clan/vars/model.ts";
import type { Problem, Rule } from "./rule.ts";
import { atPlace, bindFix, varsOfMachines } from "./vars-fix.ts";

export const secretValue: Rule = {
  code: "secret-value",
  severity: "error",
  summary: "The configuration reads the `value` of a secret file.",
  *checkClan(clan: Clan): Iterable<Problem> {
    for (const vars of varsOfMachines(clan))
      for (const reference of vars.references) yield* check(reference, vars);
  },
};

function* check(
  { generator, file, attribute, conditional }: VarsReference,
  { generators }: MachineVars,
): Iterable<Problem> {
  if (conditional || (attribute?.name !== "value" && attribute?.name !== "exists")) return;
  const found = generators.known.get(generator.name)?.files.known.get(file?.name ?? "");
  if (found?.secret !== true) return;
  const { path, start, end, name } = attribute;
  const usePath = { title: "Use `path`", edits: [{ path, start, end, text: "path" }], preferred: true };
  const message = `\`${generator.name}/${found.name}\` is secret: it has no \`${name}\`, only a \`path\` that the machine reads it from.`;
  yield atPlace(attribute, message, {
    fixes: [...(name === "value" ? [usePath] : []), ...bindFix(found.option, ["secret"], "false")],
  });
}
