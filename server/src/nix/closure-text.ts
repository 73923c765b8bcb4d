/**
 * Code with the code of all variables it uses: what its value depends on, as far as one file tells.
 *
 *   let port = 80; in { a = f port; }     `f port`   ->   the code of `f port`, of `f` and of `80`
 *
 * A variable that is an argument may have any value: then all of the file counts.
 */
import type { Binding, BindingLike, Expr, Node, PathExpr, Source } from "../syntax/ast.ts";
import { codeText, sourceCode } from "../syntax/code-text.ts";
import { childrenOf, nodesAt, walk } from "../syntax/navigate.ts";
import { isGlobalName } from "./globals.ts";
import { parentPath, resolvePath } from "./path.ts";
import { freeVariables } from "./unbound.ts";

export interface Closure {
  /** The same for two pieces of code that differ in layout and comments only. */
  readonly text: string;
  /** Files and folders that path literals in it name; absolute. */
  readonly paths: readonly string[];
  /** What it takes from arguments that the module system does not hand to all: `[["ports", "web"]]` of `ports.web`. */
  readonly reads: readonly (readonly string[])[];
}

/** Arguments that the module system and flakes hand over: what they are hangs on no code of the file. */
const GIVEN = new Set([
  "config",
  "inputs",
  "inputs'",
  "lib",
  "modulesPath",
  "options",
  "pkgs",
  "self",
  "self'",
  "system",
]);

const known = new WeakMap<Node, { readonly source: Source; readonly closure: Closure }>();

export function closureOf(node: Node): Closure {
  let found = known.get(node);
  // The node may be the same where what is around it is not.
  if (found?.source !== node.source) {
    found = { source: node.source, closure: collect(node) };
    known.set(node, found);
  }
  return found.closure;
}

function collect(root: Node): Closure {
  const texts: string[] = [];
  const paths = new Set<string>();
  const reads = new Map<string, readonly string[]>();
  const numbers = new Map<Node, number>([[root, 0]]);
  const pending: Node[] = [root];
  let hangsOnAll = false;
  for (let node = pending.pop(); node !== undefined; node = pending.pop()) {
    const from = node;
    collectPaths(from, paths);
    if (freeVariables(from) === undefined) hangsOnAll = true;
    const known = new Map<string, Bound>();
    const variable = (name: string): string | undefined => {
      const bound = known.get(name) ?? findBound(from, name);
      known.set(name, bound);
      if (bound === "argument" || (bound === "with" && !isGlobalName(name))) hangsOnAll = true;
      if (typeof bound === "string") return undefined;
      // Whatever the variable is called.
      const [first = from] = bound;
      const number = numbers.get(first) ?? numbers.size;
      if (!numbers.has(first)) pending.push(...bound);
      numbers.set(first, number);
      return first.kind === "inherit" ? `&${number}.${name}` : `&${number}`;
    };
    texts.push(codeText(isVariable(from) ? from.value : from, { variable }));
    for (const read of readsIn(from))
      if (known.get(read[0] ?? "") === "argument") reads.set(read.join("."), read);
  }
  const text = hangsOnAll ? sourceCode(root.source) : texts.join(" ");
  return { text, paths: [...paths], reads: [...reads.values()] };
}

/** Variables with the names that are selected from them. */
function readsIn(root: Node): readonly (readonly string[])[] {
  const reads: string[][] = [];
  const pending: Node[] = [root];
  for (let node = pending.pop(); node !== undefined; node = pending.pop()) {
    if (node.kind === "identifier") reads.push([node.name]);
    if (node.kind === "inherit" && node.from === undefined)
      reads.push(...node.names.flatMap(({ name }) => (name === undefined ? [] : [[name]])));
    if (node.kind !== "select" || node.target.kind !== "identifier") pending.push(...childrenOf(node));
    else {
      const dynamic = node.path.findIndex(({ name }) => name === undefined);
      const names = (dynamic < 0 ? node.path : node.path.slice(0, dynamic)).flatMap(({ name }) => name ?? []);
      reads.push([node.target.name, ...names]);
      pending.push(...node.path, ...(node.fallback ? [node.fallback] : []));
    }
  }
  return reads;
}

/** `x = 1;`, and not `x.y = 1;`, of a `let`: its name says nothing. */
function isVariable(node: Node): node is Binding {
  return node.kind === "binding" && node.path.length === 1 && node.path[0]?.name !== undefined;
}

/** Bindings of a file that give a variable its value; what else does; "outside": nothing in the file. */
type Bound = readonly BindingLike[] | "argument" | "with" | "outside";

function findBound(node: Node, name: string): Bound {
  const around = nodesAt(node.source, node.start).filter((each) => each.end >= node.end);
  for (const scope of around.toReversed()) {
    if (scope === node && node.kind !== "let") continue;
    if (scope.kind === "lambda") {
      const { name: whole, formals } = scope.param;
      const isBound = whole?.name === name || formals?.some((formal) => formal.name.name === name);
      if (isBound) return GIVEN.has(name) ? "outside" : "argument";
    }
    if (scope.kind === "let" || (scope.kind === "attrset" && scope.recursive)) {
      const bindings = scope.bindings.filter((each) => binds(each, name));
      if (bindings.length > 0) return bindings;
    }
    if (scope.kind === "with" && !isGivenScope(scope.scope)) return "with";
  }
  return "outside";
}

function binds(binding: BindingLike, name: string): boolean {
  return binding.kind === "inherit"
    ? binding.names.some((each) => each.name === name)
    : binding.path[0]?.name === name;
}

/** `with lib;`, `with pkgs.lib;` */
function isGivenScope(scope: Expr): boolean {
  const head = scope.kind === "select" ? scope.target : scope;
  return head.kind === "identifier" && GIVEN.has(head.name);
}

function collectPaths(root: Node, paths: Set<string>): void {
  walk(root, (node) => {
    if (node.kind === "path") paths.add(pathOf(node));
  });
}

/** `./a/${b}.nix`: the folder `./a`, in which it is. */
export function pathOf({ parts, source }: PathExpr): string {
  const [first] = parts;
  const text = first?.kind === "text" ? first.text : ".";
  const path = resolvePath(parentPath(source.path), text);
  return parts.length === 1 || text.endsWith("/") ? path : parentPath(path);
}
