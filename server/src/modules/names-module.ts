/**
 * Whether data may name the file of a module: a string that begins with `/`, where a set of options is wanted.
 *
 *   machines.web = "/srv/web.nix";                      ->   true: it is imported
 *   machines.web.deploy.targetHost = "/run/web.sock";   ->   false: that is a string, and stays one
 */
import type { AttrName, Expr, Node } from "../syntax/ast.ts";
import type { OptionType } from "./option-type.ts";

/** With one of these, a module is in full form. */
const KEYWORDS = ["imports", "config", "options", "require"];

/** `written` is where data of the type is written: nothing but literals. Of what cannot be followed, true. */
export function mayNameModule(type: OptionType | undefined, written: Node): boolean {
  if (!/["']\//.test(written.source.text.slice(written.start, written.end))) return false;
  // What is made by attribute paths: how many of the names are its own is not known here.
  if (written.kind !== "attrset" && written.kind !== "list") return true;
  return mayImport(type, written);
}

function mayImport(type: OptionType | undefined, written: Expr): boolean {
  switch (type?.kind) {
    case "nullOr":
    case "unique":
      return mayImport(type.of, written);
    case "coercedTo":
      return mayImport(type.from, written) || mayImport(type.to, written);
    case "either":
      return type.of.some((one) => mayImport(one, written));
    case "listOf":
      if (written.kind === "list") return written.elements.some((element) => mayImport(type.of, element));
      return mayImportBelow(type, written);
    case "attrsOf":
    case "submodule":
      return mayImportBelow(type, written);
    // These may make anything of what they are given.
    case "opaque":
    case "functionTo":
    case "undeclared":
      return true;
    // Modules for others, which are only passed on, and what is no set of options.
    default:
      return false;
  }
}

function mayImportBelow(type: OptionType, written: Expr): boolean {
  if (written.kind === "string") return type.kind === "submodule";
  if (written.kind === "list") return true;
  if (written.kind !== "attrset") return false;
  return written.bindings.some(
    (binding) => binding.kind !== "binding" || mayImportAt(type, binding.path, binding.value),
  );
}

/** `path` are the names that are left of `a.b.c = …;` */
function mayImportAt(type: OptionType | undefined, path: readonly AttrName[], written: Expr): boolean {
  const [first, ...rest] = path;
  if (first === undefined) return mayImport(type, written);
  const { name } = first;
  switch (type?.kind) {
    case "nullOr":
    case "unique":
      return mayImportAt(type.of, path, written);
    case "coercedTo":
      return mayImportAt(type.from, path, written) || mayImportAt(type.to, path, written);
    case "either":
      return type.of.some((one) => mayImportAt(one, path, written));
    case "attrsOf":
      return mayImportAt(type.of, rest, written);
    case "submodule": {
      if (name === undefined || (!type.shorthandOnly && KEYWORDS.includes(name))) return true;
      const { options, freeform } = type.options;
      return mayImportAt(options.get(name)?.type ?? freeform, rest, written);
    }
    case "opaque":
    case "functionTo":
    case "undeclared":
      return true;
    default:
      return false;
  }
}
