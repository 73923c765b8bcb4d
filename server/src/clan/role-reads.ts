/**
 * What the behaviour of a service reads of one of its arguments, as far as its text tells. A setting without a default
 * that nobody sets is no mistake where nothing reads it; a role whose members nothing reads concerns nobody else.
 *
 *   perInstance = { settings, ... }: { nixosModule.services.door.port = settings.port; };   ->   port
 *   perInstance = { settings, ... }: import ./door.nix settings;                            ->   undefined: any
 */
import type { OptionNode } from "../modules/option-node.ts";
import type { Lambda, Node } from "../syntax/ast.ts";
import { childrenOf } from "../syntax/navigate.ts";

/**
 * First names of what `perInstance` or `perMachine` reads of the argument (`settings`, `roles`, `instances`);
 * undefined where it may read any, or is still to be written.
 */
export function namesRead(
  behaviour: OptionNode | undefined,
  argument: "settings" | "roles" | "instances",
): ReadonlySet<string> | undefined {
  if (behaviour === undefined) return undefined;
  const names = new Set<string>();
  for (const { value } of behaviour.definitions) {
    if (value.type === "attrs") continue;
    if (value.type !== "lambda" || !addReads(value.node, argument, names)) return undefined;
  }
  return names;
}

/** False where more may be read than what was added. */
function addReads({ param, body }: Lambda, argument: string, names: Set<string>): boolean {
  if (param.formals === undefined || param.name !== undefined) return false;
  if (!param.formals.some(({ name }) => name.name === argument)) return true;
  const pending: Node[] = [body, ...param.formals.flatMap(({ fallback }) => fallback ?? [])];
  for (let node = pending.pop(); node !== undefined; node = pending.pop()) {
    if (isWhole(node, argument)) return false;
    const read = readAt(node, argument);
    if (read === undefined) pending.push(...childrenOf(node));
    else {
      for (const name of read.names) {
        if (name === undefined) return false;
        names.add(name);
      }
      pending.push(...read.below);
    }
  }
  return true;
}

/** The argument as it is, which whoever gets it may read. */
function isWhole(node: Node, argument: string): boolean {
  if (node.kind === "inherit")
    return node.from === undefined && node.names.some(({ name }) => name === argument);
  return isArgument(node, argument);
}

/** `settings.a.b` or `inherit (settings) a b`: the names, and what else is inside. */
function readAt(
  node: Node,
  argument: string,
): { readonly names: readonly (string | undefined)[]; readonly below: readonly Node[] } | undefined {
  if (node.kind === "inherit" && node.from !== undefined && isArgument(node.from, argument))
    return { names: node.names.map(({ name }) => name), below: [] };
  if (node.kind !== "select" || !isArgument(node.target, argument)) return undefined;
  return { names: [node.path[0]?.name], below: childrenOf(node).slice(1) };
}

function isArgument(node: Node, argument: string): boolean {
  return node.kind === "identifier" && node.name === argument;
}
