/**
 * Variables that a script uses and that nothing sets. clan runs scripts with `set -u`: bash stops there.
 *
 *   pwgen > $OUT/key; echo $password > $out/b   ->   OUT (meant: out), password
 *
 * What may be set in a way that cannot be followed is left out, and so is what the environment may bring.
 */
import { once } from "../../modules/lazy-type.ts";
import type { StringExpr } from "../../syntax/ast.ts";
import type { ShellCommand, ShellScript, ShellWord } from "../../syntax/shell/ast.ts";
import type { Generator } from "./model.ts";
import { programName, textOf, wordsOf } from "./script-commands.ts";
import { namesBelow, type PathName, type ScriptFolder } from "./script-paths.ts";
import { scriptOf } from "./script-references.ts";

export interface UnsetVariable {
  readonly name: string;
  /** The folder of clan's whose name is nearly the same. */
  readonly meant: ScriptFolder | undefined;
  /** Where the script uses it, `$` and all: the first is where bash stops. */
  readonly places: readonly { readonly path: string; readonly start: number; readonly end: number }[];
  /** The names that follow it in paths, one each place. */
  readonly below: readonly (readonly PathName[])[];
}

export function unsetVariables(generator: Generator): UnsetVariable[] {
  const script = scriptOf(generator);
  const string = generator.script;
  if (script === undefined || string?.kind !== "string" || script.commands.some(mayDoAnything)) return [];
  if (script.broken) return [];
  const isSet = settable(script, string);
  const found = new Map<
    string,
    { places: UnsetVariable["places"][number][]; below: readonly PathName[][] }
  >();
  const below = once(() => namesIn(script));
  for (const command of script.commands)
    for (const word of command.isOptional ? [] : wordsOf(command))
      for (const part of word.parts) {
        if (part.kind !== "variable" || isSet(part.name)) continue;
        if (!isSurelyMistaken(part.name, script, generator)) continue;
        const one = found.get(part.name) ?? { places: [], below: below().get(part.name) ?? [] };
        one.places.push({ path: string.source.path, start: part.start, end: part.end });
        found.set(part.name, one);
      }
  return [...found].map(([name, one]) => ({ name, meant: meantFolder(name), ...one }));
}

/** The names that follow variables in paths. */
function namesIn(script: ShellScript): ReadonlyMap<string, PathName[][]> {
  const found = new Map<string, PathName[][]>();
  for (const command of script.commands)
    for (const word of wordsOf(command))
      for (const name of variablesOf(word)) {
        const all = found.get(name) ?? [];
        all.push(...namesBelow(word, name).map((names) => [...names]));
        found.set(name, all);
      }
  return found;
}

function variablesOf({ parts }: ShellWord): ReadonlySet<string> {
  return new Set(parts.flatMap((part) => (part.kind === "variable" ? [part.name] : [])));
}

/** Commands that may set any variable, or take the check away. */
function mayDoAnything(command: ShellCommand): boolean {
  if (command.name === undefined) return false;
  const name = programName(command);
  if (name === undefined || name === "eval" || name === "source" || name === "." || name === "alias")
    return true;
  return (
    (name === "set" || name === "shopt") && command.args.some((word) => /^\+|^-o$/.test(textOf(word) ?? "+"))
  );
}

/** Commands whose arguments are names of variables they set. */
const setting =
  /^(local|declare|typeset|export|readonly|read|mapfile|readarray|getopts|printf|let|unset|wait|coproc|exec)$/;

/** Whether a name may have a value, or the script looks first whether it has. */
function settable(script: ShellScript, { source, start, end }: StringExpr): (name: string) => boolean {
  const names = new Set<string>(script.assigned);
  const addWords = (words: readonly ShellWord[]): void => {
    for (const word of words) for (const name of textOf(word)?.match(/\w+/g) ?? []) names.add(name);
  };
  for (const command of script.commands) {
    if (setting.test(programName(command) ?? "")) addWords(command.args);
    for (const { parts } of wordsOf(command))
      for (const part of parts)
        if (part.kind === "computed") for (const name of part.variables) names.add(name);
  }
  const text = source.text.slice(start, end);
  // Arithmetic sets variables, and a test may ask for one.
  for (const [inside] of text.matchAll(/\(\([\s\S]*?\)\)|-v\s+\S+/g))
    for (const name of inside.match(/\w+/g) ?? []) names.add(name);
  return (name) => names.has(name);
}

const folders: readonly ScriptFolder[] = ["in", "out", "prompts"];

const nearly: ReadonlyMap<string, ScriptFolder> = new Map([
  ...folders.map((folder) => [folder, folder] as const),
  ["input", "in"],
  ["inputs", "in"],
  ["output", "out"],
  ["outputs", "out"],
  ["outs", "out"],
  ["prompt", "prompts"],
]);

/** `OUT`, `output` -> out */
function meantFolder(name: string): ScriptFolder | undefined {
  return nearly.get(name.toLowerCase());
}

/** What a shell for development or a proxy leaves in the environment, which clan hands on. */
const environment =
  /^(name|pname|version|system|src|srcs|stdenv|builder|shell|shellHook|phases|patches|prefix|\w+Inputs|\w+Flags|do[A-Z]\w*|\w+_proxy|_\w*)$/;

/** Variables in capitals are the environment's, unless one of that name in small letters is at hand. */
function isSurelyMistaken(name: string, { assigned }: ShellScript, { prompts }: Generator): boolean {
  if (!/^[A-Za-z_]\w*$/.test(name) || folders.some((folder) => folder === name)) return false;
  if (!/[a-z]/.test(name)) {
    const small = name.toLowerCase();
    return meantFolder(name) !== undefined || assigned.has(small) || prompts.known.has(small);
  }
  return !environment.test(name);
}

/** The files of `$out` that the script writes below a misspelt `out` instead. */
export function strayOutputs(generator: Generator): ReadonlyMap<string, UnsetVariable> {
  const found = new Map<string, UnsetVariable>();
  for (const variable of unsetVariables(generator))
    if (variable.meant === "out")
      for (const names of variable.below) {
        const path = names.map(({ name }) => name).join("/");
        if (generator.files.known.has(path)) found.set(path, variable);
      }
  return found;
}
