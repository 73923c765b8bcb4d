/**
 * A generator declares a file that its script surely never writes.
 *
 *   files.pub = { }; script = "wg genkey > $out/key";   ->   error at `pub`
 */
import type { Clan } from "../clan/model.ts";
import type { Generator, GeneratorFile, MachineVars } from "../clan/vars/model.ts";
import { hasNoScript, scriptOf } from "../clan/vars/script-references.ts";
import { strayOutputs, unsetVariables } from "../clan/vars/script-variables.ts";
import { collectWrites, mayWrite } from "../clan/vars/script-writes.ts";
import type { StringExpr } from "../syntax/ast.ts";
import type { Fix } from "./finding.ts";
import { pathsOf, varsOfMachines } from "./fix/vars-fix.ts";
import { at } from "./parts/place.ts";
import { namePlaces } from "./parts/written.ts";
import type { Problem, Rule } from "./rule.ts";
import { isDone, respellFix } from "./unset-variable.ts";

export const missingOutput: Rule = {
  code: "missing-output",
  severity: "error",
  summary: "A generator has a file that its script never writes.",
  *checkClan(clan: Clan): Iterable<Problem> {
    for (const vars of varsOfMachines(clan))
      for (const generator of vars.generators.known.values())
        if (!generator.conditional) yield* check(generator, vars, clan);
  },
};

function* check(generator: Generator, { generators }: MachineVars, clan: Clan): Iterable<Problem> {
  const script = scriptOf(generator);
  if (hasNoScript(generator)) {
    // A module that is not at hand may bring the generator, and this only adds to it.
    if (generators.open === undefined) yield* checkWithout(generator, clan);
    return;
  }
  if (script === undefined) return;
  // Bash stops at a variable without a value: what is not written then is no mistake of its own.
  if (unsetVariables(generator).length > 0) {
    yield* checkStray(generator, clan);
    return;
  }
  const writes = collectWrites(script);
  for (const file of generator.files.known.values()) {
    if (file.option === undefined || mayComeFromPrompt(file, generator) || mayWrite(writes, file.name))
      continue;
    const message = `The script of \`${generator.name}\` never writes \`$out/${file.name}\`.`;
    for (const node of namePlaces(file.option))
      yield at(node, message, { fixes: writeFix(generator, file.name) });
  }
}

/** Nothing writes any file, and nobody has set them by hand (`clan vars set`). */
function* checkWithout(generator: Generator, clan: Clan): Iterable<Problem> {
  const onDisk = clan.vars.state(generator).files;
  for (const file of generator.files.known.values()) {
    if (file.option === undefined || mayComeFromPrompt(file, generator)) continue;
    if (onDisk.get(file.name)?.exists !== false) continue;
    const message = `\`${generator.name}\` has no \`script\`: nothing writes \`${file.name}\`.`;
    for (const node of namePlaces(file.option))
      yield at(node, message, { restsOn: pathsOf(generator, "script") });
  }
}

/** `pwgen > $OUT/key`, where `key` is a file. */
function* checkStray(generator: Generator, clan: Clan): Iterable<Problem> {
  for (const [name, variable] of strayOutputs(generator)) {
    const option = generator.files.known.get(name)?.option;
    const message = `The script of \`${generator.name}\` never writes \`$out/${name}\`, but \`$${variable.name}/${name}\`: nothing sets \`$${variable.name}\`.`;
    const related = variable.places.map((place) => ({ ...place, message: "The script stops here." }));
    for (const node of option === undefined ? [] : namePlaces(option))
      yield {
        ...at(node, message, { related, fixes: respellFix(variable) }),
        isRemark: isDone(generator, clan),
      };
  }
}

/** clan writes the answers to prompts that are kept. */
function mayComeFromPrompt({ name, isPersistedPrompt }: GeneratorFile, { prompts }: Generator): boolean {
  return (
    isPersistedPrompt ||
    prompts.open !== undefined ||
    (prompts.known.has(name) && prompts.known.get(name)?.persist !== false)
  );
}

/** A last line in the script, to be made into what writes the file. */
function writeFix({ script }: Generator, name: string): Fix[] {
  if (script?.kind !== "string" || !script.indented) return [];
  const end = lastLineEnd(script);
  if (end === undefined) return [];
  const { path, text } = script.source;
  const last = /\n([ \t]*)[^\n]*$/.exec(text.slice(script.start, end));
  const line = `\n${last?.[1] ?? ""}touch "$out/${name}"`;
  return [{ title: `Write \`$out/${name}\` in the script`, edits: [{ path, start: end, end, text: line }] }];
}

/** Where the last line with something on it ends; undefined for a string on one line. */
function lastLineEnd({ source, start, end }: StringExpr): number | undefined {
  const body = source.text.slice(start, end - 2);
  return body.includes("\n") ? start + body.trimEnd().length : undefined;
}
