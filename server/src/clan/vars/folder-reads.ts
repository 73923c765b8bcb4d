/**
 * Where a script surely reads the folder of a generator as if it were a file: the program fails, and the script with it.
 *
 *   cp $in/ca $out/key   ->   ca, at `$in/ca`
 */
import type { ShellCommand, ShellScript, ShellWord } from "../../syntax/shell/ast.ts";
import type { NameSet } from "../model.ts";
import type { Generator } from "./model.ts";
import { programName, textOf } from "./script-commands.ts";
import { collectMadeInputs } from "./script-inputs.ts";
import { isFolder } from "./script-paths.ts";
import { scriptOf } from "./script-references.ts";

export interface FolderRead {
  readonly generator: Generator;
  readonly path: string;
  readonly start: number;
  readonly end: number;
}

export function folderReads(generator: Generator, { known }: NameSet<Generator>): FolderRead[] {
  const script = scriptOf(generator);
  const path = generator.script?.source.path;
  if (script === undefined || path === undefined || script.broken || script.assigned.has("in")) return [];
  const made = collectMadeInputs(script);
  return script.commands
    .filter(({ isOptional }) => !isOptional)
    .flatMap((command) => filesRead(command, script))
    .flatMap((word) => {
      const name = folderName(word);
      const read = name === undefined || made.has(name) ? undefined : known.get(name);
      if (read === undefined || !generator.dependencies.known.has(read.name)) return [];
      return [{ generator: read, path, start: word.start, end: word.end }];
    });
}

/** Programs that read each of their arguments, and no folder. */
const READERS = new Set(["base32", "base64", "cat", "head", "sha256sum", "sha512sum", "tac", "tail"]);

function filesRead(command: ShellCommand, { functions }: ShellScript): readonly ShellWord[] {
  const { args } = command;
  const redirected = command.redirects.filter(({ operator }) => operator === "<").map(({ word }) => word);
  const name = programName(command);
  if (name === undefined || functions.has(name)) return redirected;
  const options = args.map(textOf).filter((text) => text?.startsWith("-"));
  if (READERS.has(name)) return [...redirected, ...args];
  if (name !== "cp" || args.some(mayBeOptions) || options.some((option) => !isPlain(option)))
    return redirected;
  return [...redirected, ...args.slice(0, -1)];
}

/** Options of `cp` by which it still copies no folder, and takes its arguments in the usual order. */
function isPlain(option: string | undefined): boolean {
  return /^(-[bfinpuvLP]+|--(force|preserve|verbose|no-clobber|update)(=.*)?)$/.test(option ?? "");
}

/** `$opts`, `${flags}`: what it begins with is not known. */
function mayBeOptions({ parts: [first, ...others] }: ShellWord): boolean {
  if (first === undefined || first.kind === "text") return false;
  return first.kind !== "variable" || (others.length === 0 && !isFolder(first.name));
}

/** The generator whose folder the word is. */
function folderName({ parts: [variable, ...others] }: ShellWord): string | undefined {
  if (variable?.kind !== "variable" || variable.name !== "in") return undefined;
  const rest = textOf({ parts: others, start: 0, end: 0 });
  return /^\/+([^/]+)\/*$/.exec(rest ?? "")?.[1];
}
