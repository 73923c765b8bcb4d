/**
 * A value that is not of its option's type, of the clan's own options, of a service's settings or of a generator.
 *
 *   inventory.machines.web.machineClass = "nixso";   ->   error at `"nixso"`
 */
import type { Clan } from "../clan/model.ts";
import { checkDefinition } from "../modules/check.ts";
import { showOption } from "../modules/describe.ts";
import type { Definition, OptionNode } from "../modules/option-node.ts";
import type { OptionType } from "../modules/option-type.ts";
import {
  clanOptionsOf,
  collectDeclared,
  generatorTrees,
  isOfManifest,
  machineTrees,
  ownServices,
} from "./option-walk.ts";
import { whole } from "./place.ts";
import type { Problem, Rule } from "./rule.ts";
import { findValueFixes } from "./value-fix.ts";
import { sureDefinitions, valuePlace } from "./written.ts";

export const typeMismatch: Rule = {
  code: "type-mismatch",
  severity: "error",
  summary: "A value does not fit the type of its option or setting.",
  *checkClan(clan: Clan): Iterable<Problem> {
    for (const tree of [clan.tree, ...generatorTrees(clan)]) yield* checkTree(tree);
    for (const service of ownServices(clan))
      for (const option of collectDeclared(service))
        for (const problem of checkDefinitions(option)) yield { ...problem, isRemark: isOfManifest(option) };
    for (const option of clanOptionsOf(clan)) yield* checkDefinitions(option);
    for (const tree of [...clan.flakeModules, ...machineTrees(clan)]) yield* checkModules(tree);
    for (const { tree, isUsed } of clan.settings)
      for (const problem of checkTree(tree)) yield { ...problem, isUnused: !isUsed };
  },
};

function* checkTree(root: OptionNode): Iterable<Problem> {
  for (const option of collectDeclared(root)) yield* checkDefinitions(option);
}

function* checkDefinitions(option: OptionNode): Iterable<Problem> {
  yield* checkModules(option);
  for (const definition of sureDefinitions(option))
    if (option.type !== undefined) yield* checkOne(option, option.type, definition);
}

/** What is imported and is no module. */
function* checkModules({ problems }: OptionNode): Iterable<Problem> {
  for (const { message, origins, failure, attribute } of problems)
    if (failure === undefined && attribute === undefined && origins[0] !== undefined)
      yield { ...whole(origins[0]), message };
}

function* checkOne(option: OptionNode, type: OptionType, definition: Definition): Iterable<Problem> {
  const mismatch = checkDefinition(type.kind === "settings" ? settingsType : type, definition.value);
  const node = valuePlace(definition);
  if (mismatch === undefined || node === undefined) return;
  // Functions in settings have a rule of their own, not-serializable.
  if (type.kind === "settings" && isFunction(definition)) return;
  const message = `${subject(option)} must be: ${mismatch.expected}. This is: ${mismatch.actual}.`;
  const fixes = findValueFixes(type, definition.value, node);
  yield { ...whole(node), message, ...(fixes.length > 0 && { fixes }) };
}

/** Elements of a list have no names. */
function subject({ path, parent }: OptionNode): string {
  if (parent?.type?.kind !== "listOf") return `\`${showOption(path)}\``;
  return `An element of \`${showOption(parent.path)}\``;
}

/** Settings are merged as modules are, but a path or a function is refused. */
const settingsType: OptionType = { kind: "attrsOf", of: { kind: "anything" } };

function isFunction({ value }: Definition): boolean {
  return value.type === "lambda" || value.type === "builtin";
}
