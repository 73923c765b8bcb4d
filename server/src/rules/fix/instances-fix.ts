/**
 * The fix for `inventory.services`, the inventory before there were instances.
 *
 *   inventory.services.sshd.main.roles.server.tags = [ "all" ];
 *   ->  inventory.instances.sshd-main.module.name = "sshd";
 *       inventory.instances.sshd-main.roles.server.tags = [ "all" ];
 */
import type { AttrName, Binding, Node } from "../../syntax/ast.ts";
import { nodesAt } from "../../syntax/navigate.ts";
import { printAttrName, printString } from "../../syntax/quote.ts";
import type { Problem } from "../rule.ts";

/** `key`: the name `services`. No fix unless service and instance are named in the same attribute path. */
export function findInstancesFix(key: Node): Pick<Problem, "fixes"> {
  if (key.kind !== "attr-name" || key.source.language !== "nix") return {};
  const binding = nodesAt(key.source, key.start).findLast((node): node is Binding => node.kind === "binding");
  const at = binding?.path.indexOf(key) ?? -1;
  const [service, instance] = at < 0 ? [] : (binding?.path.slice(at + 1, at + 3) ?? []);
  if (binding === undefined || service?.name === undefined || instance?.name === undefined) return {};
  const { path, text } = key.source;
  const before = binding.path.slice(0, at).map((name) => `${textOf(name)}.`);
  const named = `instances.${printAttrName(`${service.name}-${instance.name}`)}`;
  const line = /\r?\n[ \t]*$/.exec(text.slice(0, binding.start))?.[0] ?? " ";
  const module = `${before.join("")}${named}.module.name = ${printString(service.name)};${line}`;
  const edits = [
    { path, start: binding.start, end: binding.start, text: module },
    { path, start: key.start, end: instance.end, text: named },
  ];
  return { fixes: [{ title: `Write as \`${named}\``, edits, preferred: true }] };
}

function textOf(name: AttrName): string {
  return name.source.text.slice(name.start, name.end);
}
