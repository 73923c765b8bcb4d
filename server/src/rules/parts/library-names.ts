/**
 * Functions of nixpkgs' library whose names are misspelt, in modules that are given `lib`. Whether Nix comes to evaluate
 * them often hangs on NixOS: then it is a warning.
 *
 *   { lib, ... }: { services.nginx.enable = lib.mkDefualt true; }   ->   at `mkDefualt`: did you mean `mkDefault`?
 */
import type { Clan } from "../../clan/model.ts";
import { slipsOf } from "../../nix/similar-names.ts";
import { libraryNames } from "../../project/native-lib.ts";
import type { Snapshot } from "../../project/snapshot.ts";
import type { AttrName, BindingLike, Node, Source } from "../../syntax/ast.ts";
import { nodesAt } from "../../syntax/navigate.ts";
import type { Problem } from "../rule.ts";
import { isModule } from "./pkgs-argument.ts";
import { at, useFix } from "./place.ts";

export function* checkLibraryNames(source: Source, clan: Clan, snapshot: Snapshot): Iterable<Problem> {
  if (source.language !== "nix" || source.problems.length > 0) return;
  for (const { node, meant } of slipsIn(source)) {
    if (mayBeExtended(clan, snapshot)) return;
    const message = `\`lib\` has no \`${node.name}\`, and Nix fails where that is read. Did you mean \`${meant}\`?`;
    yield { ...at(node, message, useFix(node, meant)), isUnused: true };
  }
}

interface Slip {
  readonly node: AttrName;
  readonly meant: string;
}

/** By version of a file. */
const known = new WeakMap<Source, readonly Slip[]>();

function slipsIn(source: Source): readonly Slip[] {
  const found = known.get(source) ?? findSlips(source);
  known.set(source, found);
  return found;
}

/** `lib.x` and `inherit (lib) x`. The text is searched, and only what is a slip is looked at: nearly all of it is right. */
function findSlips(source: Source): Slip[] {
  const { text } = source;
  const found: Slip[] = [];
  const add = (name: string, end: number): void => {
    const names = libraryNames();
    const [meant] = names.has(name) ? [] : (slipsOf(name, names) ?? []);
    const node = meant === undefined ? undefined : nameOfLibrary(source, end);
    if (meant !== undefined && node?.name === name) found.push({ node, meant });
  };
  for (const { index, 0: whole, 1: name = "" } of text.matchAll(/\blib\.([A-Za-z_][\w'-]*)/g))
    add(name, index + whole.length);
  for (const { index, 0: start, 1: list = "" } of text.matchAll(/\binherit\s*\(\s*lib\s*\)([^;]*)/g))
    for (const word of list.matchAll(/[A-Za-z_][\w'-]*/g))
      add(word[0], index + start.length - list.length + word.index + word[0].length);
  return found;
}

/** The name that ends there, if it is one of the library. */
function nameOfLibrary(source: Source, end: number): AttrName | undefined {
  const [node, around] = nodesAt(source, end).toReversed();
  if (node?.kind !== "attr-name") return undefined;
  const from =
    around?.kind === "inherit"
      ? around.from
      : around?.kind === "select" && around.fallback === undefined && around.path[0] === node
        ? around.target
        : undefined;
  return from !== undefined && isGivenLibrary(from) ? node : undefined;
}

/** Some module may then be given another library, with names of its own. */
function mayBeExtended({ tree, files }: Clan, snapshot: Snapshot): boolean {
  const given = tree.child("specialArgs");
  if (given !== undefined && (given.open !== undefined || given.child("lib") !== undefined)) return true;
  return [...files].some((path) => extendsLibrary.test(snapshot.readFile(path) ?? ""));
}

/** `lib.extend`, and `lib` among the arguments that flake-parts, home-manager or another call hands to modules. */
const extendsLibrary = /\blib\s*\.\s*extend\b|[sS]pecialArgs[\s\S]{0,300}?(?<![.\w-])lib(?![.\w-])/;

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
