/**
 * Names the machines of a role's tag one by one, so that they can have settings of their own.
 *
 *   roles.peer.tags = [ "sr▮v" ];   ->   roles.peer.machines = { db = { }; web = { }; };
 */
import type { Role } from "../../clan/model.ts";
import type { OptionNode } from "../../modules/option-node.ts";
import type { TextEdit } from "../../rules/finding.ts";
import { append, bindingOf, findSet, hasComment, remove, textOf } from "../../rules/fix/edit.ts";
import { whole } from "../../rules/parts/place.ts";
import type { Binding } from "../../syntax/ast.ts";
import { fixedText } from "../../syntax/names.ts";
import { printAttrName } from "../../syntax/quote.ts";
import type { Assist } from "./assist.ts";
import { roleAround } from "./role-around.ts";

export const tagToMachines: Assist = {
  id: "tag-to-machines",
  kind: "rewrite",
  keepsMeaning: true,
  collect({ around, subjects }) {
    const found = roleAround(around);
    const entity = subjects.find((subject) => subject.entity?.kind === "tag")?.entity;
    if (found === undefined || entity === undefined) return [];
    const { clan, role } = found;
    const tag = clan.tags.known.get(entity.name);
    const option = role.option.at("tags", entity.name);
    if (tag === undefined || tag.machines.length === 0 || option === undefined) return [];
    if (clan.tags.open !== undefined || role.open !== undefined || option.children().size > 0) return [];
    const edits = replace(role, option, tag.name, tag.machines);
    return edits === undefined ? [] : [{ title: `Name the machines of tag \`${tag.name}\``, edits }];
  },
};

/** Undefined where the tag, or the machines there are, are written in a way that cannot be changed. */
function replace(
  role: Role,
  option: OptionNode,
  tag: string,
  members: readonly string[],
): TextEdit[] | undefined {
  const binding = tagBinding(role, option);
  if (binding === undefined) return undefined;
  const added = members.filter((name) => !role.machineNames.includes(name));
  const entries = added.map((name) => `${printAttrName(name)} = { };`).join(" ");
  const at = binding.path.findIndex(({ name }) => name === "tags");
  const prefix = binding.path.slice(0, at).map(textOf);
  const machines = role.option.child("machines");
  const set = machines && findSet(machines);
  if (machines !== undefined && set === undefined && added.length > 0) return undefined;
  const text = `${[...prefix, "machines"].join(".")} = { ${entries} };`;
  const rest = withoutTag(binding, tag);
  if (added.length === 0) return [rest ?? remove(binding)];
  if (set !== undefined) return [rest ?? remove(binding), append(set, entries)];
  if (rest === undefined) return [{ ...whole(binding), text }];
  return [rest, { ...whole(binding), end: binding.start, text: `${text} ` }];
}

/** The binding that holds the tag: `tags = [ … ]`, `tags = { srv = { }; }` or `tags.srv = { }`. */
function tagBinding(role: Role, option: OptionNode): Binding | undefined {
  const keys = [...option.definitions, ...(role.option.child("tags")?.definitions ?? [])].flatMap(
    (definition) => definition.keys,
  );
  const binding = keys.map(bindingOf).find((each) => each?.path.some(({ name }) => name === "tags") === true);
  return binding === undefined || hasComment(binding) ? undefined : binding;
}

/** The edit that leaves the other tags of the binding; undefined if there are none. */
function withoutTag({ value, path }: Binding, tag: string): TextEdit | undefined {
  if (path.at(-1)?.name !== "tags") return undefined;
  const parts = value.kind === "list" ? value.elements : value.kind === "attrset" ? value.bindings : [];
  const own = parts.find((part) =>
    part.kind === "string"
      ? fixedText(part) === tag
      : part.kind === "binding" && part.path.length === 1 && part.path[0]?.name === tag,
  );
  return parts.length < 2 || own === undefined ? undefined : remove(own);
}
