/**
 * What a command of a script is called, and the words it is made of.
 *
 *   ${pkgs.openssl}/bin/openssl rand 8 > $out/x   ->   program openssl; words rand, 8, $out/x
 */
import type { ShellCommand, ShellWord } from "../../syntax/shell/ast.ts";

/** All words of a command. */
export function wordsOf({ name, args, values, redirects }: ShellCommand): ShellWord[] {
  return [...(name ? [name] : []), ...args, ...values, ...redirects.map(({ word }) => word)];
}

/** The name of the program, without the folder it lies in: `${pkgs.openssl}/bin/openssl`. */
export function programName({ name }: ShellCommand): string | undefined {
  const last = name?.parts.at(-1);
  if (name === undefined || last?.kind !== "text") return undefined;
  if (name.parts.length === 1) return last.text;
  return /\/bin\/([^/]+)$/.exec(last.text)?.[1];
}

/** The text of a word that is nothing else. */
export function textOf({ parts }: ShellWord): string | undefined {
  let text = "";
  for (const part of parts) {
    if (part.kind !== "text") return undefined;
    text += part.text;
  }
  return text;
}

/** The last name of a path; undefined where it is computed, or the path ends with a slash. */
export function baseNameOf({ parts }: ShellWord): string | undefined {
  const last = parts.at(-1);
  if (last?.kind !== "text" || (parts.length > 1 && !last.text.includes("/"))) return undefined;
  return /[^/]+$/.exec(last.text)?.[0];
}
