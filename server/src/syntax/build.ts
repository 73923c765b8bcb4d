/**
 * One concrete node with built children -> our node. Called by lower.ts, deepest nodes first.
 *
 *   binding(attrpath, "=", int_expression, ";")   ->   { kind: "binding", path, value }
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
  Param,
  Source,
  StringPart,
  SyntaxProblem,
} from "./ast.ts";
import { checkBindings, checkFormals, checkLetNames } from "./binding-checks.ts";
import { attrNameOf, fixedText } from "./names.ts";
import { cookString, stripIndentation } from "./strings.ts";

/** A concrete node on its way to becoming ours. Comments are left out. */
export interface Item {
  readonly type: string;
  readonly field: string | null;
  readonly start: number;
  readonly end: number;
  /** The parser made it up: it has no width. */
  readonly missing: boolean;
  readonly children: readonly Item[];
  /** It or something in it is an error; then it is not built but repaired. */
  readonly damaged: boolean;
  readonly built: Built;
}

/** What a whole concrete node becomes; `undefined` for tokens that only their parent reads. */
export type Built =
  | Expr
  | StringPart
  | BindingLike
  | AttrName
  | Param
  | Formal
  | readonly AttrName[]
  | readonly BindingLike[]
  | undefined;

type Unbuilt = Omit<Item, "built" | "children"> & { readonly children: readonly Item[] };
type Builder = (item: Unbuilt, source: Source, problems: SyntaxProblem[]) => Built;

/** Builds an undamaged node whose children are built. Adds what Nix refuses and the grammar does not. */
export function build(item: Unbuilt, source: Source, problems: SyntaxProblem[]): Built {
  const builder = builders.get(item.type);
  return builder === undefined ? undefined : builder(item, source, problems);
}

function place(item: Unbuilt, source: Source) {
  return { source, start: item.start, end: item.end };
}

function textOf(item: Unbuilt, source: Source): string {
  return source.text.slice(item.start, item.end);
}

function childAt(item: Unbuilt, field: string): Item | undefined {
  return item.children.find((child) => child.field === field);
}

/** The expression of a field that an undamaged node has. */
function expr(item: Unbuilt, field: string): Expr {
  return childAt(item, field)?.built as Expr;
}

function optionalExpr(item: Unbuilt, field: string): Expr | undefined {
  return childAt(item, field)?.built as Expr | undefined;
}

/** The attribute names directly below an attrpath or an inherit list. */
function attrNames(item: Unbuilt, source: Source): readonly AttrName[] {
  return item.children.flatMap((child) => (child.field === "attr" ? attrName(child, source) : []));
}

function attrName(item: Item, source: Source): AttrName {
  const base = { kind: "attr-name" as const, ...place(item, source), quoted: false };
  if (item.type === "identifier") return { ...base, name: textOf(item, source), expr: undefined };
  const named = item.type === "string_expression" ? attrNameOf(item.built as Expr) : undefined;
  if (named !== undefined) return named;
  const inner = (item.built as Interpolation).expr;
  // `${"a"}` is as good as `"a"`: Nix treats it as a static name.
  return { ...base, name: inner.kind === "string" ? fixedText(inner) : undefined, expr: inner };
}

function pathOf(item: Unbuilt): readonly AttrName[] {
  return childAt(item, "attrpath")?.built as readonly AttrName[];
}

function bindingsOf(item: Unbuilt): readonly BindingLike[] {
  const set = item.children.find((child) => child.type === "binding_set");
  return (set?.built as readonly BindingLike[] | undefined) ?? [];
}

function attrset(recursive: boolean, legacyLet: boolean): Builder {
  return (item, source, problems): AttrSet => {
    const bindings = bindingsOf(item);
    checkBindings(bindings, problems);
    return { kind: "attrset", ...place(item, source), recursive, legacyLet, bindings, broken: false };
  };
}

function inherit(item: Unbuilt, source: Source): Inherit | undefined {
  // The keyword is a node of the same name.
  if (item.children.length === 0) return undefined;
  const names = (childAt(item, "attrs")?.built as readonly AttrName[] | undefined) ?? [];
  return { kind: "inherit", ...place(item, source), from: optionalExpr(item, "expression"), names };
}

function identifierOf(item: Unbuilt, source: Source): Identifier {
  return { kind: "identifier", ...place(item, source), name: textOf(item, source) };
}

function param(item: Unbuilt, source: Source, problems: SyntaxProblem[]): Param {
  const universal = childAt(item, "universal");
  const formals = childAt(item, "formals");
  const first = universal === undefined || (formals && formals.start < universal.start) ? formals : universal;
  const last = first === universal ? (formals ?? universal) : (universal ?? formals);
  const name = universal === undefined ? undefined : identifierOf(universal, source);
  const list = formals?.children.filter((child) => child.field === "formal").map((c) => c.built as Formal);
  if (list !== undefined) checkFormals(list, name, problems);
  return {
    kind: "param",
    source,
    start: first?.start ?? item.start,
    end: last?.end ?? item.start,
    name,
    formals: list,
    ellipsis: formals?.children.some((child) => child.field === "ellipses") ?? false,
  };
}

function stringParts(item: Unbuilt, source: Source): StringPart[] {
  const parts: StringPart[] = [];
  for (const child of item.children) if (child.built !== undefined) parts.push(child.built as StringPart);
  return item.type === "indented_string_expression" ? stripIndentation(parts, source) : cookString(parts);
}

function stringExpr(indented: boolean): Builder {
  return (item, source) => ({
    kind: "string",
    ...place(item, source),
    indented,
    parts: stringParts(item, source),
  });
}

