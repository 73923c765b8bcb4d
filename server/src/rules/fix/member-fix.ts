/**
 * Fixes for a role with more machines than it may have: each takes some of them out, or keeps only one.
 *
 *   machines = { a = { }; b = { }; };   "Remove `b` from the role"   ->   machines = { a = { }; };
 *   tags = [ "all" ];                   "Keep only `a` in the role"  ->   machines.a = { };
 */
import type { Clan, Member, Role } from "../../clan/model.ts";
import type { Binding, ListExpr, StringExpr } from "../../syntax/ast.ts";
import { fixedText } from "../../syntax/names.ts";
import { printAttrName } from "../../syntax/quote.ts";
import type { Fix, TextEdit } from "../finding.ts";
import { bindingOf, hasComment, remove, textOf } from "./edit.ts";

/** Empty where the machines are not written as names and plain lists of tags, or a comment would be lost. */
export function memberFixes(role: Role, limit: number, { tags }: Clan): Fix[] {
  const excess = role.members.length - limit;
  return role.members.flatMap(({ machine }) => {
    const keepsOne = limit === 1 && excess > 1;
    const gone = role.members.filter((member) => (member.machine === machine) !== keepsOne);
    const edits = removal(role, gone, tags.known);
    const title = keepsOne ? `Keep only \`${machine}\` in the role` : `Remove \`${machine}\` from the role`;
    return edits === undefined ? [] : [{ title, edits }];
  });
}

function removal(role: Role, gone: readonly Member[], known: Clan["tags"]["known"]): TextEdit[] | undefined {
  const names = gone.map(({ machine }) => machine);
  const entries = names
    .filter((name) => role.machineNames.includes(name))
    .flatMap((name) => entriesOf(role, name));
  const bindings = [...new Set(entries)];
  if (bindings.some((binding) => binding === undefined || hasComment(binding))) return undefined;
  // Also those of a machine that is named.
  const bringing = role.tagNames.filter((tag) =>
    known.get(tag)?.machines.some((machine) => names.includes(machine)),
  );
  const tags = withoutTags(role, new Set(bringing), new Set(names));
  return (
    tags && [...bindings.flatMap((binding) => (binding === undefined ? [] : [remove(binding)])), ...tags]
  );
}

/** What is bound for the machine; undefined for what is not bound in Nix code. */
function entriesOf({ option }: Role, machine: string): (Binding | undefined)[] {
  const entry = option.at("machines", machine);
  return (entry?.definitions ?? []).flatMap(({ keys }) =>
    keys.length === 0 ? [undefined] : keys.map(bindingOf),
  );
}

/** Takes tags out of the role's list, and names the machines that only they brought and that stay. */
function withoutTags(
  role: Role,
  tags: ReadonlySet<string>,
  gone: ReadonlySet<string>,
): TextEdit[] | undefined {
  if (tags.size === 0) return [];
  const [definition, ...others] = role.option.child("tags")?.definitions ?? [];
  const [key] = definition?.keys ?? [];
  const binding = key && bindingOf(key);
  const list = binding?.value;
  if (others.length > 0 || binding === undefined || binding.path.at(-1) !== key) return undefined;
  if (list?.kind !== "list" || list.broken || hasComment(binding)) return undefined;
  // Names are added beside a set that is written as one, not beside an expression.
  const keys = role.option.child("machines")?.definitions.flatMap((one) => one.keys) ?? [];
  if (
    keys.map(bindingOf).some((one) => one?.path.at(-1)?.name === "machines" && one.value.kind !== "attrset")
  )
    return undefined;
  const words = tagWords(list);
  if (words === undefined) return undefined;
  const added = role.members.filter(
    ({ machine, viaTags }) =>
      !gone.has(machine) && !role.machineNames.includes(machine) && viaTags.every((tag) => tags.has(tag)),
  );
  const beside = binding.path
    .slice(0, -1)
    .map((name) => `${textOf(name)}.`)
    .join("");
  const bound = added.map(({ machine }) => `${beside}machines.${printAttrName(machine)} = { };`).join(" ");
  const { path } = binding.source;
  const dropped = words.filter(([tag]) => tags.has(tag)).map(([, word]) => word);
  if (dropped.length < words.length) {
    const text = bound === "" ? "" : ` ${bound}`;
    return [...dropped.map(remove), { path, start: binding.end, end: binding.end, text }];
  }
  return [bound === "" ? remove(binding) : { path, start: binding.start, end: binding.end, text: bound }];
}

function tagWords(list: ListExpr): [string, StringExpr][] | undefined {
  const words: [string, StringExpr][] = [];
  for (const element of list.elements) {
    const text = element.kind === "string" ? fixedText(element) : undefined;
    if (element.kind !== "string" || text === undefined) return undefined;
    words.push([text, element]);
  }
  return words;
}
