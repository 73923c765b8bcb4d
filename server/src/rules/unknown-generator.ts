/**
 * Code names a generator of vars that the machine does not have.
 *
 *   dependencies = [ "root-cs" ];                       ->   error at `root-cs`
 *   config.clan.core.vars.generators.wireguard-key.…    ->   error at `wireguard-key`
 */
import type { Clan } from "../clan/model.ts";
import { generatorsPath } from "../clan/vars/machine-options.ts";
import type { MachineVars, VarsReference } from "../clan/vars/model.ts";
import { atPlace, renameWordFix, varsOfMachines } from "./fix/vars-fix.ts";
import { collectMissingVars, type MissingVar } from "./parts/machine-failures.ts";
import { place } from "./parts/place.ts";
import type { Problem, Rule } from "./rule.ts";
import { findSuggestion } from "./words/suggest.ts";
import { choices } from "./words/words.ts";

export const unknownGenerator: Rule = {
  code: "unknown-generator",
  severity: "error",
  summary: "A dependency, script or configuration names a generator the machine does not have.",
  *checkClan(clan: Clan): Iterable<Problem> {
    for (const vars of varsOfMachines(clan))
      if (vars.generators.open === undefined) {
        for (const reference of vars.references) yield* check(reference, vars);
        for (const missing of collectMissingVars(clan, vars, "generator")) yield checkComputed(missing, vars);
      }
  },
};

/** `generators."key-${instanceName}"` */
function checkComputed({ name, node }: MissingVar, { machine, generators }: MachineVars): Problem {
  const names = [...generators.known.keys()];
  const suggestion = findSuggestion(name, names);
  const message = `The machine \`${machine}\` has no generator \`${name}\`.`;
  return { ...place(node), message: `${message}${choices("Generators", names, suggestion)}` };
}

function* check(reference: VarsReference, { machine, generators }: MachineVars): Iterable<Problem> {
  const { generator, how, within, conditional } = reference;
  if (conditional || generators.known.has(generator.name)) return;
  // Where a generator itself may not exist, neither may what it needs.
  if (within !== undefined && generators.known.get(within)?.conditional === true) return;
  const suggestion = findSuggestion(generator.name, generators.known.keys());
  const message = `The machine \`${machine}\` has no generator \`${generator.name}\`.`;
  yield atPlace(generator, `${message}${choices("Generators", generators.known.keys(), suggestion)}`, {
    fixes: renameWordFix(generator, suggestion, how === "configuration"),
    restsOn: [[...generatorsPath, generator.name]],
  });
}