function path(item: Unbuilt, source: Source, problems: SyntaxProblem[]): Built {
  const parts = item.children.map((child) => child.built as StringPart);
  const last = parts[parts.length - 1];
  const [first] = parts;
  if (last?.kind === "text" && last.text.endsWith("/"))
    problems.push({ start: item.start, end: item.end, message: "A path must not end in `/`." });
  // Nix reads `//` only right before or somewhere behind the first interpolation.
  else if (first?.kind === "text" && /\/\/./.test(first.text))
    problems.push({ start: first.start, end: first.end, message: "A path must not have `//` in it." });
  return { kind: "path", ...place(item, source), parts };
}

function binary(item: Unbuilt, source: Source, problems: SyntaxProblem[]): Built {
  const left = expr(item, "left");
  const right = expr(item, "right");
  const token = childAt(item, "operator");
  const op = (token === undefined ? "" : textOf(token, source)) as BinaryOp;
  for (const [side, operand] of [
    ["left", left],
    ["right", right],
  ] as const) {
    // Parentheses are gone from our tree: the concrete operand tells whether they were there.
    const written = childAt(item, side)?.type === "binary_expression";
    if (written && operand.kind === "binary" && mustNotChain(op, operand.op))
      problems.push({
        start: token?.start ?? item.start,
        end: token?.end ?? item.end,
        message: `\`${operand.op}\` and \`${op}\` cannot be chained; add parentheses.`,
      });
  }
  return { kind: "binary", ...place(item, source), op, left, right };
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

const builders = new Map<string, Builder>([
  ["variable_expression", (item, source) => identifierOf(item, source)],
  [
    "integer_expression",
    (item, source) => ({ kind: "int", ...place(item, source), text: textOf(item, source) }),
  ],
  [
    "float_expression",
    (item, source) => ({ kind: "float", ...place(item, source), text: textOf(item, source) }),
  ],
  ["uri_expression", (item, source) => ({ kind: "uri", ...place(item, source), text: textOf(item, source) })],
  [
    "spath_expression",
    (item, source) => ({
      kind: "search-path",
      ...place(item, source),
      text: textOf(item, source).slice(1, -1),
    }),
  ],
  ["path_expression", path],
  ["hpath_expression", path],
  ["string_expression", stringExpr(false)],
  ["indented_string_expression", stringExpr(true)],
  ...["string_fragment", "escape_sequence", "dollar_escape", "path_fragment"].map(
    (type): [string, Builder] => [
      type,
      (item, source) => ({ kind: "text", ...place(item, source), text: textOf(item, source) }),
    ],
  ),
  [
    "interpolation",
    (item, source) => ({
      kind: "interpolation",
      ...place(item, source),
      expr: expr(item, "expression"),
    }),
  ],
  ["parenthesized_expression", (item) => expr(item, "expression")],
  ["attrset_expression", attrset(false, false)],
  ["rec_attrset_expression", attrset(true, false)],
  ["let_attrset_expression", attrset(true, true)],
  ["binding_set", (item) => item.children.map((child) => child.built as BindingLike)],
  ["attrpath", attrNames],
  ["inherited_attrs", attrNames],
  [
    "binding",
    (item, source): Binding => ({
      kind: "binding",
      ...place(item, source),
      path: pathOf(item),
      value: expr(item, "expression"),
    }),
  ],
  ["inherit", inherit],
  ["inherit_from", inherit],
  [
    "list_expression",
    (item, source) => ({
      kind: "list",
      ...place(item, source),
      elements: item.children.flatMap((child) => (child.field === "element" ? [child.built as Expr] : [])),
      broken: false,
    }),
  ],
  [
    "let_expression",
    (item, source, problems) => {
      const bindings = bindingsOf(item);
      checkBindings(bindings, problems);
      checkLetNames(bindings, problems);
      return {
        kind: "let",
        ...place(item, source),
        bindings,
        body: expr(item, "body"),
        broken: false,
      };
    },
  ],
  [
    "with_expression",
    (item, source) => ({
      kind: "with",
      ...place(item, source),
      scope: expr(item, "environment"),
      body: expr(item, "body"),
    }),
  ],
  [
    "assert_expression",
    (item, source) => ({
      kind: "assert",
      ...place(item, source),
      condition: expr(item, "condition"),
      body: expr(item, "body"),
    }),
  ],
  [
    "if_expression",
    (item, source) => ({
      kind: "if",
      ...place(item, source),
      condition: expr(item, "condition"),
      consequence: expr(item, "consequence"),
      alternative: expr(item, "alternative"),
    }),
  ],
  [
    "formal",
    (item, source) => {
      const name = childAt(item, "name") ?? item;
      return {
        kind: "formal",
        ...place(item, source),
        name: identifierOf(name, source),
        fallback: optionalExpr(item, "default"),
      };
    },
  ],
  [
    "function_expression",
    (item, source, problems) => ({
      kind: "lambda",
      ...place(item, source),
      param: param(item, source, problems),
      body: expr(item, "body"),
    }),
  ],
  [
    "apply_expression",
    (item, source) => ({
      kind: "apply",
      ...place(item, source),
      fn: expr(item, "function"),
      arg: expr(item, "argument"),
    }),
  ],
  [
    "select_expression",
    (item, source) => ({
      kind: "select",
      ...place(item, source),
      target: expr(item, "expression"),
      path: pathOf(item),
      fallback: optionalExpr(item, "default"),
    }),
  ],
  [
    "has_attr_expression",
    (item, source) => ({
      kind: "has-attr",
      ...place(item, source),
      target: expr(item, "expression"),
      path: pathOf(item),
    }),
  ],
  [
    "unary_expression",
    (item, source) => ({
      kind: "unary",
      ...place(item, source),
      op: source.text[item.start] === "!" ? "!" : "-",
      operand: expr(item, "argument"),
    }),
  ],
  ["binary_expression", binary],
]);
