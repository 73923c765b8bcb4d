/**
 * Gives the machine at the cursor a tag that other machines have.
 *
 *   machines.w▮eb = { };   ->   machines.web = { tags = [ "srv" ]; };
 */
import type { Clan } from "../../clan/model.ts";
import type { TextEdit } from "../../rules/finding.ts";
import { addAttribute, appendElement } from "../../rules/fix/edit.ts";
import { sureDefinitions } from "../../rules/parts/written.ts";
import type { Node } from "../../syntax/ast.ts";
import { printString } from "../../syntax/quote.ts";
import type { Assist } from "./assist.ts";

/** More are not offered; those with the most machines come first. */
const maximum = 6;

export const tagMachine: Assist = {
  id: "tag-machine",
  kind: "add",
  keepsMeaning: false,
  collect({ subjects }) {
    const entity = subjects.find((subject) => subject.entity?.kind === "machine")?.entity;
    const machine = entity?.clan.machines.known.get(entity.name);
    if (entity === undefined || machine === undefined) return [];
    return [...entity.clan.tags.known.values()]
      .filter((tag) => !tag.predefined && !machine.tags.includes(tag.name))
      .sort((a, b) => b.machines.length - a.machines.length)
      .slice(0, maximum)
      .flatMap((tag) => {
        const edit = tagEdit(entity.clan, machine.name, tag.name);
        return edit === undefined
          ? []
          : [{ title: `Tag \`${machine.name}\` with \`${tag.name}\``, edits: [edit] }];
      });
  },
};

/** Undefined where the machine's tags are not written as a list, or for other machines, too. */
export function tagEdit(clan: Clan, machine: string, tag: string): TextEdit | undefined {
  const option = clan.tree.at("inventory", "machines", machine);
  if (option === undefined) return undefined;
  const tags = option.child("tags");
  if (tags === undefined) {
    const isOwn = option.definitions.every(({ origins }) =>
      origins.every((node) => isOnlyOf(clan, node, machine)),
    );
    return isOwn ? addAttribute(option, ["tags"], `[ ${printString(tag)} ]`) : undefined;
  }
  const list = sureDefinitions(tags)
    .flatMap(({ origins }) => origins.slice(0, 1))
    .find((node) => node.kind === "list" && node.source.language === "nix" && isOnlyOf(clan, node, machine));
  return list?.kind === "list" ? appendElement(list, printString(tag)) : undefined;
}

/** What a function makes for several machines is no place for what one of them has. */
function isOnlyOf({ index }: Clan, node: Node, machine: string): boolean {
  return [...(index.get(node) ?? [])].every(({ path: [, , name] }) => name === machine);
}
