/**
 * A script reads the answer to a prompt that its generator does not have.
 *
 *   script = "cat $prompts/token > $out/token";   without `prompts.token`   ->   error at `token`
 */
import type { Clan } from "../clan/model.ts";
import type { Generator, MachineVars, VarsReference } from "../clan/vars/model.ts";
import { unsetVariables } from "../clan/vars/script-variables.ts";
import { atPlace, bindFix, pathsOf, renameWordFix, varsOfMachines } from "./fix/vars-fix.ts";
import type { Problem, Rule } from "./rule.ts";
import { describeUnset, isDone, respellFix } from "./unset-variable.ts";
import { findSuggestion } from "./words/suggest.ts";
import { choices } from "./words/words.ts";

export const undeclaredPrompt: Rule = {
  code: "undeclared-prompt",
  severity: "error",
  summary: "A script reads `$prompts/<prompt>` of a prompt that its generator does not have.",
  *checkClan(clan: Clan): Iterable<Problem> {
    for (const vars of varsOfMachines(clan))
      for (const reference of vars.references) yield* check(reference, vars);
    for (const vars of varsOfMachines(clan))
      for (const generator of vars.generators.known.values())
        if (!generator.conditional) yield* checkFolder(generator, clan);
  },
};

/** `$prompt/pin`: there is no such folder. */
function* checkFolder(generator: Generator, clan: Clan): Iterable<Problem> {
  for (const variable of unsetVariables(generator)) {
    const [first] = variable.places;
    if (variable.meant !== "prompts" || first === undefined) continue;
    const message = describeUnset(variable, generator);
    yield { ...first, message, fixes: respellFix(variable), isRemark: isDone(generator, clan) };
  }
}

function* check(
  { how, within = "", prompt, conditional }: VarsReference,
  { generators }: MachineVars,
): Iterable<Problem> {
  const generator = generators.known.get(within);
  if (how !== "script-prompt" || prompt === undefined || conditional || generator === undefined) return;
  const { known, open } = generator.prompts;
  if (open !== undefined || known.has(prompt.name)) return;
  const suggestion = findSuggestion(prompt.name, known.keys());
  const message = `The generator \`${within}\` has no prompt \`${prompt.name}\`.${choices("Prompts", known.keys(), suggestion)}`;
  yield atPlace(prompt, message, {
    restsOn: pathsOf(generator, "prompts"),
    fixes: [
      ...renameWordFix(prompt, suggestion),
      ...bindFix(generator.option, ["prompts", prompt.name], "{ }"),
    ],
  });
}
