/**
 * Functions of nixpkgs' library whose names are misspelt, in modules that are given `lib`. Whether Nix comes to evaluate
 * them often hangs on NixOS: then it is a warning.
 *
 *   { lib, ... }: { services.nginx.enable = lib.mkDefualt true; }   ->   at `mkDefualt`: did you mean `mkDefault`?
 */
import type { Clan } from "../../clan/model.ts";
import { slipsOf } from "../../nix/similar-names.ts";
import type { AttrName, BindingLike, Node, Source } from "../../syntax/ast.ts";
import { nodesAt } from "../../syntax/navigate.ts";
import type { Problem } from "../rule.ts";
import { isModule } from "./pkgs-argument.ts";
import { at, useFix } from "./place.ts";

export function* checkLibraryNames(source: Source, clan: Clan): Iterable<Problem> {
  if (source.language !== "nix" || source.problems.length > 0 || mayBeExtended(clan)) return;
  for (const node of namesOfLibrary(source)) {
    const { name = "" } = node;
    const names = clan.libraryNames();
    const [meant] = names.has(name) ? [] : (slipsOf(name, names) ?? []);
    if (meant === undefined) continue;
    const message = `\`lib\` has no \`${name}\`, and Nix fails where that is read. Did you mean \`${meant}\`?`;
    yield { ...at(node, message, useFix(node, meant)), isUnused: true };
  }
}

/** Modules of machines are then given another library. */
function mayBeExtended({ tree }: Clan): boolean {
  const given = tree.child("specialArgs");
  return given !== undefined && (given.open !== undefined || given.child("lib") !== undefined);
}

/** `lib.x` and `inherit (lib) x`; the text is searched, since nearly all that it has is right. */
function* namesOfLibrary(source: Source): Iterable<AttrName> {
  for (const { index, 0: found } of source.text.matchAll(/\blib\.[A-Za-z_][\w'-]*/g)) {
    const [node, around] = nodesAt(source, index + found.length).toReversed();
    if (node?.kind !== "attr-name" || around?.kind !== "select" || around.fallback !== undefined) continue;
    if (around.path[0] === node && isGivenLibrary(around.target)) yield node;
  }
  for (const { index } of source.text.matchAll(/\binherit\s*\(\s*lib\s*\)/g)) {
    const inherit = nodesAt(source, index + 1).findLast((node) => node.kind === "inherit");
    if (inherit?.from !== undefined && isGivenLibrary(inherit.from)) yield* inherit.names;
  }
}

/** The variable `lib`, which is bound by the arguments of a module. */
function isGivenLibrary(node: Node): boolean {
  if (node.kind !== "identifier" || node.name !== "lib") return false;
  const scope = nodesAt(node.source, node.start).findLast(bindsLib);
  return (
    scope !== undefined &&
    isModule(scope) &&
    scope.param.formals?.some(({ name, fallback }) => name.name === "lib" && fallback === undefined) === true
  );
}

function bindsLib(node: Node): boolean {
  const isBound = (bindings: readonly BindingLike[]): boolean =>
    bindings.some((each) =>
      each.kind === "binding" ? each.path[0]?.name === "lib" : each.names.some(({ name }) => name === "lib"),
    );
  switch (node.kind) {
    case "lambda":
      return (
        node.param.name?.name === "lib" || (node.param.formals ?? []).some(({ name }) => name.name === "lib")
      );
    case "let":
      return isBound(node.bindings);
    case "attrset":
      return node.recursive && isBound(node.bindings);
    default:
      return false;
  }
}
