/**
 * What code says, whatever it looks like: the same text for two pieces that differ in comments, white space, layout and
 * the names of their own variables only.
 *
 *   { a = 1; # one
 *     b = let x = 2; in x; }    ->   the same as for   { a = 1; b = let two = 2; in two; }
 */
import type { BindingLike, Inherit, Lambda, LetExpr, Node, PathExpr, Source } from "./ast.ts";
import { childrenOf } from "./navigate.ts";

/** What is written for some of the code in place of what it says; undefined for what it says. */
export interface Instead {
  /** For a variable that nothing in the code binds. */
  readonly variable?: (name: string) => string | undefined;
  readonly path?: (path: PathExpr) => string | undefined;
}

/** Names that are bound, each with what is written for it. */
interface Scope {
  readonly names: ReadonlyMap<string, string>;
  readonly depth: number;
  readonly up: Scope | undefined;
}

type Part = string | { readonly node: Node; readonly scope: Scope | undefined };

/** Not meant to be read. Never throws, however deep the code is. */
export function codeText(root: Node, instead: Instead = {}): string {
  const written: string[] = [];
  const pending: Part[] = [{ node: root, scope: undefined }];
  for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
    if (typeof next === "string") {
      written.push(next);
      continue;
    }
    const { node, scope } = next;
    written.push("(", node.kind);
    pending.push(")");
    const parts = partsOf(node, scope, instead);
    for (let i = parts.length - 1; i >= 0; i--) pending.push(parts[i] as Part);
  }
  return written.join(" ");
}

function partsOf(node: Node, scope: Scope | undefined, instead: Instead): Part[] {
  const nameOf = (name: string): string => lookUp(name, scope) ?? instead.variable?.(name) ?? name;
  switch (node.kind) {
    case "identifier":
      return [nameOf(node.name)];
    case "path": {
      const text = instead.path?.(node);
      return text === undefined ? below(node, scope) : [text];
    }
    case "lambda":
      return lambdaParts(node, scope);
    case "let":
      return letParts(node, scope, nameOf);
    case "inherit":
      return node.from === undefined ? inheritedParts(node, nameOf) : [own(node), ...below(node, scope)];
    case "attrset": {
      const isRecursive = node.recursive || node.legacyLet;
      const inner = isRecursive ? bind(attributeNames(node.bindings), scope) : scope;
      return [own(node), ...node.bindings.flatMap((one) => attributeParts(one, inner, nameOf))];
    }
    default:
      return [own(node), ...below(node, scope)];
  }
}

function below(node: Node, scope: Scope | undefined): Part[] {
  return childrenOf(node).map((child) => ({ node: child, scope }));
}

/** What an argument set is asked for are names others give; all other names are the function's own. */
function lambdaParts({ param, body }: Lambda, scope: Scope | undefined): Part[] {
  const depth = (scope?.depth ?? 0) + 1;
  const names = new Map((param.formals ?? []).map(({ name }) => [name.name, name.name]));
  if (param.name !== undefined) names.set(param.name.name, `#${depth}`);
  const inner = { names, depth, up: scope };
  const formals = (param.formals ?? []).flatMap(({ name, fallback }): Part[] => [
    name.name,
    ...(fallback === undefined ? [] : ["?", { node: fallback, scope: inner }]),
  ]);
  return [own(param), ...formals, ":", { node: body, scope: inner }];
}

function letParts(
  { bindings, body }: LetExpr,
  scope: Scope | undefined,
  outside: (name: string) => string,
): Part[] {
  const depth = (scope?.depth ?? 0) + 1;
  const names = new Map<string, string>();
  for (const name of attributeNames(bindings).keys())
    if (!names.has(name)) names.set(name, `#${depth}.${names.size}`);
  const inner = { names, depth, up: scope };
  const parts = bindings.flatMap((binding): Part[] => {
    if (binding.kind === "binding") {
      const [first, ...others] = binding.path;
      const id = first?.name === undefined ? undefined : names.get(first.name);
      if (id === undefined) return [{ node: binding, scope: inner }];
      return [
        id,
        ...others.map((node) => ({ node, scope: inner })),
        "=",
        { node: binding.value, scope: inner },
      ];
    }
    const taken = binding.names.map(
      ({ name = "" }) => `${names.get(name)} <- ${binding.from ? name : outside(name)}`,
    );
    return [...taken, ...(binding.from === undefined ? [] : [{ node: binding.from, scope: inner }])];
  });
  return [...parts, "in", { node: body, scope: inner }];
}

/** `inherit a;` is `a = a;`, with the second one from outside of the set. */
function attributeParts(
  node: BindingLike,
  scope: Scope | undefined,
  outside: (name: string) => string,
): Part[] {
  return node.kind === "inherit" && node.from === undefined
    ? inheritedParts(node, outside)
    : [{ node, scope }];
}

function inheritedParts({ names }: Inherit, outside: (name: string) => string): Part[] {
  // As the binding would be written.
  return names.flatMap(({ name = "" }) => {
    const attribute = ["(", "attr-name", JSON.stringify(name), ")"];
    return ["(", "binding", "", ...attribute, "(", "identifier", outside(name), ")", ")"];
  });
}

function attributeNames(bindings: readonly BindingLike[]): ReadonlyMap<string, string> {
  const names = bindings
    .flatMap((binding) => (binding.kind === "inherit" ? binding.names : binding.path.slice(0, 1)))
    .flatMap(({ name }) => name ?? []);
  return new Map(names.map((name) => [name, name]));
}

function bind(names: ReadonlyMap<string, string>, up: Scope | undefined): Scope {
  return { names, depth: (up?.depth ?? 0) + 1, up };
}

function lookUp(name: string, scope: Scope | undefined): string | undefined {
  for (let current = scope; current !== undefined; current = current.up) {
    const found = current.names.get(name);
    if (found !== undefined) return found;
  }
  return undefined;
}

const texts = new WeakMap<Source, string>();

/** Of a whole file; of one that cannot be read as code, its text. */
export function sourceCode(source: Source): string {
  const known = texts.get(source);
  if (known !== undefined) return known;
  const text = source.problems.length > 0 ? source.text : codeText(source.root);
  texts.set(source, text);
  return text;
}

/** What the node says beside its parts. */
function own(node: Node): string {
  switch (node.kind) {
    case "int":
    case "float":
    case "uri":
    case "text":
    case "search-path":
      return JSON.stringify(node.text);
    case "identifier":
      return node.name;
    case "attr-name":
      return node.name === undefined ? "" : JSON.stringify(node.name);
    case "attrset":
      return `${node.recursive} ${node.legacyLet}`;
    case "inherit":
      return String(node.from !== undefined);
    case "param":
      return `${node.name !== undefined} ${node.formals !== undefined} ${node.ellipsis}`;
    case "formal":
    case "select":
      return String(node.fallback !== undefined);
    case "unary":
    case "binary":
      return node.op;
    case "error":
      return JSON.stringify(node.source.text.slice(node.start, node.end));
    default:
      return "";
  }
}
