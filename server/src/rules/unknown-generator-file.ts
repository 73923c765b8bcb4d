/**
 * Code names a file that its generator does not have.
 *
 *   config.clan.core.vars.generators.ca.files.ca-key.path   ->   error at `ca-key`
 *   cat $in/ca/ca-key                                       ->   error at `ca-key`
 */
import type { Clan } from "../clan/model.ts";
import type { Generator, MachineVars, VarsReference } from "../clan/vars/model.ts";
import type { Problem, Rule } from "./rule.ts";
import { findSuggestion } from "./suggest.ts";
import { atPlace, bindFix, pathsOf, renameWordFix, varsOfMachines } from "./vars-fix.ts";
import { choices } from "./words.ts";

export const unknownGeneratorFile: Rule = {
  code: "unknown-generator-file",
  severity: "error",
  summary: "A script or configuration names a file its generator does not have.",
  *checkClan(clan: Clan): Iterable<Problem> {
    for (const vars of varsOfMachines(clan))
      for (const reference of vars.references) yield* check(reference, vars);
  },
};

function* check(reference: VarsReference, { generators }: MachineVars): Iterable<Problem> {
  const { file, how, conditional } = reference;
  const generator = generators.known.get(reference.generator.name);
  // What a script writes beside its files is dropped, and no mistake for that.
  if (file === undefined || generator === undefined || conditional || how === "script-out") return;
  if (generator.conditional || generator.files.open !== undefined) return;
  if (generator.files.known.has(file.name) || (how === "script-in" && isFolder(file.name, generator))) return;
  const names = generator.files.known.keys();
  const suggestion = findSuggestion(file.name, generator.files.known.keys());
  const message = `The generator \`${generator.name}\` has no file \`${file.name}\`.`;
  yield atPlace(file, `${message}${choices("Files", names, suggestion)}`, {
    restsOn: [...pathsOf(generator, "files"), ...pathsOf(generator, "prompts")],
    fixes: [
      ...renameWordFix(file, suggestion, how === "configuration"),
      ...bindFix(generator.option, ["files", file.name], "{ }"),
    ],
  });
}

/** Names of files can have slashes: `$in/ssh` is a folder then. */
function isFolder(name: string, { files }: Generator): boolean {
  return [...files.known.keys()].some((file) => file.startsWith(`${name}/`));
}
