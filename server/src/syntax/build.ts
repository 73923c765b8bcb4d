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
  StringText,
  SyntaxProblem,
} from "./ast.ts";
import { checkBindings, checkFormals, checkLetNames } from "./binding-checks.ts";
import { needsQuotes } from "./quote.ts";
import { recoverBindings, recoverExpr } from "./recover.ts";
import { cookString, stripIndentation } from "./strings.ts";

/** A concrete node on its way to becoming ours. */
export interface Item {
  readonly type: string;
  readonly field: string | null;
  readonly start: number;
  readonly end: number;
  readonly missing: boolean;
  readonly children: Item[];
  built: Built;
}

/** What a concrete node becomes; `undefined` for tokens that only their parent reads. */
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

type Builder = (item: Item, source: Source, problems: SyntaxProblem[]) => Built;

export function build(item: Item, source: Source, problems: SyntaxProblem[]): Built {
  const builder = builders.get(item.type);
  return builder === undefined ? undefined : builder(item, source, problems);
}

function place(item: Item, source: Source) {
  return { source, start: item.start, end: item.end };
}

function textOf(item: Item, source: Source): string {
  return source.text.slice(item.start, item.end);
}

/** The built expression of a field; an `error` node where the parser invented or lost it. */
function expr(item: Item, field: string, source: Source): Expr {
  const child = item.children.find((candidate) => candidate.field === field);
  if (child?.built !== undefined && !child.missing) return child.built as Expr;
  return { kind: "error", source, start: item.end, end: item.end, children: [] };
}

function optionalExpr(item: Item, field: string): Expr | undefined {
  const child = item.children.find((candidate) => candidate.field === field);
  return child?.built as Expr | undefined;
}

function broken(item: Item): boolean {
  return item.children.some((child) => child.type === "ERROR" || child.missing);
}

/** The attribute names directly below an attrpath or an inherit list. */
function attrNames(item: Item, source: Source, problems: SyntaxProblem[]): readonly AttrName[] {
  const names: AttrName[] = [];
  for (const child of item.children) {
    if (child.field !== "attr" || child.missing) continue;
    const name = attrName(child, source);
    // The grammar reads keywords as names here, Nix does not (`or` is the exception).
    if (child.type === "identifier" && name.name !== "or" && needsQuotes(name.name ?? ""))
      problems.push({
        start: name.start,
        end: name.end,
        message: `\`${name.name}\` is a keyword; quote it.`,
      });
    names.push(name);
  }
  return names;
}

function attrName(item: Item, source: Source): AttrName {
  const base = { kind: "attr-name" as const, ...place(item, source) };
  if (item.type === "identifier")
    return { ...base, quoted: false, name: textOf(item, source), expr: undefined };
  if (item.type === "string_expression") {
    const value = item.built as Expr & { kind: "string" };
    const fixed = value.parts.every((part) => part.kind === "text");
    const name = fixed ? value.parts.map((part) => (part as StringText).text).join("") : undefined;
    return { ...base, quoted: true, name, expr: fixed ? undefined : value };
  }
  const inner = (item.built as Interpolation).expr;
  // `${"a"}` is as good as `"a"`: Nix treats it as a static name.
  const fixed = inner.kind === "string" && inner.parts.every((part) => part.kind === "text");
  const name = fixed ? inner.parts.map((part) => (part as StringText).text).join("") : undefined;
  return { ...base, quoted: false, name, expr: inner };
}

function bindingsOf(item: Item, source: Source): readonly BindingLike[] {
  const bindings: BindingLike[] = [];
  for (const child of item.children) {
    if (child.type === "binding_set") bindings.push(...(child.built as readonly BindingLike[]));
    else if (child.type === "ERROR") bindings.push(...recoverBindings(child.children, source));
  }
  return bindings;
}

function attrset(recursive: boolean, legacyLet: boolean): Builder {
  return (item, source, problems): AttrSet => {
    const bindings = bindingsOf(item, source);
    const isBroken = broken(item) || item.children.some((c) => c.type === "binding_set" && broken(c));
    checkBindings(bindings, problems);
    return { kind: "attrset", ...place(item, source), recursive, legacyLet, bindings, broken: isBroken };
  };
}

function bindingSet(item: Item, source: Source): readonly BindingLike[] {
  const bindings: BindingLike[] = [];
  for (const child of item.children) {
    if (child.type === "ERROR") bindings.push(...recoverBindings(child.children, source));
    else if (child.built !== undefined) bindings.push(child.built as BindingLike);
  }
  return bindings;
}

function inherit(item: Item, source: Source): Inherit {
  const attrs = item.children.find((child) => child.field === "attrs");
  const names = (attrs?.built as readonly AttrName[] | undefined) ?? [];
  return { kind: "inherit", ...place(item, source), from: optionalExpr(item, "expression"), names };
}

function identifierOf(item: Item, source: Source): Identifier {
  return { kind: "identifier", ...place(item, source), name: textOf(item, source) };
}

