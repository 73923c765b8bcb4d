/**
 * A script uses a variable that nothing sets.
 *
 *   script = "echo $password > $out/hash";   ->   error at `$password`
 */
import type { Clan } from "../clan/model.ts";
import type { Generator } from "../clan/vars/model.ts";
import { strayOutputs, type UnsetVariable, unsetVariables } from "../clan/vars/script-variables.ts";
import type { Fix } from "./finding.ts";
import { varsOfMachines } from "./fix/vars-fix.ts";
import type { Problem, Rule } from "./rule.ts";

export const unsetVariable: Rule = {
  code: "unset-variable",
  severity: "error",
  summary: "The script of a generator uses a variable that nothing sets.",
  *checkClan(clan: Clan): Iterable<Problem> {
    for (const vars of varsOfMachines(clan))
      for (const generator of vars.generators.known.values())
        if (!generator.conditional) yield* check(generator, clan);
  },
};

function* check(generator: Generator, clan: Clan): Iterable<Problem> {
  // `$prompt` is undeclared-prompt's, and files that `$OUT` was to hold are missing-output's.
  const reported = new Set([...strayOutputs(generator).values()].map(({ name }) => name));
  for (const variable of unsetVariables(generator)) {
    const [first, ...others] = variable.places;
    if (first === undefined || variable.meant === "prompts" || reported.has(variable.name)) continue;
    yield {
      ...first,
      isRemark: isDone(generator, clan),
      message: describeUnset(variable, generator),
      fixes: respellFix(variable),
      related: others.map((place) => ({ ...place, message: `\`$${variable.name}\` is used here, too.` })),
    };
  }
}

/** Its files are there: clan runs the script only to make them anew. */
export function isDone(generator: Generator, { vars }: Clan): boolean {
  return vars.state(generator).status === "generated";
}

export function describeUnset({ name, meant }: UnsetVariable, { prompts }: Generator): string {
  const start = `Nothing sets \`$${name}\`, and the script stops there.`;
  if (meant !== undefined) return `${start} Did you mean \`$${meant}\`?`;
  if (prompts.known.has(name))
    return `${start} The answer to the prompt is in a file: \`$(cat "$prompts/${name}")\`.`;
  return `${start} Set it before, or write \`''\${${name}:-}\` where it may be empty.`;
}

/** The name of the folder that is meant, at each place. */
export function respellFix({ meant, places }: UnsetVariable): Fix[] {
  if (meant === undefined) return [];
  const edits = places.map(({ path, start, end }) => ({ path, start, end, text: `$${meant}` }));
  return [{ title: `Change to \`$${meant}\``, edits, preferred: true }];
}
