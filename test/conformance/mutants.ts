/**
 * One-edit mutants of a clan's files: each a mistake a person makes, or a change that is none. Which of the
 * two it is says a real evaluation (record-mutants.ts). The same text always gives the same mutants.
 *
 *   roles.peer.tags.all = { };   ->   misspelt-name: `peer` is `preer`; its place: `preer`
 */
import type { Binding, Expr, Node, Source } from "../../server/src/syntax/ast.ts";
import { childrenOf, nodesAt, walk } from "../../server/src/syntax/navigate.ts";
import { type Mutant, type MutantKind, misspell, placesAround, replace } from "./mutant.ts";
import { mutateCode } from "./mutate-code.ts";
import { mutatePath } from "./mutate-path.ts";
import { mutateAttributeValue } from "./mutate-value.ts";

/** Options that hold modules, machines' configuration or file names: not the clan's own. */
const FOREIGN = new Set([
  "imports",
  "systems",
  "modules",
  "specialArgs",
  "networking",
  "environment",
  "nixpkgs",
]);

/** In a flake.nix everything else belongs to the flake. */
const CLAN_OPTIONS = new Set(["inventory", "meta"]);

/** All mutants of a file, in the order of the text. */
export function collectMutants(source: Source): Mutant[] {
  const mutants: Mutant[] = [];
  const isFlake = source.path.endsWith("/flake.nix");

  function visit(node: Node, enclosing: readonly Binding[], inClan: boolean): void {
    if (node.kind === "let") {
      for (const binding of node.bindings) {
        if (binding.kind === "binding") visit(binding.value, enclosing, inClan);
      }
      visit(node.body, enclosing, inClan);
      return;
    }
    if (node.kind === "binding") {
      if (node.path.some(({ name }) => name !== undefined && FOREIGN.has(name))) return;
      const inside = inClan || CLAN_OPTIONS.has(node.path[0]?.name ?? "");
      if (inside) mutants.push(...mutateBinding(node, enclosing), ...defineAgain(node, enclosing));
      if (inside && source.language === "nix")
        mutants.push(...mutatePath(node), ...mutateAttributeValue(node));
      visit(node.value, [...enclosing, node], inside);
      return;
    }
    if (inClan && node.kind === "attrset" && enclosing.length > 0) mutants.push(insertOption(node));
    if (inClan && node.kind === "list")
      for (const element of node.elements) mutants.push(...mutateValue(element));
    for (const child of childrenOf(node)) visit(child, enclosing, inClan);
  }

  visit(source.root, [], !isFlake);
  if (source.language === "nix") mutants.push(...mutateCode(source));
  return mutants.sort((a, b) => a.start - b.start || a.end - b.end || (a.kind < b.kind ? -1 : 1));
}

function mutateBinding(binding: Binding, enclosing: readonly Binding[]): Mutant[] {
  const { path, value, source, start, end } = binding;
  const mutants = mutateValue(value);
  for (const { name, quoted, start, end } of path) {
    if (name === undefined) continue;
    const shift = quoted ? 1 : 0;
    mutants.push(replace("misspelt-name", start + shift, end - shift, misspell(name)));
  }
  // In JSON a comma would have to go, or come, with it.
  if (source.language === "json") return mutants;
  if (enclosing.length > 0)
    mutants.push({ kind: "dropped", start, end, text: "", places: placesAround(binding) });
  const copy = ` ${source.text.slice(start, end)}`;
  mutants.push({
    kind: "second-definition",
    start: end,
    end,
    text: copy,
    places: [[end + 1, end + copy.length]],
  });
  const [first, second] = path;
  if (first !== undefined && second !== undefined) {
    const length = second.start - first.start;
    mutants.push({
      kind: "moved",
      start: first.start,
      end: second.start,
      text: "",
      places: [[start, end - length]],
    });
  }
  return mutants;
}

/**
 * The same attribute in a module beside the one it is written in, as another file would have it: as it is, and,
 * of a scalar, with another value.
 */
function defineAgain(binding: Binding, enclosing: readonly Binding[]): Mutant[] {
  const { source, value, start, end } = binding;
  const top = enclosing.findIndex(({ path }) => path.some(({ name }) => MODULE_OPTIONS.has(name ?? "")));
  const outer = [...enclosing, binding][top];
  if (outer === undefined || top < 0 || source.language === "json") return [];
  const holder = nodesAt(source, outer.start).findLast(
    (node) => node.kind === "attrset" && node.start < outer.start,
  );
  if (holder?.kind !== "attrset" || holder.recursive || holder.bindings.some(imports)) return [];
  // A path through a function or a call is not what is written, and the names a value uses are known where it stands.
  const between = nodesAt(source, start).filter((node) => node.start >= outer.start && node.end > end);
  if (!between.every(({ kind }) => kind === "binding" || kind === "attrset") || !isClosed(value)) return [];
  const names = [...enclosing.slice(top), binding].flatMap(({ path }) => path.map(textOf));
  const at = source.text.indexOf("{", holder.start) + 1;
  const again = (kind: MutantKind, text: string): Mutant => {
    const inserted = ` imports = [ { ${names.join(".")} = ${text}; } ];`;
    const length = inserted.length;
    return {
      kind,
      start: at,
      end: at,
      text: inserted,
      places: [
        [at, at + length],
        [start + length, end + length],
      ],
    };
  };
  const other = otherValue(value);
  return [again("second-module", textOf(value)), ...(other === undefined ? [] : [again("conflict", other)])];
}

const MODULE_OPTIONS = new Set(["inventory", "meta", "vars"]);

function imports(item: Node): boolean {
  return item.kind === "binding" && item.path[0]?.name === "imports";
}

function isClosed(value: Expr): boolean {
  let closed = true;
  walk(value, (node) => {
    if (node.kind === "inherit" || (node.kind === "identifier" && !/^(true|false|null)$/.test(node.name)))
      closed = false;
  });
  return closed;
}

/** Of the same type. */
function otherValue(value: Expr): string | undefined {
  const text = textOf(value);
  if (value.kind === "int") return `${text}1`;
  if (text === "true") return "false";
  if (text === "false") return "true";
  if (text === '"nixos"') return '"darwin"';
  return value.kind === "string" && /^"\w+"$/.test(text) ? `"${misspell(text.slice(1, -1))}"` : undefined;
}

function textOf({ source, start, end }: Node): string {
  return source.text.slice(start, end);
}

function mutateValue(value: Expr): Mutant[] {
  const wrong = wrongType(value);
  if (wrong === undefined) return [];
  const { start, end } = value;
  const mutants = [replace("wrong-type", start, end, wrong), replace("null-value", start, end, "null")];
  if (value.kind === "string" && !value.indented) {
    const [part, ...others] = value.parts;
    if (part?.kind === "text" && others.length === 0)
      mutants.push(replace("misspelt-value", start, end, `"${misspell(part.text)}"`));
  }
  return mutants;
}

function wrongType({ kind }: Expr): string | undefined {
  if (kind === "string") return "12";
  if (kind === "int") return '"12"';
  if (kind === "attrset") return "[ ]";
  return kind === "list" ? '"12"' : undefined;
}

function insertOption({ source, start }: Node): Mutant {
  const text = source.language === "json" ? ' "bogus": 1,' : " bogus = 1;";
  const at = source.text.indexOf("{", start) + 1;
  const name = at + (source.language === "json" ? 2 : 1);
  return { kind: "unknown-option", start: at, end: at, text, places: [[name, at + text.length]] };
}
