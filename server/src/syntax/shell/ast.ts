/**
 * A shell script as those who look for what it reads and writes need it: its simple commands, one after the
 * other, wherever they stand. Offsets are those of the Nix file the script is written in.
 *
 *   for f in a b; do cat "$in/ca/$f" > $out/$f; done
 *   ->  [ words: a, b ], [ cat, words: $in /ca/ $f, redirect > $out / $f ]
 */
import type { Interpolation } from "../ast.ts";

export interface ShellScript {
  /** In source order, those in loops, functions and substitutions included. */
  readonly commands: readonly ShellCommand[];
  /** Names of the functions it defines. */
  readonly functions: ReadonlySet<string>;
  /** Variables it gives a value somewhere. */
  readonly assigned: ReadonlySet<string>;
  /** Some of it could not be read: there may be more commands. */
  readonly broken: boolean;
}

/** A simple command, a test (`[ … ]`, named `test`), or the words of a `for` or `case`, which have no name. */
export interface ShellCommand {
  readonly name: ShellWord | undefined;
  readonly args: readonly ShellWord[];
  /** Values of assignments, in front of a command or alone. */
  readonly values: readonly ShellWord[];
  readonly redirects: readonly ShellRedirect[];
  /** It may fail, or not run at all, and the script goes on: a condition, what stands before `||`, a test. */
  readonly isOptional: boolean;
}

export interface ShellRedirect {
  /** `>`, `>>`, `<`, `&>`, …; `<<` and `<<<` with the text itself as the word. */
  readonly operator: string;
  readonly word: ShellWord;
}

export interface ShellWord {
  readonly parts: readonly WordPart[];
  readonly start: number;
  readonly end: number;
}

export type WordPart = WordText | WordVariable | WordHole | WordComputed;

interface PartBase {
  readonly start: number;
  readonly end: number;
}

/** Letters that stand for themselves: `text[i]` at `start + i`, or a single one with an escape. */
export interface WordText extends PartBase {
  readonly kind: "text";
  readonly text: string;
}
/** `$name` or `${name}` */
export interface WordVariable extends PartBase {
  readonly kind: "variable";
  readonly name: string;
}
/** An interpolation of Nix: any text, and outside quotes any code. */
export interface WordHole extends PartBase {
  readonly kind: "hole";
  readonly quoted: boolean;
  /** Undefined where one character of the script is what stands for holes. */
  readonly interpolation: Interpolation | undefined;
}
/** What only running the script can tell: a substitution, a glob, `${x%y}`, … */
export interface WordComputed extends PartBase {
  readonly kind: "computed";
  /** Variables it is made of; what a command prints is not looked at. */
  readonly variables: readonly string[];
}
