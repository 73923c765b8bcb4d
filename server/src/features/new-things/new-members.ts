/**
 * Machines and tags that come into a role.
 *
 *   roles.peer.tags = [ "all" ];  and  { machines: ["web"], tags: ["srv"] }
 *   ->  roles.peer.tags = [ "all" "srv" ]; roles.peer.machines.web = { };
 */
import type { Clan, Role } from "../../clan/model.ts";
import type { OptionNode } from "../../modules/option-node.ts";
import type { Snapshot } from "../../project/snapshot.ts";
import type { TextEdit } from "../../rules/finding.ts";
import { addAttribute, append, appendElement, findSet } from "../../rules/fix/edit.ts";
import { sureDefinitions } from "../../rules/parts/written.ts";
import type { AttrSet, ListExpr } from "../../syntax/ast.ts";
import { printAttrName, printString } from "../../syntax/quote.ts";
import type { Proposal } from "../assists/assist.ts";
import { readsWell } from "../checked-edits.ts";
import type { ClansOf } from "../query.ts";
import { tryEdits } from "./tried-edits.ts";

export interface MembersChoice {
  readonly instance: string;
  readonly role: string;
  readonly machines: readonly string[];
  readonly tags: readonly string[];
}

export interface NewMembers {
  /** Undefined where the role is not written in a way that can be added to, or has all of them. */
  readonly proposal: Proposal | undefined;
  /** Sentences on what would be wrong. */
  readonly problems: readonly string[];
}

export function newMembers(
  clan: Clan,
  snapshot: Snapshot,
  clans: ClansOf,
  { instance, role: name, machines, tags }: MembersChoice,
): NewMembers {
  const role = clan.instances.known.get(instance)?.roles.get(name);
  if (role === undefined) return { proposal: undefined, problems: [] };
  const fresh = {
    machines: machines.filter((machine) => !role.machineNames.includes(machine)),
    tags: tags.filter((tag) => !role.tagNames.includes(tag)),
  };
  const parts = addedAtOnce(role, fresh) ?? [
    ...(fresh.machines.length === 0 ? [] : [machineEdits(role, fresh.machines)]),
    ...(fresh.tags.length === 0 ? [] : [tagEdits(role, fresh.tags)]),
  ];
  const edits = parts.flatMap((part) => part ?? []);
  const isWhole = parts.length > 0 && parts.every((part) => part !== undefined);
  const tried = isWhole && readsWell(snapshot, edits) ? tryEdits(clan, snapshot, clans, edits) : undefined;
  const after = tried?.clan.instances.known.get(instance)?.roles.get(name);
  const isThere =
    fresh.machines.every((machine) => after?.machineNames.includes(machine)) &&
    fresh.tags.every((tag) => after?.tagNames.includes(tag));
  // Code can be shared with another role.
  const isAlone = tried !== undefined && othersOf(tried.clan, role) === othersOf(clan, role);
  if (tried === undefined || !isThere || !isAlone) return { proposal: undefined, problems: [] };
  return {
    proposal: { title: `Add to role \`${name}\``, edits },
    problems: tried.problems.map(({ message }) => message),
  };
}

/** Who is in the other roles, to be compared. */
function othersOf({ instances }: Clan, { option }: Role): string {
  const roles = [...instances.known.values()].flatMap((one) => [...one.roles.values()]);
  const others = roles.filter((role) => role.option.path.join("\0") !== option.path.join("\0"));
  return JSON.stringify(
    others.map((role) => [role.option.path, role.machineNames, role.tagNames, role.members]),
  );
}

/** Of a role of which nothing is written yet but its set. */
function addedAtOnce(
  { option }: Role,
  { machines, tags }: Pick<MembersChoice, "machines" | "tags">,
): readonly TextEdit[][] | undefined {
  const set = findSet(option);
  if (set === undefined || set.bindings.length > 0 || machines.length + tags.length === 0) return undefined;
  const list = tags.map(printString).join(" ");
  return [
    [
      append(
        set,
        joined(set, [
          ...machines.map((machine) => `machines.${printAttrName(machine)} = { };`),
          ...(tags.length === 0 ? [] : [`tags = [ ${list} ];`]),
        ]),
      ),
    ],
  ];
}

function machineEdits({ option }: Role, machines: readonly string[]): TextEdit[] | undefined {
  return namesIn(option, "machines", machines);
}

/** Tags are a list, or a set where some have settings. */
function tagEdits({ option }: Role, tags: readonly string[]): TextEdit[] | undefined {
  const written = option.child("tags");
  const words = tags.map(printString).join(" ");
  if (written === undefined) return whole([addAttribute(option, ["tags"], `[ ${words} ]`)]);
  const list = sureDefinitions(written)
    .flatMap(({ origins }) => origins.slice(0, 1))
    .find((node): node is ListExpr => node.kind === "list" && node.source.language === "nix");
  return list === undefined ? namesIn(option, "tags", tags) : [appendElement(list, words)];
}

/** `web = { };` in the set that is written for the part of the role, or `machines.web = { };` beside what is there. */
function namesIn(option: OptionNode, part: string, names: readonly string[]): TextEdit[] | undefined {
  const written = option.child(part);
  const set = written && findSet(written);
  if (set === undefined) return whole(names.map((name) => addAttribute(option, [part, name], "{ }")));
  const bindings = names.map((name) => `${printAttrName(name)} = { };`);
  return [append(set, joined(set, bindings))];
}

/** Each on a line of its own where the others are. */
function joined({ source, start, end }: AttrSet, bindings: readonly string[]): string {
  return bindings.join(source.text.slice(start, end).includes("\n") ? "\n" : " ");
}

function whole(edits: readonly (TextEdit | undefined)[]): TextEdit[] | undefined {
  const made = edits.filter((edit) => edit !== undefined);
  return made.length === edits.length ? made : undefined;
}
