/**
 * Commands of a script that nothing brings: clan runs it with coreutils and what `runtimeInputs` names, and nothing else
 * (clan-core's generic-generator.nix sets PATH).
 *
 *   runtimeInputs = [ pkgs.jq ]; script = "openssl rand 8 > $out/x";   ->   openssl
 *
 * Nothing is said where a package is not known, or the script may find its programs otherwise; nor where no
 * `runtimeInputs` are written: a module that is not seen may give some to all generators.
 */
import type { Expr } from "../../syntax/ast.ts";
import type { ShellCommand, ShellScript } from "../../syntax/shell/ast.ts";
import type { Generator } from "./model.ts";
import { programName, textOf, wordsOf } from "./script-commands.ts";
import { isKnownPackage, packagesOf } from "./script-packages.ts";
import { scriptOf } from "./script-references.ts";

export interface MissingCommand {
  readonly name: string;
  /** The package to be named. */
  readonly package: string;
  readonly path: string;
  readonly start: number;
  readonly end: number;
}

/** Each command once, where the script runs it first. */
export function missingCommands(generator: Generator): MissingCommand[] {
  const script = scriptOf(generator);
  const path = generator.script?.source.path;
  if (script === undefined || path === undefined || script.broken || mayFindMore(script)) return [];
  const inputs = inputsOf(generator);
  if (inputs === undefined) return [];
  const asked = new Set(script.commands.filter(isQuestion).flatMap(({ args }) => args.map(textOf)));
  const found = new Map<string, MissingCommand>();
  for (const command of script.commands) {
    const name = plainName(command);
    if (name === undefined || command.isOptional || found.has(name) || asked.has(name)) continue;
    const [first, ...others] = packagesOf(name);
    if (first === undefined || script.functions.has(name)) continue;
    if ([first, ...others].some((one) => inputs.has(one))) continue;
    const { start = 0, end = 0 } = command.name ?? {};
    found.set(name, { name, package: first, path, start, end });
  }
  return [...found.values()];
}

/** `command -v jq` */
function isQuestion(command: ShellCommand): boolean {
  return /^(command|type|which|hash)$/.test(programName(command) ?? "");
}

function plainName({ name }: ShellCommand): string | undefined {
  const text = name && textOf(name);
  return text?.includes("/") ? undefined : text;
}

/** It sets PATH, or runs code that is not seen, which may define functions. */
function mayFindMore({ commands, assigned }: ShellScript): boolean {
  return (
    assigned.has("PATH") ||
    commands.some(
      (command) =>
        (command.name !== undefined && programName(command) === undefined) ||
        /^(eval|source|\.|alias|hash|nix|nix-shell)$/.test(programName(command) ?? "") ||
        wordsOf(command).some((word) =>
          word.parts.some((part) => part.kind === "text" && part.text.startsWith("PATH=")),
        ),
    )
  );
}

/** The packages in `runtimeInputs`; undefined where one is not known. */
function inputsOf({ option }: Generator): ReadonlySet<string> | undefined {
  const inputs = option?.child("runtimeInputs");
  if (option === undefined || option.open !== undefined || inputs?.open !== undefined) return undefined;
  if (inputs === undefined || inputs.definitions.length === 0) return undefined;
  const found = new Set<string>();
  for (const { conditional, origins } of inputs.definitions) {
    const [node] = origins;
    if (conditional || node?.kind !== "list") return undefined;
    for (const element of node.elements) {
      const name = packageName(element);
      if (name === undefined || !isKnownPackage(name)) return undefined;
      found.add(name);
    }
  }
  return found;
}

/** `pkgs.openssl`, or `openssl` with `with pkgs;` around. */
function packageName(element: Expr): string | undefined {
  if (element.kind === "identifier") return element.name;
  if (element.kind !== "select" || element.target.kind !== "identifier" || element.path.length !== 1)
    return undefined;
  return element.path[0]?.name;
}
