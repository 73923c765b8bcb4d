/**
 * Names in code that is not evaluated now, by the names around them: it is switched off, or nothing uses it yet. What
 * is written there may mean something else.
 *
 *   lib.mkIf testing { roles.controller.machines.alpha = { }; }   ->   perhaps machine alpha
 *   let spare = { tags = [ "srv" ]; }; in …                       ->   perhaps tag srv
 */
import type { Clan } from "../../clan/model.ts";
import type { AttrName, Node, Source } from "../../syntax/ast.ts";
import { fixedText } from "../../syntax/names.ts";
import { childrenOf } from "../../syntax/navigate.ts";
import { type Entity, generatorsOf } from "../entity.ts";
import type { Mention } from "./mention.ts";

/** `around`: the names a node is the value of. Also what is evaluated, and has a meaning that is known: whoever asks leaves that out. */
export function collectShapes(clan: Clan, source: Source): readonly Mention[] {
  const mentions: Mention[] = [];
  const add = (
    node: Node,
    name: string | undefined,
    around: readonly string[],
    how: Mention["how"],
  ): void => {
    const entity = name === undefined ? undefined : entityBelow(clan, name, around);
    if (entity !== undefined) mentions.push({ entity, node, how, sure: false });
  };
  const addNames = (names: readonly AttrName[], around: readonly string[]): readonly string[] => {
    const path = [...around];
    for (const node of names) {
      add(node, node.name, path, "key");
      path.push(node.name ?? "");
    }
    return path;
  };
  const pending: { readonly node: Node; readonly around: readonly string[] }[] = [
    { node: source.root, around: [] },
  ];
  for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
    const { node, around } = next;
    if (node.kind === "binding") {
      pending.push({ node: node.value, around: addNames(node.path, around) });
      continue;
    }
    if (node.kind === "inherit")
      for (const name of node.names) add(name, name.name, around, node.from ? "inherit-from" : "inherit");
    if (node.kind === "list")
      for (const element of node.elements)
        if (element.kind === "string") add(element, fixedText(element), around, "string");
    // What a `let` binds is no part of what stands around it.
    const isLet = node.kind === "let";
    for (const child of childrenOf(node))
      pending.push({ node: child, around: isLet && child !== node.body ? [] : around });
  }
  return mentions;
}

function entityBelow(clan: Clan, name: string, around: readonly string[]): Entity | undefined {
  switch (around.at(-1)) {
    case "machines":
      return clan.machines.known.has(name) ? { kind: "machine", clan, name } : undefined;
    case "tags":
      return clan.tags.known.has(name) ? { kind: "tag", clan, name } : undefined;
    case "instances":
      return clan.instances.known.has(name) ? { kind: "instance", clan, name } : undefined;
    case "generators":
    case "dependencies":
      return generatorsOf(clan, name).length > 0 ? { kind: "generator", clan, name } : undefined;
    default:
      return undefined;
  }
}
