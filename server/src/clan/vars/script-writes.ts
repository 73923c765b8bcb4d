/**
 * The files a generator's script may write into `$out`. Whatever cannot be followed leaves the set open.
 *
 *   openssl genrsa -out "$out"/ca.key; cp $in/root/ca.pem $out   ->   ca.key, ca.pem
 *   ssh-keygen -f "$out/id"                                       ->   id, and what begins with it
 *   my-program --folder $out                                      ->   open
 *
 * Too many is safe, too few is not: who says that a file is never written must be right.
 */
import type { ShellCommand, ShellScript, ShellWord } from "../../syntax/shell/ast.ts";
import { baseNameOf, programName, textOf } from "./script-commands.ts";
import { collectPaths, type ScriptPath } from "./script-paths.ts";
import { type ProgramKind, programOf } from "./script-programs.ts";

export interface ScriptWrites {
  /** Paths below `$out`; true where files may follow whose names begin with it. */
  readonly names: ReadonlyMap<string, boolean>;
  /** Folders in which these lie. */
  readonly folders: ReadonlySet<string>;
  /** Why it may write others. */
  readonly open: string | undefined;
}

export function collectWrites(script: ShellScript): ScriptWrites {
  const writes = new WriteCollector(script);
  for (const command of script.commands) writes.add(command);
  if (script.commands.every(isIdle)) writes.open ??= "it does nothing";
  for (const name of writes.names.keys())
    for (let at = name.indexOf("/"); at > 0; at = name.indexOf("/", at + 1))
      writes.folders.add(name.slice(0, at));
  return writes;
}

/** Whether the script may write the file `name`. */
export function mayWrite({ names, folders, open }: ScriptWrites, name: string): boolean {
  if (open !== undefined || names.has(name) || folders.has(name)) return true;
  for (let length = 1; length < name.length; length++) {
    const mayFollow = names.get(name.slice(0, length));
    // What is written may be a folder.
    if (mayFollow === true || (mayFollow === false && name[length] === "/")) return true;
  }
  return false;
}

