/**
 * One undamaged item with built children -> our node. Adds the problems Nix has with what the grammar takes.
 *
 *   binding(attrpath, integer)   ->   { kind: "binding", path, value }
 */
import type {
  AttrName,
  AttrSet,
  BinaryOp,
  Binding,
  BindingLike,
  Expr,
  Formal,
  Identifier,
  Inherit,
  Interpolation,
  LetExpr,
  Param,
  PathExpr,
  StringExpr,
  StringPart,
  StringText,
} from "./ast.ts";
import type { Built, Item, Lowering } from "./item.ts";
import { attrNameOf, fixedText } from "./names.ts";
import { cookString, stripIndentation } from "./strings.ts";

type Builder = (item: Item, lowering: Lowering) => Built;

/** Builds an undamaged item, whose children are built. */
export function build(item: Item, lowering: Lowering): Built {
  return builders.get(item.type)?.(item, lowering);
}

const builders = new Map<string, Builder>([
  ["variable_expression", identifier],
  ["integer_expression", integer],
  ["float_expression", literal("float")],
  ["uri_expression", literal("uri")],
  ["spath_expression", searchPath],
  ["path_expression", path],
  ["hpath_expression", path],
  ["string_expression", string(false)],
  ["indented_string_expression", string(true)],
  ["string_fragment", text],
  ["escape_sequence", text],
  ["dollar_escape", text],
  ["path_fragment", text],
  ["interpolation", interpolation],
  ["parenthesized_expression", (item) => part(item, "expression")],
  ["attrset_expression", attrSet(false, false)],
  ["rec_attrset_expression", attrSet(true, false)],
  ["let_attrset_expression", attrSet(true, true)],
  ["binding_set", (item) => item.children.map((child) => child.built as BindingLike)],
  ["attrpath", attrNames],
  ["inherited_attrs", attrNames],
  ["binding", binding],
  ["inherit", inherit],
  ["inherit_from", inherit],
  ["list_expression", list],
  ["let_expression", letExpr],
  ["with_expression", withExpr],
  ["assert_expression", assertExpr],
  ["if_expression", ifExpr],
  ["function_expression", lambda],
  ["formal", formal],
  ["apply_expression", apply],
  ["select_expression", select],
  ["has_attr_expression", hasAttr],
  ["unary_expression", unary],
  ["binary_expression", binary],
]);

function childAt(item: Item, field: string): Item | undefined {
  return item.children.find((child) => child.field === field);
}

/** The expression in a field that an undamaged item has. */
function part(item: Item, field: string): Expr {
  return childAt(item, field)?.built as Expr;
}

function optionalPart(item: Item, field: string): Expr | undefined {
  return childAt(item, field)?.built as Expr | undefined;
}

function attrPath(item: Item): readonly AttrName[] {
  return childAt(item, "attrpath")?.built as readonly AttrName[];
}

function textOf({ start, end }: Item, { source }: Lowering): string {
  return source.text.slice(start, end);
}

function report({ start, end }: Item, message: string, { problems }: Lowering): void {
  problems.push({ start, end, message });
}

// Literals

function identifier(item: Item, lowering: Lowering): Identifier {
  const { start, end } = item;
  return { kind: "identifier", source: lowering.source, start, end, name: textOf(item, lowering) };
}

function literal(kind: "int" | "float" | "uri"): Builder {
  return (item, lowering) => {
    const { start, end } = item;
    return { kind, source: lowering.source, start, end, text: textOf(item, lowering) };
  };
}

const largestInteger = 2n ** 63n - 1n;

function integer(item: Item, lowering: Lowering): Built {
  if (BigInt(textOf(item, lowering)) > largestInteger)
    report(item, `This is more than the largest integer, ${largestInteger}.`, lowering);
  return literal("int")(item, lowering);
}

function searchPath(item: Item, { source }: Lowering): Built {
  const { start, end } = item;
  return { kind: "search-path", source, start, end, text: source.text.slice(start + 1, end - 1) };
}

function text(item: Item, lowering: Lowering): StringText {
  const { start, end } = item;
  return { kind: "text", source: lowering.source, start, end, text: textOf(item, lowering) };
}

