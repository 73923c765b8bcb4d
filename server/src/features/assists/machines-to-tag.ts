/**
 * Puts a tag in the place of the machines a role names: one that has just these machines, or a new one.
 *
 *   roles.peer.mach▮ines = { db = { }; web = { }; };   ->   roles.peer.tags.srv = { };
 */
import type { Clan, Role } from "../../clan/model.ts";
import type { TextEdit } from "../../rules/finding.ts";
import { appendElement, bindingOf, hasComment, remove, textOf } from "../../rules/fix/edit.ts";
import { whole } from "../../rules/parts/place.ts";
import type { Binding } from "../../syntax/ast.ts";
import { printAttrName, printString } from "../../syntax/quote.ts";
import type { Assist, Proposal } from "./assist.ts";
import { roleAround } from "./role-around.ts";
import { tagEdit } from "./tag-machine.ts";

export const machinesToTag: Assist = {
  id: "machines-to-tag",
  kind: "rewrite",
  keepsMeaning: true,
  collect({ around }) {
    const found = roleAround(around);
    if (found === undefined || found.role.machineNames.length < 2) return [];
    const { clan, instance, role } = found;
    const bindings = machineBindings(role);
    if (bindings === undefined || clan.tags.open !== undefined) return [];
    const same = [...clan.tags.known.values()].filter((tag) => isSame(tag.machines, role.machineNames));
    if (same.length > 0)
      return same.flatMap(({ name }) =>
        propose(`Use tag \`${name}\` instead of the machines`, bindings, role, name, []),
      );
    const name = `${instance.name}-${role.name}`;
    return clan.tags.known.has(name) ? [] : proposeNew(clan, name, bindings, role);
  },
};

function proposeNew(clan: Clan, name: string, bindings: readonly Binding[], role: Role): Proposal[] {
  const edits = role.machineNames.map((machine) => tagEdit(clan, machine, name));
  const known = edits.filter((edit) => edit !== undefined);
  if (known.length < edits.length) return [];
  return propose(`Tag the machines with \`${name}\`, and use it`, bindings, role, name, known);
}

function propose(
  title: string,
  [first, ...others]: readonly Binding[],
  role: Role,
  tag: string,
  further: readonly TextEdit[],
): Proposal[] {
  if (first === undefined) return [];
  const list = role.option.child("tags")?.definitions[0]?.origins[0];
  if (list?.kind === "list")
    return [
      {
        title,
        edits: [...[first, ...others].map(remove), appendElement(list, printString(tag)), ...further],
      },
    ];
  const at = first.path.findIndex(({ name }) => name === "machines");
  const path = [...first.path.slice(0, at).map(textOf), "tags", printAttrName(tag)].join(".");
  return [{ title, edits: [{ ...whole(first), text: `${path} = { };` }, ...others.map(remove), ...further] }];
}

/** The bindings the role's machines are written in; undefined where they are written otherwise, or say more. */
function machineBindings(role: Role): Binding[] | undefined {
  const machines = role.option.child("machines");
  if (machines === undefined || role.open !== undefined) return undefined;
  const isPlain = [...machines.children().values()].every((machine) => machine.children().size === 0);
  const keys = machines.definitions.flatMap((definition) => definition.keys);
  const bindings = keys.map(bindingOf);
  const known = [...new Set(bindings.filter((binding) => binding !== undefined))];
  const isKnown = keys.length > 0 && !bindings.includes(undefined) && !known.some(hasComment);
  const isWritten = known.every(
    ({ path, value }) => value.kind === "attrset" && path.some(({ name }) => name === "machines"),
  );
  return isPlain && isKnown && isWritten ? known : undefined;
}

function isSame(some: readonly string[], others: readonly string[]): boolean {
  return some.length === others.length && some.every((name) => others.includes(name));
}
