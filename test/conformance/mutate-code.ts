/**
 * One-edit mistakes in the code around a clan's values: names of variables and attributes, files that are imported,
 * functions and their arguments, words and signs that are left out.
 *
 *   lib.optionals   ->   misspelt-selection: `lib.optioonals`
 *   rec { … }       ->   dropped-word: `{ … }`
 */
import type {
  Apply,
  AttrName,
  Binding,
  Expr,
  Formal,
  Inherit,
  Lambda,
  Node,
  Source,
} from "../../server/src/syntax/ast.ts";
import { walk } from "../../server/src/syntax/navigate.ts";
import { type Mutant, misspell, type Place, replace } from "./mutant.ts";

/** Of the whole file: what Nix says of a name that is gone is said where it is used. */
export function mutateCode(source: Source): Mutant[] {
  const mutants: Mutant[] = [];
  const parameterNames = new Set<Node>();
  walk(source.root, (node) => {
    if (node.kind === "param" && node.name !== undefined) parameterNames.add(node.name);
    if (node.kind === "formal") parameterNames.add(node.name);
    if (!parameterNames.has(node)) mutants.push(...mutateNode(node));
  });
  return mutants;
}

function mutateNode(node: Node): Mutant[] {
  switch (node.kind) {
    case "identifier":
      return /^(true|false|null|builtins)$/.test(node.name)
        ? []
        : [replace("misspelt-variable", node.start, node.end, misspell(node.name))];
    case "select":
      return node.fallback === undefined ? node.path.flatMap(misspellSelection) : [];
    case "path":
      return missingFile(node);
    case "apply":
      return [arity(node)];
    case "lambda":
      return [...parameters(node)];
    case "inherit":
      return [...inherited(node)];
    case "with":
      return [dropped(node, node.start, node.body.start)];
    case "let":
      return node.bindings.flatMap((binding) => (binding.kind === "binding" ? renamedVariable(binding) : []));
    case "attrset":
      return [
        ...(node.recursive ? [dropped(node, node.start, node.source.text.indexOf("{", node.start))] : []),
        ...unclosed(node, "}"),
      ];
    case "list":
      return unclosed(node, "]");
    case "binding":
      return [...signs(node)];
    default:
      return [];
  }
}

function misspellSelection({ name, quoted, start, end }: AttrName): Mutant[] {
  if (name === undefined) return [];
  const shift = quoted ? 1 : 0;
  return [replace("misspelt-selection", start + shift, end - shift, misspell(name))];
}

function missingFile({ source, start, end }: Expr): Mutant[] {
  const text = source.text.slice(start, end);
  const name = /[\w-]+(\.nix)?$/.exec(text);
  if (name === null || text.includes("$")) return [];
  const other = `${text.slice(0, name.index)}${misspell(name[0].replace(/\.nix$/, ""))}${name[1] ?? ""}`;
  return [replace("missing-file", start, end, other)];
}

/** `f x` is `f`, or `f x x`: what it is then is wrong where it is used. */
function arity({ source, fn, arg, start, end }: Apply): Mutant {
  const edit =
    start % 2 === 0
      ? replace("arity", fn.end, end, "")
      : replace("arity", end, end, ` ${source.text.slice(arg.start, arg.end)}`);
  return { ...edit, places: whole(source) };
}

function* parameters({ source, param }: Lambda): Iterable<Mutant> {
  const everywhere = whole(source);
  if (param.name !== undefined)
    yield {
      ...replace("misspelt-variable", param.name.start, param.name.end, misspell(param.name.name)),
      places: everywhere,
    };
  for (const formal of param.formals ?? []) {
    const { name } = formal;
    yield { ...replace("misspelt-variable", name.start, name.end, misspell(name.name)), places: everywhere };
    const end = endOfFormal(source, formal);
    if (end !== undefined) yield { ...replace("dropped-word", formal.start, end, ""), places: everywhere };
  }
}

/** With its comma. */
function endOfFormal({ text }: Source, { end }: Formal): number | undefined {
  const comma = /^\s*,/.exec(text.slice(end));
  return comma === null ? undefined : end + comma[0].length;
}

function* inherited(node: Inherit): Iterable<Mutant> {
  const { source, start, end, names } = node;
  for (const { name, start: at, end: to } of names)
    if (name !== undefined)
      yield { ...replace("misspelt-variable", at, to, misspell(name)), places: whole(source) };
  yield { ...replace("dropped-word", start, end, ""), places: whole(source) };
  // The word alone.
  yield {
    ...replace("punctuation", start, start + "inherit ".length, ""),
    places: around(source, start, end),
  };
}

function renamedVariable({ source, path: [name] }: Binding): Mutant[] {
  return name?.name === undefined
    ? []
    : [{ ...replace("misspelt-variable", name.start, name.end, misspell(name.name)), places: whole(source) }];
}

function dropped({ source }: Node, start: number, end: number): Mutant {
  return { ...replace("dropped-word", start, end, ""), places: whole(source) };
}

function* signs({ source, path, value, start, end }: Binding): Iterable<Mutant> {
  const places = around(source, start, end);
  if (source.text[end - 1] === ";")
    yield { ...replace("punctuation", end - 1, end, start % 2 === 0 ? "," : ""), places };
  const [equals, last] = [source.text.indexOf("=", path.at(-1)?.end), path.at(-1)];
  if (last !== undefined && start % 3 === 0)
    yield { ...replace("punctuation", equals, equals + 1, ":"), places };
  if (value.kind === "string" && !value.indented && start % 3 === 1)
    yield {
      ...replace("punctuation", value.end - 1, value.end, ""),
      places: [[value.start, source.text.length]],
    };
}

/** Where it shows depends on what follows. */
function unclosed({ source, start, end }: Node, bracket: string): Mutant[] {
  if (source.text[end - 1] !== bracket || start % 4 !== 0) return [];
  return [{ ...replace("punctuation", end - 1, end, ""), places: [[start, source.text.length]] }];
}

function whole({ text }: Source): readonly Place[] {
  return [[0, text.length + 100]];
}

/** From `start` to the word after `end`. */
function around({ text }: Source, start: number, end: number): readonly Place[] {
  const next = /^\s*\S+/.exec(text.slice(end));
  return [[start, end + (next?.[0].length ?? 0) + 1]];
}
