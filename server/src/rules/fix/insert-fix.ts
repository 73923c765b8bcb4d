/**
 * A fix that writes what is missing into the set that lacks it, with an empty value to fill in.
 *
 *   machines.nb = { };   with  controller: str  missing   ->   machines.nb = { settings.controller = ""; };
 */
import type { OptionNode } from "../../modules/option-node.ts";
import type { OptionType } from "../../modules/option-type.ts";
import type { AttrSet } from "../../syntax/ast.ts";
import { printAttrName, printString } from "../../syntax/quote.ts";
import type { Missing } from "../parts/missing-options.ts";
import { sureDefinitions } from "../parts/written.ts";
import type { Problem } from "../rule.ts";
import { insertion } from "./bind-fix.ts";

/** No fix where the set is not written as one, or in JSON. */
export function findInsertFix(holder: OptionNode, missing: readonly Missing[]): Pick<Problem, "fixes"> {
  const set = sureDefinitions(holder)
    .flatMap(({ origins }) => origins)
    .find((node): node is AttrSet => node.kind === "attrset" && node.source.language === "nix");
  if (set === undefined) return {};
  const bindings = missing.map(({ option, inside, below }) => {
    const holdsSettings = inside === undefined && holder.path.at(-1) !== "settings";
    const name = [...(holdsSettings ? ["settings"] : []), ...below].map(printAttrName).join(".");
    return `${name} = ${emptyValue(option.type)};`;
  });
  const names = missing.map(({ path }) => `\`${path.join(".")}\``).join(", ");
  return { fixes: [{ title: `Add ${names}`, edits: [insertion(set, bindings)] }] };
}

function emptyValue(type: OptionType): string {
  switch (type.kind) {
    case "bool":
      return "false";
    case "int":
      return String(type.min ?? 0);
    case "enum":
      return typeof type.values[0] === "string"
        ? printString(type.values[0])
        : JSON.stringify(type.values[0]);
    case "path":
      return "./.";
    case "listOf":
      return "[ ]";
    default:
      return '""';
  }
}
