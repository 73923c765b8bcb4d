/**
 * Whether Nix surely evaluates an expression when it builds a machine: it is part of a definition that applies,
 * and nothing between the two can skip it.
 *
 *   services.db.passwordFile = config.….password.path;                  ->   true
 *   services.db = lib.mkIf config.services.web.enable { … };            ->   false, as the condition is not known
 *   environment.etc.x.text = lib.optionalString cond "${config.…}";     ->   false
 */
import type { OptionNode } from "../../modules/option-node.ts";
import type { Expr, Node } from "../../syntax/ast.ts";
import type { Link } from "./config-paths.ts";

/** Functions that look at what they are given, or pass it on. */
const STRICT = new Set([
  "attrNames",
  "attrValues",
  "escapeShellArg",
  "fileContents",
  "head",
  "last",
  "length",
  "mkAfter",
  "mkBefore",
  "mkDefault",
  "mkForce",
  "mkMerge",
  "mkOverride",
  "readFile",
  "removeSuffix",
  "toString",
  "trim",
]);

/** `module`: the function of the machine's module that the expression stands in; `root`: the machine's options. */
export function isSurelyUsed(at: Link, module: Link, root: OptionNode): boolean {
  const chain: Link[] = [];
  for (let link: Link | undefined = at; link !== undefined && link.node !== module.node; link = link.up)
    chain.push(link);
  const definition = findDefinition(chain, root);
  if (definition === undefined) return false;
  return chain.every(
    ({ node, up }) =>
      !contains(definition, node) || node === definition || (up !== undefined && passesOn(up.node, node)),
  );
}

/** The expression of the innermost definition around it that surely applies. */
function findDefinition(chain: readonly Link[], root: OptionNode): Node | undefined {
  const path = optionPath(chain);
  const [start] = chain;
  if (path === undefined || start === undefined) return undefined;
  let option: OptionNode = root;
  for (const name of path) {
    const next = option.child(name);
    if (next === undefined) break;
    option = next;
  }
  const around = option.definitions
    .filter(({ isLookedAt }) => isLookedAt)
    .flatMap(({ origins }) => origins.flatMap((origin) => boundTo(origin, chain)))
    .filter((origin) => contains(origin, start.node));
  return around.sort((a, b) => a.end - a.start - (b.end - b.start))[0];
}

/** What a name is bound to, where the binding is on the way; else the node itself. */
function boundTo(origin: Node, chain: readonly Link[]): Node {
  for (const { node } of chain)
    if (node.kind === "binding" && node.path.some((name) => name === origin)) return node.value;
  return origin;
}

/** The names bound around the expression, from the module on; undefined if one is computed. */
function optionPath(chain: readonly Link[]): readonly string[] | undefined {
  const names: string[] = [];
  for (const { node, up } of chain.toReversed()) {
    if (node.kind !== "binding" || up?.node.kind !== "attrset") continue;
    for (const { name } of node.path) {
      if (name === undefined) return undefined;
      // Keywords of a module, at its top.
      if (names.length === 0 && (name === "config" || name === "imports")) continue;
      names.push(name);
    }
  }
  return names;
}

function contains(outer: Node, inner: Node): boolean {
  return outer.source === inner.source && outer.start <= inner.start && inner.end <= outer.end;
}

/** `parent` is not evaluated, or not used, without `child`. */
function passesOn(parent: Node, child: Node): boolean {
  switch (parent.kind) {
    case "attrset":
    case "binding":
    case "inherit":
    case "list":
    case "string":
    case "path":
    case "interpolation":
    case "attr-name":
    case "unary":
      return true;
    case "let":
    case "with":
    case "assert":
      return parent.body === child;
    case "select":
    case "has-attr":
      return parent.target === child;
    case "if":
      return parent.condition === child;
    case "binary":
      return parent.left === child || !["&&", "||", "->"].includes(parent.op);
    case "apply":
      return parent.fn === child || isStrict(parent.fn);
    default:
      return false;
  }
}

/** The function is one of `pkgs`, which makes a file or program of what it is given, or known to use it. */
function isStrict(fn: Expr): boolean {
  let head = fn;
  while (head.kind === "apply") head = head.fn;
  if (head.kind === "identifier") return STRICT.has(head.name);
  if (head.kind !== "select") return false;
  if (head.target.kind === "identifier" && head.target.name === "pkgs") return head.path[0]?.name !== "lib";
  return STRICT.has(head.path.at(-1)?.name ?? "");
}
