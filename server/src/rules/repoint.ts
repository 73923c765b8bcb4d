/**
 * A path in code, written so that it leads to the same file after files and folders have moved.
 *
 *   machines/web/a.nix: ../../modules/b.nix,  modules -> lib   ->   ../../lib/b.nix
 */
import { isWithin, parentPath, relativePath, resolvePath } from "../nix/path.ts";
import type { PathExpr } from "../syntax/ast.ts";
import type { TextEdit } from "./finding.ts";

/** `moved`: where a file is afterwards. Undefined where the path stays as it is, or is none that is written out and relative. */
export function repoint(node: PathExpr, moved: (path: string) => string): TextEdit | undefined {
  const { path, text } = node.source;
  const { start, end } = node;
  const written = text.slice(start, end);
  if (!/^\.\.?\//.test(written) || node.parts.some((part) => part.kind !== "text")) return undefined;
  const target = resolvePath(parentPath(path), written);
  const after = pathFrom(parentPath(moved(path)), moved(target));
  return after === pathFrom(parentPath(path), target) ? undefined : { path, start, end, text: after };
}

/** `../x`, `./x` */
function pathFrom(folder: string, target: string): string {
  let common = folder;
  let up = "";
  while (!isWithin(target, common)) {
    common = parentPath(common);
    up += "../";
  }
  const below = target === common ? "." : relativePath(target, common);
  return `${up === "" ? "./" : up}${below}`;
}
