/**
 * Paths as text. A path literal of Nix holds few characters; all others go into a string behind one.
 *
 *   ./parts/extra.nix   ->   ./parts/extra.nix        ./my parts/extra.nix   ->   (./. + "/my parts/extra.nix")
 */
import { printString } from "./quote.ts";

/** Whether a file's or folder's name may stand in a path literal (PATH_CHAR of Nix's lexer). */
export function isPathName(name: string): boolean {
  return /^[A-Za-z0-9._+-]+$/.test(name);
}

/** `path` begins with `/`, `./` or `../`. What it is printed as can stand wherever an expression can. */
export function printPath(path: string): string {
  const segments = path.split("/");
  const odd = segments.findIndex((segment) => segment !== "" && !isPathName(segment));
  if (odd < 0) return path;
  const base = segments.slice(0, odd).join("/");
  const literal = !base.includes("/") ? `${base}/.` : base;
  return `(${literal} + ${printString(`/${segments.slice(odd).join("/")}`)})`;
}

/** `text` for the inside of a string of the form, without its quotes. */
export function printInString(text: string, indented: boolean): string {
  if (!indented) return printString(text).slice(1, -1);
  // Behind a quote the two of `''${` would be read as the beginning of `'''`.
  return text.replace(/''|'?\$(?=\{)/g, (found) =>
    found === "''" ? "'''" : found === "$" ? "''$" : `'\${"$"}`,
  );
}