function interpolation(item: Item, { source }: Lowering): Interpolation {
  const { start, end } = item;
  return { kind: "interpolation", source, start, end, expr: part(item, "expression") };
}

function string(indented: boolean): Builder {
  return (item, { source }): StringExpr => {
    const { start, end } = item;
    const raw = textParts(item);
    const parts = indented ? stripIndentation(raw, source) : cookString(raw);
    return { kind: "string", source, start, end, indented, parts };
  };
}

function textParts(item: Item): StringPart[] {
  return item.children.flatMap(({ built }) => (built === undefined ? [] : [built as StringPart]));
}

function path(item: Item, lowering: Lowering): PathExpr {
  const { start, end } = item;
  const parts = textParts(item);
  const first = parts[0];
  const last = parts.at(-1);
  if (last?.kind === "text" && last.text.endsWith("/")) report(item, "A path must not end in `/`.", lowering);
  // Nix reads `//` only right before, or somewhere behind, the first interpolation.
  else if (first?.kind === "text" && /\/\/./.test(first.text))
    report(item, "A path must not have `//` in it.", lowering);
  return { kind: "path", source: lowering.source, start, end, parts };
}

// Sets, bindings, lists

function attrSet(recursive: boolean, legacyLet: boolean): Builder {
  return (item, { source, checks }): AttrSet => {
    const { start, end } = item;
    const bindings = bindingsOf(item);
    const set: AttrSet = {
      kind: "attrset",
      source,
      start,
      end,
      recursive,
      legacyLet,
      bindings,
      broken: false,
    };
    checks.checkSet(set);
    return set;
  };
}

function bindingsOf(item: Item): readonly BindingLike[] {
  const set = item.children.find((child) => child.type === "binding_set");
  return (set?.built as readonly BindingLike[] | undefined) ?? [];
}

function binding(item: Item, { source }: Lowering): Binding {
  const { start, end } = item;
  return { kind: "binding", source, start, end, path: attrPath(item), value: part(item, "expression") };
}

function inherit(item: Item, { source }: Lowering): Inherit | undefined {
  const { start, end } = item;
  // The keyword is a token of the same name.
  if (end - start === "inherit".length) return undefined;
  const names = (childAt(item, "attrs")?.built as readonly AttrName[] | undefined) ?? [];
  return { kind: "inherit", source, start, end, from: optionalPart(item, "expression"), names };
}

function attrNames(item: Item, lowering: Lowering): readonly AttrName[] {
  return item.children.flatMap((child) => (child.field === "attr" ? [attrName(child, lowering)] : []));
}

function attrName(item: Item, lowering: Lowering): AttrName {
  const { start, end } = item;
  const { source } = lowering;
  if (item.type === "identifier") {
    const name = textOf(item, lowering);
    return { kind: "attr-name", source, start, end, quoted: false, name, expr: undefined };
  }
  const named = item.type === "string_expression" ? attrNameOf(item.built as Expr) : undefined;
  if (named !== undefined) return named;
  const { expr } = item.built as Interpolation;
  // `${"a"}` is as good as `"a"`: Nix treats it as a static name.
  const name = expr.kind === "string" ? fixedText(expr) : undefined;
  return { kind: "attr-name", source, start, end, quoted: false, name, expr };
}

function list(item: Item, { source }: Lowering): Built {
  const { start, end } = item;
  const elements = item.children.flatMap((child) => (child.field === "element" ? [child.built as Expr] : []));
  return { kind: "list", source, start, end, elements, broken: false };
}

// What has a body

function letExpr(item: Item, { source, checks }: Lowering): LetExpr {
  const { start, end } = item;
  const bindings = bindingsOf(item);
  checks.checkLet(bindings);
  return { kind: "let", source, start, end, bindings, body: part(item, "body"), broken: false };
}

function withExpr(item: Item, { source }: Lowering): Built {
  const { start, end } = item;
  return { kind: "with", source, start, end, scope: part(item, "environment"), body: part(item, "body") };
}

