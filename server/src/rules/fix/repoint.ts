/**
 * A path in code, written so that it leads to the same file after files and folders have moved.
 *
 *   machines/web/a.nix: ../../modules/b.nix,  modules -> lib         ->   ../../lib/b.nix
 *   clan.nix: (./. + "/my parts/b.nix"),      my parts -> lib/parts  ->   (./lib/parts/b.nix)
 */
import { parentPath, pathFrom, relativePath, resolvePath } from "../../nix/path.ts";
import type { Binary, Expr, PathExpr } from "../../syntax/ast.ts";
import { fixedText } from "../../syntax/names.ts";
import { printPath } from "../../syntax/print-path.ts";
import type { TextEdit } from "../finding.ts";

/** Where a path leads that is written out, whether there is a file or not; undefined for other code. */
export function targetOf(expr: Expr): string | undefined {
  if (expr.kind === "path") {
    const written = writtenPath(expr);
    return written === undefined || written.startsWith("~")
      ? undefined
      : resolvePath(parentPath(expr.source.path), written);
  }
  if (expr.kind !== "binary" || expr.op !== "+" || expr.right.kind !== "string") return undefined;
  const [folder, below] = [targetOf(expr.left), fixedText(expr.right)];
  return folder === undefined || below?.startsWith("/") !== true
    ? undefined
    : resolvePath(folder, `.${below}`);
}

/** With the strings that are put into it: `./${"my parts"}/x.nix`. */
function writtenPath({ parts }: PathExpr): string | undefined {
  let written = "";
  for (const part of parts) {
    const text =
      part.kind === "text" ? part.text : part.expr.kind === "string" ? fixedText(part.expr) : undefined;
    if (text === undefined) return undefined;
    written += text;
  }
  return written;
}

/** `moved`: where a file is afterwards. Undefined where the path stays as it is, or is none that is written out. */
export function repoint(
  node: PathExpr | Binary,
  moved: (path: string) => string,
): (TextEdit & { readonly leadsTo: string }) | undefined {
  const { path } = node.source;
  const { start, end } = node;
  const target = targetOf(node);
  if (target === undefined) return undefined;
  const leadsTo = moved(target);
  if (isAbsolute(node))
    return leadsTo === target ? undefined : { path, start, end, text: printAt(node, leadsTo), leadsTo };
  // The folder before the `+` is a path by itself.
  if (node.kind === "binary" && isSameBelow(node, target, moved)) return undefined;
  const after = pathFrom(parentPath(moved(path)), leadsTo);
  return after === pathFrom(parentPath(path), target)
    ? undefined
    : { path, start, end, text: printAt(node, after), leadsTo };
}

/** Parentheses that are there already are not written again. */
function printAt({ source: { text }, start, end }: Expr, path: string): string {
  const printed = printPath(path);
  const isInside = text[start - 1] === "(" && text[end] === ")";
  return isInside && printed.startsWith("(") ? printed.slice(1, -1) : printed;
}

function isSameBelow({ left }: Binary, target: string, moved: (path: string) => string): boolean {
  const folder = targetOf(left);
  return (
    folder !== undefined && moved(target) === resolvePath(moved(folder), `./${relativePath(target, folder)}`)
  );
}

function isAbsolute(expr: Expr): boolean {
  return expr.source.text[expr.start] === "/";
}
