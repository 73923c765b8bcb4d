/**
 * The paths below `$in`, `$out` and `$prompts` in the words of a script, however they are quoted.
 *
 *   cat "$in"/ca/key > ''${out}/copy   ->   in: ca, key;   out: copy
 *   cp -r $out/${name}/x "$out"        ->   out, computed; out
 */
import type { ShellWord, WordPart } from "../../syntax/shell/ast.ts";

/** The folders a script gets by name. */
export type ScriptFolder = "in" | "out" | "prompts";

export interface ScriptPath {
  readonly folder: ScriptFolder;
  /** What is surely known of the names below the folder, in order. */
  readonly names: readonly PathName[];
  /** Something follows that only running the script can tell. */
  readonly isComputed: boolean;
  /** Where the variable stands. */
  readonly start: number;
  readonly end: number;
}

/** Offsets into the Nix file. */
export interface PathName {
  readonly name: string;
  readonly start: number;
  readonly end: number;
}

const folders: ReadonlySet<string> = new Set<ScriptFolder>(["in", "out", "prompts"]);

/** A path ends at one of these, where it stands in a longer text. */
const PATH_END = /[\s"'`:;,|&<>()=]/;

/** The names below each use of a variable of another name, as below a folder: `$OUT/key`. */
export function namesBelow(word: ShellWord, variable: string): readonly PathName[][] {
  return word.parts.flatMap((part, index) =>
    part.kind === "variable" && part.name === variable ? [[...below(word.parts.slice(index + 1)).names]] : [],
  );
}

export function collectPaths(word: ShellWord): ScriptPath[] {
  return word.parts.flatMap((part, index): ScriptPath[] => {
    if (part.kind === "computed")
      return part.variables.filter(isFolder).map((folder) => computedPath(folder, part));
    if (part.kind !== "variable" || !isFolder(part.name)) return [];
    return [{ folder: part.name, start: part.start, end: part.end, ...below(word.parts.slice(index + 1)) }];
  });
}

function isFolder(name: string): name is ScriptFolder {
  return folders.has(name);
}

function computedPath(folder: ScriptFolder, { start, end }: WordPart): ScriptPath {
  return { folder, names: [], isComputed: true, start, end };
}

/** The names after a folder's variable. */
function below(parts: readonly WordPart[]): Pick<ScriptPath, "names" | "isComputed"> {
  const names: PathName[] = [];
  let current: PathName | undefined;
  const finish = (): void => {
    if (current !== undefined && current.name !== "" && current.name !== ".") names.push(current);
  };
  for (const part of parts) {
    // A name that goes on with what is computed is not known.
    if (part.kind !== "text") return { names, isComputed: true };
    for (const [index, char] of [...part.text].entries()) {
      const isEscaped = part.end - part.start !== part.text.length;
      const start = isEscaped ? part.start : part.start + index;
      const end = isEscaped ? part.end : start + 1;
      if (char === "/") {
        finish();
        if (current?.name === "..") return { names: [], isComputed: true };
        current = { name: "", start: end, end };
      } else if (PATH_END.test(char)) {
        finish();
        return { names, isComputed: false };
      } else if (current === undefined) return { names, isComputed: true };
      else current = { name: current.name + char, start: current.start, end };
    }
  }
  finish();
  return { names, isComputed: current?.name === ".." };
}