function assertExpr(item: Item, { source }: Lowering): Built {
  const { start, end } = item;
  return { kind: "assert", source, start, end, condition: part(item, "condition"), body: part(item, "body") };
}

function ifExpr(item: Item, { source }: Lowering): Built {
  const { start, end } = item;
  return {
    kind: "if",
    source,
    start,
    end,
    condition: part(item, "condition"),
    consequence: part(item, "consequence"),
    alternative: part(item, "alternative"),
  };
}

function lambda(item: Item, lowering: Lowering): Built {
  const { start, end } = item;
  const body = part(item, "body");
  return { kind: "lambda", source: lowering.source, start, end, param: param(item, lowering), body };
}

function param(item: Item, lowering: Lowering): Param {
  const universal = childAt(item, "universal");
  const braces = childAt(item, "formals");
  const heads = item.children.filter((child) => child === universal || child === braces);
  const name = universal && identifier(universal, lowering);
  const formals = braces?.children.flatMap((child) =>
    child.type === "formal" ? [child.built as Formal] : [],
  );
  if (formals !== undefined) lowering.checks.checkFormals(formals, name);
  return {
    kind: "param",
    source: lowering.source,
    start: heads[0]?.start ?? item.start,
    end: heads.at(-1)?.end ?? item.start,
    name,
    formals,
    ellipsis: braces?.children.some((child) => child.type === "ellipses") ?? false,
  };
}

function formal(item: Item, lowering: Lowering): Formal {
  const { start, end } = item;
  const name = identifier(childAt(item, "name") ?? item, lowering);
  const fallback = optionalPart(item, "default");
  return { kind: "formal", source: lowering.source, start, end, name, fallback };
}

// Operators

function apply(item: Item, { source }: Lowering): Built {
  const { start, end } = item;
  return { kind: "apply", source, start, end, fn: part(item, "function"), arg: part(item, "argument") };
}

function select(item: Item, { source }: Lowering): Built {
  const { start, end } = item;
  const target = part(item, "expression");
  const fallback = optionalPart(item, "default");
  return { kind: "select", source, start, end, target, path: attrPath(item), fallback };
}

function hasAttr(item: Item, lowering: Lowering): Built {
  const { start, end } = item;
  const target = part(item, "expression");
  if (childAt(item, "expression")?.type === item.type) reportChain(item, "?", "?", lowering);
  return { kind: "has-attr", source: lowering.source, start, end, target, path: attrPath(item) };
}

function unary(item: Item, { source }: Lowering): Built {
  const { start, end } = item;
  const op = source.text[start] === "!" ? "!" : "-";
  return { kind: "unary", source, start, end, op, operand: part(item, "argument") };
}

function binary(item: Item, lowering: Lowering): Built {
  const { start, end } = item;
  const left = part(item, "left");
  const right = part(item, "right");
  const token = childAt(item, "operator");
  const op = (token === undefined ? "" : textOf(token, lowering)) as BinaryOp;
  for (const side of ["left", "right"]) {
    const operand = childAt(item, side);
    // Parentheses are gone from our tree: the item's type tells whether they were there.
    if (operand?.type !== item.type) continue;
    const inner = operand.built as Expr;
    if (inner.kind === "binary" && mustNotChain(op, inner.op)) reportChain(item, inner.op, op, lowering);
  }
  return { kind: "binary", source: lowering.source, start, end, op, left, right };
}

function reportChain(item: Item, inner: string, outer: string, lowering: Lowering): void {
  const operator = childAt(item, "operator") ?? item;
  report(operator, `\`${inner}\` and \`${outer}\` cannot be chained; add parentheses.`, lowering);
}

const equality = new Set(["==", "!="]);
const order = new Set(["<", "<=", ">", ">="]);

/** Comparison operators have no associativity in Nix, and the two pipes must not be mixed. */
function mustNotChain(outer: string, inner: string): boolean {
  return (
    (equality.has(outer) && equality.has(inner)) ||
    (order.has(outer) && order.has(inner)) ||
    (outer === "|>" && inner === "<|") ||
    (outer === "<|" && inner === "|>")
  );
}
