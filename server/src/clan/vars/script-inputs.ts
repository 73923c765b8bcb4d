/**
 * Files a script makes below `$in` by itself: the folder is its own copy, and it may write there.
 *
 *   ssh-keygen -s $in/ca/key $in/ca/key.pub; mv $in/ca/key-cert.pub $out/   ->   ca/key…, ca/key.pub…
 *   cp $in/ca/key $in/ca/copy                                               ->   ca/copy
 */
import type { ShellCommand, ShellScript, ShellWord } from "../../syntax/shell/ast.ts";
import { baseNameOf, programName, textOf } from "./script-commands.ts";
import { collectPaths } from "./script-paths.ts";
import { programOf } from "./script-programs.ts";

/** How a path below `$in` comes to be: made as it is, or the beginning of names that a program makes beside it. */
type Made = "itself" | "beginning" | "both";

export type MadeInputs = ReadonlyMap<string, Made>;

export function collectMadeInputs(script: ShellScript): MadeInputs {
  const made = new Map<string, Made>();
  const add = (path: string, how: Made): void => {
    const before = made.get(path);
    made.set(path, before === undefined || before === how ? how : "both");
  };
  for (const command of script.commands) {
    for (const { operator, word } of command.redirects)
      if (operator.includes(">")) for (const path of inputPaths(word)) add(path, "itself");
    for (const [path, how] of madeBy(command, script)) add(path, how);
  }
  return made;
}

/**
 * Whether the path may be the script's own doing. `isGiven`: its first folder is there without the script, so what is
 * put into that says nothing of what else is in it.
 */
export function mayBeMade(made: MadeInputs, path: string, isGiven: boolean): boolean {
  for (let length = 1; length <= path.length; length++) {
    const one = path.slice(0, length);
    const how = made.get(one);
    if (how === undefined) continue;
    if (length === path.length ? how !== "beginning" : how !== "itself") return true;
    if (how !== "beginning" && path[length] === "/" && (one.includes("/") || !isGiven)) return true;
  }
  return false;
}

/** Programs that make what they are told to: every path among their arguments. */
const makers = new Set(["tee", "touch", "mkdir", "mkfifo", "truncate", "mktemp", "split", "csplit"]);

/** Options whose value is a file to write: `-out`, `-o`, `--output`, `-keyout`, `--pub-out`. */
const outputOption = /^--?(o|write|[\w-]*out[\w-]*)$/;

function* madeBy(command: ShellCommand, script: ShellScript): Iterable<readonly [string, Made]> {
  const name = programName(command);
  const { args } = command;
  const kind = name === undefined ? undefined : programOf(name);
  if (kind === "copies") {
    const target = copyTarget(args);
    for (const path of target === undefined ? [] : inputPaths(target)) {
      yield [path, "itself"];
      // Into a folder that is there: under their own names.
      for (const word of args) if (word !== target) yield [`${path}/${baseNameOf(word) ?? ""}`, "itself"];
    }
    return;
  }
  const isMaker = name !== undefined && (makers.has(name) || script.functions.has(name));
  for (const [index, word] of args.entries()) {
    const option = index === 0 ? "" : firstText(args[index - 1]);
    const isTarget =
      isMaker ||
      outputOption.test(option) ||
      /^(--?[\w-]*out[\w-]*|of)=$/.test(firstText(word)) ||
      (name === "ssh-keygen" && option === "-f" && !args.some((arg) => readingKeys.test(firstText(arg))));
    const how = isTarget ? "both" : kind === "derives" ? "beginning" : undefined;
    if (how !== undefined) for (const path of inputPaths(word)) yield [path, how];
  }
}

/** What ssh-keygen does with a key that is there: print, convert, sign, change. */
const readingKeys = /^-[A-Za-z]*[yleicpsBFHLRY]/;

/** `cp a b`, `cp -t b a`, `cp --target-directory=b a` */
function copyTarget(args: readonly ShellWord[]): ShellWord | undefined {
  const option = args.findIndex((word) => /^(-t|--target-directory)$/.test(textOf(word) ?? ""));
  if (option >= 0) return args[option + 1];
  return args.find((word) => firstText(word).startsWith("--target-directory=")) ?? args.at(-1);
}

function firstText(word: ShellWord | undefined): string {
  const first = word?.parts[0];
  return first?.kind === "text" ? first.text : "";
}

/** Computed ones are left out: nobody refers to them by name. */
function inputPaths(word: ShellWord): string[] {
  return collectPaths(word)
    .filter(({ folder, names, isComputed }) => folder === "in" && names.length > 0 && !isComputed)
    .map(({ names }) => names.map(({ name }) => name).join("/"));
}
