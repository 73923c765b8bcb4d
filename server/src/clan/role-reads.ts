/**
 * The settings a role's behaviour reads, as far as its text tells. One without a default that nobody sets is no
 * mistake where nothing reads it.
 *
 *   perInstance = { settings, ... }: { nixosModule.services.door.port = settings.port; };   ->   port
 *   perInstance = { settings, ... }: import ./door.nix settings;                            ->   undefined: any
 */
import type { OptionNode } from "../modules/option-node.ts";
import type { Lambda, Node } from "../syntax/ast.ts";
import { childrenOf } from "../syntax/navigate.ts";

/** The argument of `perInstance` that holds the settings. */
const SETTINGS = "settings";

/** First names of the settings that `perInstance` reads; undefined where it may read any, or is still to be written. */
export function settingsRead(perInstance: OptionNode | undefined): ReadonlySet<string> | undefined {
  if (perInstance === undefined) return undefined;
  const names = new Set<string>();
  for (const { value } of perInstance.definitions) {
    if (value.type === "attrs") continue;
    if (value.type !== "lambda" || !addReads(value.node, names)) return undefined;
  }
  return names;
}

/** False where more may be read than what was added. */
function addReads({ param, body }: Lambda, names: Set<string>): boolean {
  if (param.formals === undefined || param.name !== undefined) return false;
  if (!param.formals.some(({ name }) => name.name === SETTINGS)) return true;
  const pending: Node[] = [body, ...param.formals.flatMap(({ fallback }) => fallback ?? [])];
  for (let node = pending.pop(); node !== undefined; node = pending.pop()) {
    if (isWhole(node)) return false;
    const read = readAt(node);
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

/** `settings` as it is, which whoever gets it may read. */
function isWhole(node: Node): boolean {
  if (node.kind === "inherit")
    return node.from === undefined && node.names.some(({ name }) => name === SETTINGS);
  return isSettings(node);
}

/** `settings.a.b` or `inherit (settings) a b`: the names, and what else is inside. */
function readAt(
  node: Node,
): { readonly names: readonly (string | undefined)[]; readonly below: readonly Node[] } | undefined {
  if (node.kind === "inherit" && node.from !== undefined && isSettings(node.from))
    return { names: node.names.map(({ name }) => name), below: [] };
  if (node.kind !== "select" || !isSettings(node.target)) return undefined;
  return { names: [node.path[0]?.name], below: childrenOf(node).slice(1) };
}

function isSettings(node: Node): boolean {
  return node.kind === "identifier" && node.name === SETTINGS;
}
