/**
 * Code with the code of all variables it uses: what its value depends on, as far as one file tells.
 *
 *   let port = 80; in { a = f port; }     `f port`   ->   the code of `f port`, of `f` and of `80`
 *
 * A variable that is an argument may have any value: then all of the file counts.
 */
import type { BindingLike, Expr, Node, PathExpr, Source } from "../syntax/ast.ts";
import { codeText, sourceCode } from "../syntax/code-text.ts";
import { nodesAt, walk } from "../syntax/navigate.ts";
import { parentPath, resolvePath } from "./path.ts";
import { freeVariables } from "./unbound.ts";

export interface Closure {
  /** The same for two pieces of code that differ in layout and comments only. */
  readonly text: string;
  /** Files and folders that path literals in it name; absolute. */
  readonly paths: readonly string[];
}

/** Arguments that the module system and flakes hand over: what they are hangs on no code of the file. */
const GIVEN = new Set(["config", "inputs", "lib", "modulesPath", "options", "pkgs", "self"]);

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
  const seen = new Set<Node>();
  const pending: Node[] = [root];
  for (let node = pending.pop(); node !== undefined; node = pending.pop()) {
    if (seen.has(node)) continue;
    seen.add(node);
    texts.push(codeText(node));
    collectPaths(node, paths);
    const names = freeVariables(node);
    if (names === undefined) return { text: sourceCode(node.source), paths: [...paths] };
    for (const name of names) {
      const bound = findBound(node, name);
      if (bound === "argument") return { text: sourceCode(node.source), paths: [...paths] };
      if (bound !== undefined) pending.push(bound);
    }
  }
  return { text: texts.join(" "), paths: [...paths] };
}

/** What binds the variable around the node; undefined for what comes from outside of the file. */
function findBound(node: Node, name: string): Node | "argument" | undefined {
  const around = nodesAt(node.source, node.start).filter((each) => each.end >= node.end);
  for (const scope of around.toReversed()) {
    if (scope === node && node.kind !== "let") continue;
    if (scope.kind === "lambda") {
      const { name: whole, formals } = scope.param;
      const isBound = whole?.name === name || formals?.some((formal) => formal.name.name === name);
      if (isBound) return GIVEN.has(name) ? undefined : "argument";
    }
    if (scope.kind === "let" || (scope.kind === "attrset" && scope.recursive)) {
      const binding = scope.bindings.find((each) => binds(each, name));
      if (binding !== undefined) return binding;
    }
    if (scope.kind === "with" && !isGivenScope(scope.scope)) return "argument";
  }
  return undefined;
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
