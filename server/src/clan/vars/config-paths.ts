/**
 * Which option of the machine an expression names, by the scopes of its file alone: through `let`, `inherit` and
 * `with`, from a module's argument `config` on.
 *
 *   { config, ... }: let ca = config.clan.core.vars.generators.ca; in … ca.files.key.path …
 *   ->  the names clan, core, vars, generators, ca, files, key, path, each with the place it is written at
 *
 * What cannot be followed is undefined: a computed name, an unknown scope, another machine's configuration.
 */
import type { AttrName, Expr, Identifier, Node } from "../../syntax/ast.ts";

/** A node with all that is around it. */
export interface Link {
  readonly node: Node;
  readonly up: Link | undefined;
}

export interface PathName {
  readonly name: string;
  readonly node: AttrName | Identifier;
}

export interface ConfigPath {
  readonly names: readonly PathName[];
  /** The module: the function whose argument `config` it begins with. */
  readonly module: Link;
  /** Names after these are computed. */
  readonly cut: boolean;
  /** A `with` may bring the first name; if there is a global of that name, it is meant. */
  readonly isUncertain: boolean;
  /** It is the set of all arguments yet, of which `config` is one: `args@{ ... }:`. */
  readonly isArguments?: boolean;
}

/** What modules call the machine's configuration; in home-manager it has the longer names. */
const CONFIG_ARGUMENTS = new Set(["config", "osConfig", "nixosConfig", "darwinConfig"]);

/** Aliases of aliases: a circle ends here. */
const MAX_ALIASES = 32;

/** `at`: what is around the expression. */
export function findConfigPath(expr: Expr, at: Link | undefined, aliases = 0): ConfigPath | undefined {
  if (expr.kind === "identifier") return findVariable(expr, at, aliases);
  if (expr.kind !== "select") return undefined;
  const target = findConfigPath(expr.target, { node: expr, up: at }, aliases);
  return goOn(target, expr.path);
}

/** The option that these names below another stand for. */
export function goOn(
  path: ConfigPath | undefined,
  names: readonly (AttrName | Identifier)[],
): ConfigPath | undefined {
  return names.reduce((found: ConfigPath | undefined, name) => found && extended(found, name), path);
}

/** The option a name after `inherit (from)` stands for. */
export function findInherited(name: AttrName, from: Expr, at: Link): ConfigPath | undefined {
  const path = findConfigPath(from, at);
  return path && extended(path, name);
}

function findVariable(variable: Identifier, at: Link | undefined, aliases: number): ConfigPath | undefined {
  if (aliases > MAX_ALIASES) return undefined;
  const { name } = variable;
  const scopes: Link[] = [];
  let inner: Node = variable;
  for (let link = at; link !== undefined; inner = link.node, link = link.up) {
    const { node } = link;
    if (node.kind === "lambda" && node.param.name?.name === name)
      return isModule(link)
        ? { names: [], module: link, cut: false, isUncertain: false, isArguments: true }
        : undefined;
    if (node.kind === "lambda" && node.param.formals?.some((formal) => formal.name.name === name))
      return CONFIG_ARGUMENTS.has(name)
        ? { names: [], module: link, cut: false, isUncertain: false }
        : undefined;
    if (node.kind === "with" && inner === node.body) scopes.push(link);
    if (node.kind !== "let" && !(node.kind === "attrset" && node.recursive)) continue;
    for (const binding of node.bindings) {
      const inside: Link = { node: binding, up: link };
      if (binding.kind === "binding") {
        if (binding.path[0]?.name !== name) continue;
        return binding.path.length === 1 ? findConfigPath(binding.value, inside, aliases + 1) : undefined;
      }
      const inherited = binding.names.find((one) => one.name === name);
      if (inherited === undefined) continue;
      if (binding.from === undefined) return findVariable(variable, link.up, aliases + 1);
      const path = findConfigPath(binding.from, inside, aliases + 1);
      return path && extended(path, inherited);
    }
  }
  return findInScopes(variable, scopes, aliases);
}

/** Bound by nothing else: the innermost `with` that may have the name. */
function findInScopes(
  variable: Identifier,
  scopes: readonly Link[],
  aliases: number,
): ConfigPath | undefined {
  const [innermost] = scopes;
  if (innermost?.node.kind !== "with") return undefined;
  const path = findConfigPath(innermost.node.scope, innermost, aliases + 1);
  const found = path && extended(path, variable);
  return found && { ...found, isUncertain: true };
}

/** A function that gets the arguments of modules: it names them, or is a file or a value itself and nothing is called with it. */
function isModule({ node, up }: Link): boolean {
  return (node.kind === "lambda" && node.param.formals !== undefined) || up?.node.kind !== "apply";
}

function extended(path: ConfigPath, node: AttrName | Identifier): ConfigPath | undefined {
  if (path.cut) return path;
  if (path.isArguments)
    return CONFIG_ARGUMENTS.has(node.name ?? "") ? { ...path, isArguments: false } : undefined;
  if (node.name === undefined) return { ...path, cut: true };
  return { ...path, names: [...path.names, { name: node.name, node }] };
}
