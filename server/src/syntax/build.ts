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
import { attrNameFields, fixedText } from "./names.ts";
import { placed } from "./places.ts";
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
  ["parenthesized_expression", (item) => exprAt(item, 0)],
  ["attrset_expression", attrSet(false, false)],
  ["rec_attrset_expression", attrSet(true, false)],
  ["let_attrset_expression", attrSet(true, true)],
  ["binding_set", (item) => item.parts.map((child) => child.built as BindingLike)],
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

/** The expression at a place where an undamaged item has one. */
function exprAt(item: Item, index: number): Expr {
  return item.parts[index]?.built as Expr;
}

function optionalExprAt(item: Item, index: number): Expr | undefined {
  return item.parts[index]?.built as Expr | undefined;
}

function bodyOf(item: Item): Expr {
  return item.parts.at(-1)?.built as Expr;
}

/** The names of the attribute path or inherit list at a place where an undamaged item has one. */
function namesAt(item: Item, index: number): readonly AttrName[] {
  return item.parts[index]?.built as readonly AttrName[];
}

function textOf({ start, end }: Item, { source }: Lowering): string {
  return source.text.slice(start, end);
}

function report({ start, end }: Item, message: string, { problems }: Lowering): void {
  problems.push({ start, end, message });
}

// Literals

function identifier(item: Item, lowering: Lowering): Identifier {
  return placed(lowering, item, { kind: "identifier", name: textOf(item, lowering) });
}

function literal(kind: "int" | "float" | "uri"): Builder {
  return (item, lowering) => {
    return placed(lowering, item, { kind, text: textOf(item, lowering) });
  };
}

const largestInteger = 2n ** 63n - 1n;

function integer(item: Item, lowering: Lowering): Built {
  if (BigInt(textOf(item, lowering)) > largestInteger)
    report(item, `This is more than the largest integer, ${largestInteger}.`, lowering);
  return literal("int")(item, lowering);
}

function searchPath(item: Item, lowering: Lowering): Built {
  return placed(lowering, item, { kind: "search-path", text: textOf(item, lowering).slice(1, -1) });
}

/** As it is written: what it says hangs on the text around it. */
function text(item: Item, lowering: Lowering): StringText {
  const { start, end } = item;
  return { kind: "text", source: lowering.source, start, end, text: textOf(item, lowering) };
}

function interpolation(item: Item, lowering: Lowering): Interpolation {
  return placed(lowering, item, { kind: "interpolation", expr: exprAt(item, 0) });
}

function string(indented: boolean): Builder {
  return (item, lowering): StringExpr => {
    const raw = textParts(item);
    const cooked = indented ? stripIndentation(raw, lowering.source) : cookString(raw);
    const parts = cooked.map((part) => placedPart(part, lowering));
    return placed(lowering, item, { kind: "string", indented, parts });
  };
}

function textParts(item: Item): StringPart[] {
  return item.parts.flatMap(({ built }) => (built === undefined ? [] : [built as StringPart]));
}

function placedPart(part: StringPart, lowering: Lowering): StringPart {
  return part.kind === "text" ? placed(lowering, part, { kind: "text", text: part.text }) : part;
}

function path(item: Item, lowering: Lowering): PathExpr {
  const parts = textParts(item);
  const first = parts[0];
  const last = parts.at(-1);
  if (last?.kind === "text" && last.text.endsWith("/")) report(item, "A path must not end in `/`.", lowering);
  // Nix reads `//` only right before, or somewhere behind, the first interpolation.
  else if (first?.kind === "text" && /\/\/./.test(first.text))
    report(item, "A path must not have `//` in it.", lowering);
  return placed(lowering, item, { kind: "path", parts: parts.map((part) => placedPart(part, lowering)) });
}

// Sets, bindings, lists

function attrSet(recursive: boolean, legacyLet: boolean): Builder {
  return (item, lowering): AttrSet => {
    const bindings = bindingsOf(item);
    const fields = { kind: "attrset", recursive, legacyLet, bindings, broken: false } as const;
    const set = placed(lowering, item, fields);
    lowering.checks.checkSet(set);
    return set;
  };
}

function bindingsOf(item: Item): readonly BindingLike[] {
  const set = item.parts.find((child) => child.type === "binding_set");
  return (set?.built as readonly BindingLike[] | undefined) ?? [];
}

function binding(item: Item, lowering: Lowering): Binding {
  return placed(lowering, item, { kind: "binding", path: namesAt(item, 0), value: exprAt(item, 1) });
}

function inherit(item: Item, lowering: Lowering): Inherit | undefined {
  // The keyword is a token of the same name.
  if (item.end - item.start === "inherit".length) return undefined;
  const from = item.type === "inherit_from" ? exprAt(item, 1) : undefined;
  const list = item.parts.find((child) => child.type === "inherited_attrs");
  const names = (list?.built as readonly AttrName[] | undefined) ?? [];
  return placed(lowering, item, { kind: "inherit", from, names });
}

