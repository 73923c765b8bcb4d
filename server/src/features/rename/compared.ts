/**
 * Strings that say a name without standing for it anywhere: what code compares names with.
 *
 *   backup = builtins.filter (name: name != "web") config.nixos;   ->   "web"
 *   if builtins.elem name [ "web" "db" ] then …                    ->   "web"
 */
import type { Source, StringExpr } from "../../syntax/ast.ts";
import { fixedText } from "../../syntax/names.ts";
import { walk } from "../../syntax/navigate.ts";

/** In source order. They may as well be something else: try what becomes of the clan. */
export function collectCompared(source: Source, name: string): StringExpr[] {
  const found: StringExpr[] = [];
  if (source.language === "nix")
    walk(source.root, (node) => {
      if (node.kind === "binary" && (node.op === "==" || node.op === "!="))
        found.push(...[node.left, node.right].filter((side) => side.kind === "string"));
      if (node.kind === "list") found.push(...node.elements.filter((element) => element.kind === "string"));
    });
  return found.filter((string) => fixedText(string) === name);
}