/** A quoted text that speaks of the folder is a program of its own: `awk '{ print > ENVIRON["out"] }'`. */
const innerProgram = /\$\{?out\b|ENVIRON/;

/** Variables of the shell itself, of which none leads into `$out`. */
const shellVariable =
  /^(\d+|[@*#?$!_-]|in|out|prompts|HOME|IFS|LINENO|PATH|PPID|PWD|RANDOM|SECONDS|TMPDIR|UID|USER)$/;

/** Commands that do nothing: a script of these alone is there for files that people set by hand. */
const idle = new Set([":", "true", "false", "echo", "printf"]);

const computedNames = "it writes into `$out` under names that are computed";

class WriteCollector implements ScriptWrites {
  readonly names = new Map<string, boolean>();
  readonly folders = new Set<string>();
  open: string | undefined;
  /** It changes into `$out`: any relative path may lie there. */
  private readonly isInside: boolean;

  constructor(private readonly script: ShellScript) {
    if (script.broken) this.open = "it cannot be read";
    if (script.assigned.has("out")) this.open = "it gives `out` another value";
    this.isInside = script.commands.some(
      (command) =>
        isCd(programName(command)) && command.args.some((word) => outPaths(word).length > 0 || goesUp(word)),
    );
  }

  add(command: ShellCommand): void {
    const name = programName(command);
    const kind = name === undefined ? undefined : programOf(name);
    if (command.name !== undefined) this.checkProgram(name, kind, command.args);
    this.checkFolder(name, kind, command.args);
    if (kind === "copies") this.addCopies(command.args);
    else if (kind !== "reads" && !isCd(name))
      for (const word of command.args) this.addWord(word, kind !== "writes");
    for (const word of command.values) this.addWord(word, true);
    // The text of a here document is only read.
    for (const { operator, word } of command.redirects) if (operator.includes(">")) this.addTarget(word);
  }

  private checkProgram(
    name: string | undefined,
    kind: ProgramKind | undefined,
    args: readonly ShellWord[],
  ): void {
    if (name === undefined) this.open ??= "it runs a program whose name is computed";
    else if (kind === undefined && !this.script.functions.has(name))
      this.open ??= `it runs \`${name}\`, which may write any file`;
    if (name === "exit") this.open ??= "it may give up";
    if (args.some(isCode)) this.open ??= "part of a command is computed by Nix";
  }

  /** `rmdir $out; mv tmp $out`, `ln -s $out here`, `cd "$(dirname $out/x)"`: the folder comes to be, or is reached, in another way. */
  private checkFolder(
    name: string | undefined,
    kind: ProgramKind | undefined,
    args: readonly ShellWord[],
  ): void {
    const paths = args.map(outPaths);
    if (kind === "names" && paths.some(({ length }) => length > 0)) this.open ??= computedNames;
    const isFolder = paths.map((found) => found.some(isFolderItself));
    if ((name === "rm" || name === "rmdir") && isFolder.includes(true)) this.open ??= "it removes `$out`";
    if (name === "ln" && isFolder.slice(0, -1).includes(true) && !args.some(isTargetOption))
      this.open ??= "it makes a link to `$out`";
  }

  /** `cp a/b c $out` writes b and c, `cp a/b $out/c` writes c. */
  private addCopies(args: readonly ShellWord[]): void {
    const isIntoFolder = (word: ShellWord): boolean => outPaths(word).some(isFolderItself);
    for (const word of args) if (!isIntoFolder(word)) this.addWord(word, false);
    if (!this.isInside && !args.some(isIntoFolder)) return;
    for (const word of args) {
      if (isIntoFolder(word)) continue;
      const name = baseNameOf(word);
      if (name === undefined || name === "." || /^-\w*[rRa]/.test(name)) this.open ??= computedNames;
      else if (!name.startsWith("-")) this.names.set(name, this.names.get(name) ?? false);
    }
  }

  private addWord(word: ShellWord, mayFollow: boolean): void {
    const paths = outPaths(word);
    for (const path of paths) this.addPath(path, mayFollow);
    this.checkVariables(word);
    const text = textOf(word);
    if (text !== undefined && innerProgram.test(text)) this.open ??= "it hands `$out` to another program";
    if (paths.length === 0) this.addRelative(word, mayFollow);
  }

  private addTarget(word: ShellWord): void {
    const paths = outPaths(word);
    // `date > $out` fails: it is a folder.
    if (word.parts.length === 1 && paths.some(isFolderItself)) return;
    for (const path of paths) this.addPath(path, false);
    this.checkVariables(word);
    if (paths.length > 0) return;
    if (word.parts.some(({ kind }) => kind === "hole")) this.open ??= computedNames;
    this.addRelative(word, false);
  }

  /** A variable that others give a value may hold any path. */
  private checkVariables({ parts }: ShellWord): void {
    const isOwn = (name: string): boolean => shellVariable.test(name) || this.script.assigned.has(name);
    const names = parts.flatMap((part) =>
      part.kind === "variable" ? [part.name] : part.kind === "computed" ? part.variables : [],
    );
    for (const name of names) if (!isOwn(name)) this.open ??= `nothing is known of the variable \`${name}\``;
  }

  private addPath({ names, isComputed }: ScriptPath, mayFollow: boolean): void {
    const name = names.map((segment) => segment.name).join("/");
    if (isComputed || name === "") this.open ??= computedNames;
    else this.names.set(name, mayFollow || this.names.get(name) === true);
  }

  /** A path that does not begin with `$out` leads there by `..`, or where the script is inside of the folder. */
  private addRelative(word: ShellWord, mayFollow: boolean): void {
    const text = textOf(word);
    if (goesUp(word)) this.open ??= "it goes up by `..`";
    if (!this.isInside) return;
    if (text === undefined) this.open ??= computedNames;
    else if (!text.startsWith("/")) this.names.set(text.replace(/^(\.\/)+/, ""), mayFollow);
  }
}

function isIdle(command: ShellCommand): boolean {
  const isToStdout = command.redirects.every(({ operator }) => operator === ">&");
  return isToStdout && idle.has(programName(command) ?? "");
}

function isCd(program: string | undefined): boolean {
  return program === "cd" || program === "pushd";
}

function outPaths(word: ShellWord): ScriptPath[] {
  return collectPaths(word).filter(({ folder }) => folder === "out");
}

/** `../x`, `$dir/..` */
function goesUp({ parts }: ShellWord): boolean {
  const text = parts.map((part) => (part.kind === "text" ? part.text : "x")).join("");
  return /(^|[/=])\.\.(\/|$)/.test(text);
}

/** `ln -t $out a` */
function isTargetOption(word: ShellWord): boolean {
  return /^(-\w*t|--target-directory)/.test(textOf(word) ?? "");
}

function isFolderItself({ names, isComputed }: ScriptPath): boolean {
  return names.length === 0 && !isComputed;
}

/** An interpolation outside quotes may be several arguments, or any code. */
function isCode({ parts }: ShellWord): boolean {
  return parts.length > 0 && parts.every((part) => part.kind === "hole" && !part.quoted);
}
