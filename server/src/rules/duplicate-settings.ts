/**
 * What is defined more than once and cannot be merged: the `settings` of one role, tag or machine by several
 * modules, and a setting or an option with several values.
 *
 *   roles.default.settings.a = 1;             in clan.nix     ->   error at both `settings`
 *   roles.default.settings.b = 2;             in backup.nix
 *
 *   roles.default.settings.a = 1;                             ->   error at 1 and at 2
 *   roles.default.machines.web.settings.a = 2;
 *
 *   inventory.machines.web.machineClass = "nixos";            ->   error at both values
 *   inventory.machines.web.machineClass = "darwin";           in a file that is imported
 */
import type { Clan, Instance, Role } from "../clan/model.ts";
import { settingsOf } from "../clan/settings.ts";
import { type Conflict, findConflict } from "../modules/conflicts.ts";
import { showOption } from "../modules/describe.ts";
import type { Definition, OptionNode } from "../modules/option-node.ts";
import { printSummary } from "../nix/print-brief.ts";
import type { Snapshot } from "../project/snapshot.ts";
import type { Node } from "../syntax/ast.ts";
import type { Fix } from "./finding.ts";
import { findMergeFix } from "./fix/merge-fix.ts";
import { collectDeclared, generatorTrees } from "./parts/option-walk.ts";
import { at, place } from "./parts/place.ts";
import { sureDefinitions, valuePlace } from "./parts/written.ts";
import type { Problem, Rule } from "./rule.ts";
import type { Look } from "./run/look.ts";
import { shorten } from "./words/type-words.ts";
import { sayOption } from "./words/words.ts";

export const duplicateSettings: Rule = {
  code: "duplicate-settings",
  severity: "error",
  summary:
    "The settings of one role, tag or machine are defined more than once, or an option has several values.",
  *checkClan(clan: Clan, _: Snapshot, look: Look): Iterable<Problem> {
    yield* look.inInstances(clan, ({ roles }) => checkRoles(roles.values()));
    yield* look.inInstances(clan, function* (instance) {
      for (const tree of memberTrees(clan, instance)) yield* checkConflicts(tree);
    });
    yield* look.inOptions("clan", clan.tree, checkOption);
    yield* checkMeta(clan.tree);
    for (const tree of generatorTrees(clan)) yield* look.inOptions("generators", tree, checkGeneratorOption);
    yield* checkServices(clan);
  },
};

function* checkRoles(roles: Iterable<Role>): Iterable<Problem> {
  for (const role of roles)
    for (const settings of settingsOf(role.option)) {
      const places = collectPlaces(sureDefinitions(settings), (definition) => definition.keys[0]);
      if (places.length < 2) continue;
      const message = `\`${showOption(settings.path)}\` is defined ${places.length} times, but settings are not merged.`;
      yield* atAll(places, message, findMergeFix(settings));
    }
}

/** Machines without settings of their own share a tree. */
function memberTrees(clan: Clan, instance: Instance): Set<OptionNode> {
  const trees = new Set<OptionNode>();
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
    const message = `The setting \`${showOption(option.path.slice(tree.path.length))}\` has several values for one machine. ${advice}`;
    if (conflict !== undefined) yield* atAll(collectPlaces(conflict.definitions, valuePlace), message);
  }
}

function* checkOption(option: OptionNode): Iterable<Problem> {
  // `specialArgs`: only who reads an argument learns that it has several values.
  const isRaw = option.type?.kind === "raw";
  if (!isRaw && option.path[0] !== "meta") yield* reportSeveral(option, option.effective());
}

/** The clan's `meta` has another name, `inventory.meta`: definitions of both count. */
function* checkMeta(tree: OptionNode): Iterable<Problem> {
  const meta = tree.child("meta");
  for (const option of meta === undefined ? [] : collectDeclared(meta))
    yield* reportSeveral(option, definitionsOfMeta(tree, option));
}

/** Options of generators, as far as people write them: facts about services do not say at which priority. */
function* checkGeneratorOption(option: OptionNode): Iterable<Problem> {
  if (option.definitions.length < 2) return;
  yield* reportSeveral(
    option,
    option.effective().filter(({ origins }) => origins.length > 0),
  );
}

function* reportSeveral(option: OptionNode, definitions: readonly Definition[]): Iterable<Problem> {
  const conflict = findConflict(option, definitions);
  if (conflict === undefined) return;
  yield* atAll(collectPlaces(conflict.definitions, valuePlace), severalValues(option, conflict));
}

function severalValues({ path }: OptionNode, { definitions }: Conflict): string {
  const values = definitions.map(({ value }) =>
    value.type === "failure" ? "" : shorten(printSummary(value)),
  );
  return `${sayOption(path)} has several values: ${[...new Set(values)].join(" and ")}. ${advice}`;
}

/** One service under one name: Nix does not put two together, and finds out where an instance uses it. */
function* checkServices(clan: Clan): Iterable<Problem> {
  const used = [...clan.instances.known.values()].flatMap(({ module: { name, input } }) =>
    input === "self" && name !== undefined ? [name] : [],
  );
  for (const name of new Set(used)) {
    const option = clan.tree.at("modules", name);
    const conflict = option && findConflict(option);
    const places = collectPlaces(conflict?.definitions ?? [], ({ keys }) => keys.at(-1));
    const message = `The service \`${name}\` is defined ${places.length} times, but services are not merged.`;
    yield* atAll(places, message);
  }
}

const advice = "Where one is meant to be overridden, write it with `lib.mkDefault`.";

/** Those that win by priority, of both names. */
function definitionsOfMeta(tree: OptionNode, option: OptionNode): readonly Definition[] {
  const other = tree.at("inventory", ...option.path);
  if (other === undefined) return option.effective();
  const all = [...option.effective(), ...other.effective()];
  const strongest = Math.min(...all.map(({ priority }) => priority));
  return all.filter(({ priority }) => priority === strongest);
}

function collectPlaces(
  definitions: readonly Definition[],
  placeOf: (definition: Definition) => Node | undefined,
): Node[] {
  return definitions.flatMap((definition) => placeOf(definition) ?? definition.origins[0] ?? []);
}

function* atAll(places: readonly Node[], message: string, fix?: Fix): Iterable<Problem> {
  for (const node of places) {
    const others = places.filter((other) => other !== node);
    const related = others.map((other) => ({ ...place(other), message: "Also defined here." }));
    yield at(node, message, { related, fixes: fix && [fix] });
  }
}