function param(item: Item, source: Source, problems: SyntaxProblem[]): Param {
  const universal = item.children.find((child) => child.field === "universal");
  const formals = item.children.find((child) => child.field === "formals");
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
    // A broken header may have meant more arguments than can be seen.
    ellipsis: formals?.children.some((c) => c.field === "ellipses" || c.type === "ERROR") ?? false,
  };
}

function stringParts(item: Item, source: Source): StringPart[] {
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

function path(item: Item, source: Source, problems: SyntaxProblem[]): Built {
  const parts = item.children.map((child) => child.built as StringPart);
  const last = parts[parts.length - 1];
  if (last?.kind === "text" && last.text.endsWith("/"))
    problems.push({ start: item.start, end: item.end, message: "A path must not end in `/`." });
  return { kind: "path", ...place(item, source), parts };
}

function binary(item: Item, source: Source, problems: SyntaxProblem[]): Built {
  const left = expr(item, "left", source);
  const right = expr(item, "right", source);
  const token = item.children.find((child) => child.field === "operator");
  const op = (token === undefined ? "+" : textOf(token, source)) as BinaryOp;
  for (const [side, operand] of [
    ["left", left],
    ["right", right],
  ] as const) {
    // Parentheses are gone from our tree: the concrete operand tells whether they were there.
    const written = item.children.find((child) => child.field === side)?.type === "binary_expression";
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
      expr: expr(item, "expression", source),
    }),
  ],
  [
    "parenthesized_expression",
    (item, source) => {
      const inner = optionalExpr(item, "expression");
      return inner ?? recoverExpr(item.children, source, item.start, item.end);
    },
  ],
  ["attrset_expression", attrset(false, false)],
  ["rec_attrset_expression", attrset(true, false)],
  ["let_attrset_expression", attrset(true, true)],
  ["binding_set", bindingSet],
  ["attrpath", attrNames],
  ["inherited_attrs", attrNames],
  [
    "binding",
    (item, source): Binding => {
      const attrpath = item.children.find((child) => child.field === "attrpath");
      return {
        kind: "binding",
        ...place(item, source),
        path: (attrpath?.built as readonly AttrName[] | undefined) ?? [],
        value: expr(item, "expression", source),
      };
    },
  ],
  ["inherit", inherit],
  ["inherit_from", inherit],
  [
    "list_expression",
    (item, source) => ({
      kind: "list",
      ...place(item, source),
      elements: item.children.flatMap((child) => {
        if (child.field === "element" && !child.missing) return [child.built as Expr];
        return child.type === "ERROR" ? (child.built as Expr & { kind: "error" }).children : [];
      }),
      broken: broken(item),
    }),
  ],
  [
    "let_expression",
    (item, source, problems) => {
      const bindings = bindingsOf(item, source);
      checkBindings(bindings, problems);
      checkLetNames(bindings, problems);
      return {
        kind: "let",
        ...place(item, source),
        bindings,
        body: expr(item, "body", source),
        broken: broken(item) || item.children.some((c) => c.type === "binding_set" && broken(c)),
      };
    },
  ],
  [
    "with_expression",
    (item, source) => ({
      kind: "with",
      ...place(item, source),
      scope: expr(item, "environment", source),
      body: expr(item, "body", source),
    }),
  ],
  [
    "assert_expression",
    (item, source) => ({
      kind: "assert",
      ...place(item, source),
      condition: expr(item, "condition", source),
      body: expr(item, "body", source),
    }),
  ],
  [
    "if_expression",
    (item, source) => ({
      kind: "if",
      ...place(item, source),
      condition: expr(item, "condition", source),
      consequence: expr(item, "consequence", source),
      alternative: expr(item, "alternative", source),
    }),
  ],
  [
    "formal",
    (item, source) => {
      const name = item.children.find((child) => child.field === "name") ?? item;
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
      body: expr(item, "body", source),
    }),
  ],
  [
    "apply_expression",
    (item, source) => ({
      kind: "apply",
      ...place(item, source),
      fn: expr(item, "function", source),
      arg: expr(item, "argument", source),
    }),
  ],
  [
    "select_expression",
    (item, source) => ({
      kind: "select",
      ...place(item, source),
      target: expr(item, "expression", source),
      path: attrPathOf(item),
      fallback: optionalExpr(item, "default"),
    }),
  ],
  [
    "has_attr_expression",
    (item, source) => ({
      kind: "has-attr",
      ...place(item, source),
      target: expr(item, "expression", source),
      path: attrPathOf(item),
    }),
  ],
  [
    "unary_expression",
    (item, source) => ({
      kind: "unary",
      ...place(item, source),
      op: source.text[item.start] === "!" ? "!" : "-",
      operand: expr(item, "argument", source),
    }),
  ],
  ["binary_expression", binary],
  ["ERROR", (item, source) => recoverExpr(item.children, source, item.start, item.end)],
]);

function attrPathOf(item: Item): readonly AttrName[] {
  const attrpath = item.children.find((child) => child.field === "attrpath");
  return (attrpath?.built as readonly AttrName[] | undefined) ?? [];
}
