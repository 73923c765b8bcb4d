/**
 * The paths below `$in`, `$out` and `$prompts` in the words of a script, however they are quoted.
 *
 *   cat "$in"/ca/key > ''${out}/copy   ->   in: ca, key;   out: copy
 *   cp -r $out/${name}/x "$out"        ->   out, computed; out
 *   "$out/x y"                         ->   out: x y, and as a part of a longer text, out: x
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
  /** The word can be read in two ways: a name goes on to its end, or the path is one of several things in it. */
  readonly isAmbiguous: boolean;
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

/** A path ends at one of these where it stands in a longer text; a name can have them all. */
const PATH_END = /[\s"'`:;,|&<>()=]/;

/** The names below each use of a variable of another name, as below a folder: `$OUT/key`. */
export function namesBelow(word: ShellWord, variable: string): (readonly PathName[])[] {
  return word.parts.flatMap((part, index) =>
    part.kind === "variable" && part.name === variable
      ? readings(textsAfter(word, index)).map(({ names }) => names)
      : [],
  );
}

/** In both readings where there are two, that with the longer names first. */
export function collectPaths(word: ShellWord): ScriptPath[] {
  return word.parts.flatMap((part, index): ScriptPath[] => {
    if (part.kind === "computed")
      return part.variables.filter(isFolder).map((folder) => computedPath(folder, part));
    if (part.kind !== "variable" || !isFolder(part.name)) return [];
    const { name: folder, start, end } = part;
    const found = readings(textsAfter(word, index));
    return found.map((one) => ({ folder, start, end, ...one, isAmbiguous: found.length > 1 }));
  });
}

export function isFolder(name: string): name is ScriptFolder {
  return folders.has(name);
}

function computedPath(folder: ScriptFolder, { start, end }: WordPart): ScriptPath {
  return { folder, names: [], isComputed: true, isAmbiguous: false, start, end };
}

/** The text behind a part, with what ends it. */
function textsAfter({ parts }: ShellWord, index: number): readonly WordPart[] {
  let end = index + 1;
  while (parts[end]?.kind === "text") end++;
  return parts.slice(index + 1, end + 1);
}

type Reading = Pick<ScriptPath, "names" | "isComputed">;

/** What may be meant by the names after a folder's variable: `/x y` is a name with a blank, or `/x` and something else. */
function readings(parts: readonly WordPart[]): readonly Reading[] {
  const after = parts.findIndex(({ kind }) => kind !== "text");
  const texts = after < 0 ? parts : parts.slice(0, after);
  const next = parts[after];
  const hasEnd = texts.some((part) => part.kind === "text" && PATH_END.test(part.text));
  if (!hasEnd) return [below(parts, undefined)];
  // No path goes on with another folder: `"$out/a $out/b"`.
  const isList = next?.kind === "variable" && isFolder(next.name);
  return [...(isList ? [] : [below(parts, undefined)]), below(texts, PATH_END)];
}

/** The names after a folder's variable, up to what ends them. */
function below(parts: readonly WordPart[], pathEnd: RegExp | undefined): Reading {
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
      } else if (pathEnd?.test(char)) {
        finish();
        return { names, isComputed: false };
      } else if (current === undefined) return { names, isComputed: true };
      // Quotes may be opened in front of the first letter.
      else current = { name: current.name + char, start: current.name === "" ? start : current.start, end };
    }
  }
  finish();
  return { names, isComputed: current?.name === ".." };
}
