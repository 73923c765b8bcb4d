/**
 * The service of an instance that only its name says, written down before the name changes.
 *
 *   instances.sshd.roles.server = { };   ->   instances.ssh.module.name = "sshd"; instances.ssh.roles.server = { };
 */
import type { Instance } from "../../clan/model.ts";
import type { TextEdit } from "../../rules/finding.ts";
import { insertion } from "../../rules/fix/bind-fix.ts";
import type { AttrSet, Binding, Node } from "../../syntax/ast.ts";
import { nodesAt } from "../../syntax/navigate.ts";
import { printAttrName, printString } from "../../syntax/quote.ts";

/** Undefined where the service is named already; "nowhere" if there is no place to write it. */
export function keepService(instance: Instance, newName: string): TextEdit | "nowhere" | undefined {
  const { name, option } = instance;
  if (option.at("module", "name") !== undefined) return undefined;
  const definitions = option.definitions;
  for (const set of definitions.flatMap(({ origins }) => origins))
    if (set.kind === "attrset") return inside(set, name);
  for (const key of definitions.flatMap(({ keys }) => keys)) {
    const edit = before(key, name, newName);
    if (edit !== undefined) return edit;
  }
  return "nowhere";
}

function inside(set: AttrSet, service: string): TextEdit {
  const { path, language } = set.source;
  if (language === "nix") return insertion(set, [`module.name = ${printString(service)};`]);
  const start = set.start + 1;
  const text = `"module": { "name": ${JSON.stringify(service)} }${set.bindings.length > 0 ? ", " : ""}`;
  return { path, start, end: start, text };
}

/** In front of a binding whose path goes through the name. */
function before(key: Node, service: string, newName: string): TextEdit | undefined {
  const binding = nodesAt(key.source, key.start).findLast(
    (node): node is Binding => node.kind === "binding" && node.path.some((name) => name === key),
  );
  if (binding === undefined || binding.source.language !== "nix" || binding.path.at(-1) === key)
    return undefined;
  const { text, path } = binding.source;
  const around = text.slice(binding.start, key.start);
  const bound = `${around}${printAttrName(newName)}.module.name = ${printString(service)};`;
  const separator = /\r?\n[ \t]*$/.exec(text.slice(0, binding.start))?.[0] ?? " ";
  return { path, start: binding.start, end: binding.start, text: `${bound}${separator}` };
}
