/**
 * Words of Nix code around options that mean something in a clan.
 *
 *   perInstance = { set▮tings, ... }: …   ->   the settings of the machine in this role
 *   _cl▮ass = "clan.service";             ->   what kind of module this is
 */

import type { OptionNode } from "../modules/option-node.ts";
import type { AttrSet, BindingLike, Expr, Lambda, Node } from "../syntax/ast.ts";
import { lookUp } from "../syntax/look-up.ts";
import { argumentsOf } from "./function-arguments.ts";
import { code } from "./markdown.ts";
import { collectPlaces } from "./option-place.ts";
import { clansAround, type Query } from "./query.ts";

/** `nodes`: those around the cursor, outermost first. Undefined unless the word is an argument that clan gives. */
export function describeArgument(query: Query, nodes: readonly Node[]): string | undefined {
  const node = nodes.at(-1);
  if (node?.kind !== "identifier") return undefined;
  const { name } = node;
  const binder = nodes.findLast((each) => binds(each, name));
  if (binder?.kind !== "lambda") return undefined;
  for (const option of optionsOf(query, binder)) {
    const words = lookUp(argumentsOf(option), name);
    if (words !== undefined) return `${code(name)}: ${words}. Clan gives it to this function.`;
  }
  return undefined;
}

/** The options whose value the function is, or the module at `node`; one that is imported is known by what it defines. */
function optionsOf(query: Query, node: Lambda | AttrSet): OptionNode[] {
  const places = collectPlaces(clansAround(query), node);
  if (places.length > 0) return places.map(({ option }) => option);
  const set = node.kind === "lambda" ? bodyOf(node) : node;
  const names = (set?.bindings ?? []).flatMap((each) =>
    each.kind === "binding" ? each.path.slice(0, 1) : [],
  );
  return names
    .flatMap((name) => collectPlaces(clansAround(query), name))
    .flatMap(({ isName, parent }) => (isName && parent !== undefined ? [parent] : []));
}

function bodyOf({ body }: Lambda): AttrSet | undefined {
  let node: Expr = body;
  while (node.kind === "let" || node.kind === "with") node = node.body;
  return node.kind === "attrset" ? node : undefined;
}

function binds(node: Node, name: string): boolean {
  switch (node.kind) {
    case "lambda": {
      const { param } = node;
      return param.name?.name === name || param.formals?.some((formal) => formal.name.name === name) === true;
    }
    case "let":
      return bindsName(node.bindings, name);
    case "attrset":
      return node.recursive && bindsName(node.bindings, name);
    default:
      return false;
  }
}

function bindsName(bindings: readonly BindingLike[], name: string): boolean {
  return bindings.some((each) =>
    each.kind === "inherit"
      ? each.names.some((inherited) => inherited.name === name)
      : each.path[0]?.name === name,
  );
}

const moduleWords: Readonly<Record<string, string>> = {
  _class:
    'what kind of module this is: `"clan.service"` for a service, `"nixos"` or `"darwin"` for a machine. One of another kind that is imported here is an error.',
  _file: "the file that messages about this module name.",
  imports: "modules that are merged with this one: paths, sets or functions.",
};

/** What the names mean that a module itself has, beside its options. */
export function describeModuleWord(query: Query, nodes: readonly Node[]): string | undefined {
  const [set, binding, name] = nodes.slice(-3);
  if (set?.kind !== "attrset" || binding?.kind !== "binding" || name?.kind !== "attr-name") return undefined;
  const words = name.name === undefined ? undefined : lookUp(moduleWords, name.name);
  if (words === undefined || binding.path[0] !== name) return undefined;
  return optionsOf(query, set).length > 0 ? `${code(name.name ?? "")}: ${words}` : undefined;
}