function attrNames(item: Item, lowering: Lowering): readonly AttrName[] {
  return item.parts.map((child) => attrName(child, lowering));
}

function attrName(item: Item, lowering: Lowering): AttrName {
  if (item.type === "identifier") {
    const name = textOf(item, lowering);
    return placed(lowering, item, { kind: "attr-name", quoted: false, name, expr: undefined });
  }
  const named = item.type === "string_expression" ? attrNameFields(item.built as Expr) : undefined;
  if (named !== undefined) return placed(lowering, item, named);
  const { expr } = item.built as Interpolation;
  // `${"a"}` is as good as `"a"`: Nix treats it as a static name.
  const name = expr.kind === "string" ? fixedText(expr) : undefined;
  return placed(lowering, item, { kind: "attr-name", quoted: false, name, expr });
}

function list(item: Item, lowering: Lowering): Built {
  const elements = item.parts.map((child) => child.built as Expr);
  return placed(lowering, item, { kind: "list", elements, broken: false });
}

// What has a body

function letExpr(item: Item, lowering: Lowering): LetExpr {
  const bindings = bindingsOf(item);
  lowering.checks.checkLet(bindings);
  return placed(lowering, item, { kind: "let", bindings, body: bodyOf(item), broken: false });
}

function withExpr(item: Item, lowering: Lowering): Built {
  return placed(lowering, item, { kind: "with", scope: exprAt(item, 0), body: bodyOf(item) });
}

function assertExpr(item: Item, lowering: Lowering): Built {
  return placed(lowering, item, { kind: "assert", condition: exprAt(item, 0), body: bodyOf(item) });
}

function ifExpr(item: Item, lowering: Lowering): Built {
  return placed(lowering, item, {
    kind: "if",
    condition: exprAt(item, 0),
    consequence: exprAt(item, 1),
    alternative: exprAt(item, 2),
  });
}

function lambda(item: Item, lowering: Lowering): Built {
  return placed(lowering, item, { kind: "lambda", param: param(item, lowering), body: bodyOf(item) });
}

function param(item: Item, lowering: Lowering): Param {
  const heads = item.parts.slice(0, -1);
  const universal = heads.find((child) => child.type === "identifier");
  const braces = heads.find((child) => child.type === "formals");
  const name = universal && identifier(universal, lowering);
  const formals = braces?.parts.flatMap((child) => (child.type === "formal" ? [child.built as Formal] : []));
  if (formals !== undefined) lowering.checks.checkFormals(formals, name);
  if (name !== undefined && universal === heads.at(-1)) lowering.checks.checkColon(name);
  const span = { start: heads[0]?.start ?? item.start, end: heads.at(-1)?.end ?? item.start };
  const ellipsis = braces?.parts.some((child) => child.type === "ellipses") ?? false;
  return placed(lowering, span, { kind: "param", name, formals, ellipsis });
}

function formal(item: Item, lowering: Lowering): Formal {
  const name = identifier(item.parts[0] ?? item, lowering);
  // The `?` is between them.
  const fallback = optionalExprAt(item, 2);
  return placed(lowering, item, { kind: "formal", name, fallback });
}

// Operators

function apply(item: Item, lowering: Lowering): Built {
  return placed(lowering, item, { kind: "apply", fn: exprAt(item, 0), arg: exprAt(item, 1) });
}

function select(item: Item, lowering: Lowering): Built {
  const target = exprAt(item, 0);
  return placed(lowering, item, {
    kind: "select",
    target,
    path: namesAt(item, 1),
    fallback: optionalExprAt(item, 2),
  });
}

function hasAttr(item: Item, lowering: Lowering): Built {
  const [target, operator] = item.parts;
  if (target?.type === item.type) reportChain(operator, "?", "?", lowering);
  const path = namesAt(item, 2);
  return placed(lowering, item, { kind: "has-attr", target: exprAt(item, 0), path });
}

function unary(item: Item, lowering: Lowering): Built {
  const op = lowering.source.text[item.start] === "!" ? "!" : "-";
  return placed(lowering, item, { kind: "unary", op, operand: bodyOf(item) });
}

function binary(item: Item, lowering: Lowering): Built {
  const [left, operator, right] = item.parts;
  const op = (operator === undefined ? "" : textOf(operator, lowering)) as BinaryOp;
  for (const operand of [left, right]) {
    // Parentheses are gone from our tree: the item's type tells whether they were there.
    if (operand?.type !== item.type) continue;
    const inner = operand.built as Expr;
    if (inner.kind === "binary" && mustNotChain(op, inner.op)) reportChain(operator, inner.op, op, lowering);
  }
  return placed(lowering, item, { kind: "binary", op, left: exprAt(item, 0), right: exprAt(item, 2) });
}

function reportChain(operator: Item | undefined, inner: string, outer: string, lowering: Lowering): void {
  if (operator === undefined) return;
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
