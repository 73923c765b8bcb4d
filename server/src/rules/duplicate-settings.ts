/**
 * Settings that are defined more than once: the `settings` of one role, tag or machine by several modules,
 * or one setting with several values, by a role and by its machine.
 *
 *   roles.default.settings.a = 1;             in clan.nix     ->   error at both `settings`
 *   roles.default.settings.b = 2;             in backup.nix
 *
 *   roles.default.settings.a = 1;                             ->   error at 1 and at 2
 *   roles.default.machines.web.settings.a = 2;
 */
import type { Clan } from "../clan/model.ts";
import { allSettings } from "../clan/settings.ts";
import { findConflict } from "../modules/conflicts.ts";
import { showOption } from "../modules/describe.ts";
import type { Definition, OptionNode } from "../modules/option-node.ts";
import type { Node } from "../syntax/ast.ts";
import { collectDeclared } from "./option-walk.ts";
import { at, place } from "./place.ts";
import type { Problem, Rule } from "./rule.ts";
import { sureDefinitions, valuePlace } from "./written.ts";

export const duplicateSettings: Rule = {
  code: "duplicate-settings",
  severity: "error",
  summary: "The settings of one role, tag or machine, or one setting, are defined more than once.",
  *checkClan(clan: Clan): Iterable<Problem> {
    for (const settings of allSettings(clan)) {
      const places = collectPlaces(sureDefinitions(settings), (definition) => definition.keys[0]);
      if (places.length < 2) continue;
      const message = `\`${showOption(settings.path)}\` is defined ${places.length} times, but settings are not merged.`;
      yield* atAll(places, message);
    }
    for (const tree of memberTrees(clan)) yield* checkConflicts(tree);
  },
};

/** Machines without settings of their own share a tree. */
function memberTrees(clan: Clan): Set<OptionNode> {
  const trees = new Set<OptionNode>();
  for (const instance of clan.instances.known.values())
    for (const role of instance.roles.values())
      for (const { machine } of role.members) {
        const tree = clan.memberSettings(instance, role, machine);
        if (tree !== undefined) trees.add(tree);
      }
  return trees;
}

function* checkConflicts(tree: OptionNode): Iterable<Problem> {
  for (const option of collectDeclared(tree)) {
    const conflict = findConflict(option);
    if (conflict === undefined) continue;
    const name = showOption(option.path.slice(tree.path.length));
    const message = `The setting \`${name}\` has several values for one machine. Where one is meant to be overridden, write it with \`lib.mkDefault\`.`;
    yield* atAll(collectPlaces(conflict.definitions, valuePlace), message);
  }
}

function collectPlaces(
  definitions: readonly Definition[],
  placeOf: (definition: Definition) => Node | undefined,
): Node[] {
  return definitions.flatMap((definition) => placeOf(definition) ?? definition.origins[0] ?? []);
}

function* atAll(places: readonly Node[], message: string): Iterable<Problem> {
  for (const node of places) {
    const others = places.filter((other) => other !== node);
    const related = others.map((other) => ({ ...place(other), message: "Also defined here." }));
    yield at(node, message, { related });
  }
}
