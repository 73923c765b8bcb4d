/**
 * A value that is not of its option's type, of the clan's own options, of a service's settings or of a generator.
 *
 *   inventory.machines.web.machineClass = "nixso";   ->   error at `"nixso"`
 */
import type { Clan } from "../clan/model.ts";
import { checkDefinition } from "../modules/check.ts";
import type { Definition, OptionNode } from "../modules/option-node.ts";
import type { OptionType } from "../modules/option-type.ts";
import { string } from "../nix/make.ts";
import type { Outcome } from "../nix/value.ts";
import type { Snapshot } from "../project/snapshot.ts";
import type { Node } from "../syntax/ast.ts";
import { fixedText } from "../syntax/names.ts";
import { printString } from "../syntax/quote.ts";
import type { Fix } from "./finding.ts";
import { findValueFixes } from "./fix/value-fix.ts";
import { ownFlakeOptions } from "./parts/flake-options.ts";
import {
  clanOptionsOf,
  coreTrees,
  exportsOf,
  inSettings,
  machineTrees,
  manifestRemarks,
  mapped,
  ownServices,
} from "./parts/option-walk.ts";
import { renameFix, whole } from "./parts/place.ts";
import { settingDefaults } from "./parts/setting-defaults.ts";
import { sureDefinitions, usePlace, valuePlace } from "./parts/written.ts";
import type { Problem, Rule } from "./rule.ts";
import type { Look } from "./run/look.ts";
import { isFlake, sayType, sayValue } from "./words/type-words.ts";
import { sayOption } from "./words/words.ts";

export const typeMismatch: Rule = {
  code: "type-mismatch",
  severity: "error",
  summary: "A value does not fit the type of its option or setting.",
  *checkClan(clan: Clan, _: Snapshot, look: Look): Iterable<Problem> {
    const check = (option: OptionNode) => checkDefinitions(clan, option);
    yield* look.inOptions("clan", clan.tree, check);
    for (const tree of coreTrees(clan)) yield* look.inOptions("core", tree, check);
    for (const tree of exportsOf(clan)) yield* look.inOptions("exports", tree, check);
    const isRemark = manifestRemarks(clan);
    for (const service of ownServices(clan))
      yield* look.inOptions("service", service, (option) =>
        mapped(check(option), (problem) => ({ ...problem, isRemark: isRemark(option) })),
      );
    yield* checkDefaults(clan);
    for (const option of clanOptionsOf(clan)) yield* check(option);
    for (const tree of [...clan.flakeModules, ...machineTrees(clan)]) yield* checkModules(tree);
    yield* inSettings(clan, look, check);
    // Last, when all that the clan asks for was asked for.
    for (const option of ownFlakeOptions(clan)) yield* check(option);
  },
};

function* checkDefinitions(clan: Clan, option: OptionNode): Iterable<Problem> {
  yield* checkModules(option);
  for (const definition of sureDefinitions(option))
    if (option.type !== undefined) yield* checkOne(clan, option, option.type, definition);
}

/** Nix looks at the default of a setting where it is read. */
function* checkDefaults(clan: Clan): Iterable<Problem> {
  for (const { path, option, outcome, node, isUsed } of settingDefaults(clan)) {
    if (checkDefinition(option.type, outcome) === undefined) continue;
    const message = `The default of ${sayOption(path)} must be ${sayType(option.type)}. This is ${sayValue(outcome)}.`;
    const fixes = findValueFixes(option.type, outcome, node);
    yield { ...whole(node), message, ...(fixes.length > 0 && { fixes }), isUnused: !isUsed };
  }
}

/** What is imported and is no module. */
function* checkModules({ problems }: OptionNode): Iterable<Problem> {
  for (const { message, origins, failure, attribute, notNix } of problems)
    if (failure === undefined && attribute === undefined && notNix === undefined && origins[0] !== undefined)
      yield { ...whole(origins[0]), message };
}

function* checkOne(
  clan: Clan,
  option: OptionNode,
  type: OptionType,
  definition: Definition,
): Iterable<Problem> {
  const declared = type.kind === "settings" ? settingsType : type;
  const { value } = definition;
  // What is handed around whole, such as an input, is wrong where it is used and not where it comes from.
  const node = isFlake(value) ? usePlace(definition) : valuePlace(definition);
  if (node === undefined || checkDefinition(declared, value) === undefined) return;
  // A module that cannot be read is told with why.
  if (option.problems.some(({ failure }) => failure?.origins?.includes(node) === true)) return;
  // Functions in settings have a rule of their own, not-serializable.
  if (type.kind === "settings" && isFunction(definition)) return;
  const advice =
    adviseTags(clan, option, definition) ??
    adviseQuotes(declared, value, node) ??
    adviseSet(option, value) ??
    adviseBrackets(option, value);
  const message = `${subject(option)} must be ${sayType(declared)}. This is ${sayValue(value)}.${advice?.text ?? ""}`;
  const fixes = advice?.fix === undefined ? findValueFixes(type, value, node) : [advice.fix];
  yield { ...whole(node), message, ...(fixes.length > 0 && { fixes }), spoils: [option.path] };
}

interface Advice {
  readonly text: string;
  readonly fix: Fix | undefined;
}

/** `machines = [ "all" ]` of a role, where `all` is a tag. */
function adviseTags(
  { machines, tags }: Clan,
  { path }: OptionNode,
  definition: Definition,
): Advice | undefined {
  const [key] = definition.keys;
  const node = valuePlace(definition);
  if (path.length !== 6 || path[3] !== "roles" || path[5] !== "machines" || node?.kind !== "list")
    return undefined;
  const names = node.elements.map((element) => (element.kind === "string" ? fixedText(element) : undefined));
  if (names.some((name) => name === undefined || !tags.known.has(name) || machines.known.has(name)))
    return undefined;
  const [name] = names;
  if (name === undefined) return undefined;
  return {
    text: ` \`${name}\` is a tag: write \`tags = ${node.source.text.slice(node.start, node.end)}\`.`,
    fix: key && renameFix(key, "tags").fixes?.[0],
  };
}

/** An input or a variable, where its name is meant. */
function adviseQuotes(type: OptionType, value: Outcome, node: Node): Advice | undefined {
  const name = nameOf(node);
  if (!isFlake(value) || name === undefined || checkDefinition(type, string(name)) !== undefined)
    return undefined;
  const text = printString(name);
  return {
    text: ` Its name is meant: \`${text}\`.`,
    fix: { title: `Change to \`${text}\``, edits: [{ ...whole(node), text }], preferred: true },
  };
}

/** Where a set is wanted, and what is written would stand in it. */
function adviseSet({ path }: OptionNode, value: Outcome): Advice | undefined {
  const [first, second, ...rest] = path;
  const instead = (text: string): Advice => ({ text: ` Write \`${text}\`.`, fix: undefined });
  if (path.length === 1 && first === "modules" && value.type === "list")
    return { text: " What the clan imports is in `imports`; `modules` are its services.", fix: undefined };
  if (first !== "inventory" || value.type === "failure") return undefined;
  const name = rest.at(-1);
  if (second === "instances" && rest.length === 2 && name === "module" && value.type === "string")
    return instead(`module.name = "${value.value}"`);
  if (second === "instances" && rest.length === 3 && rest[1] === "roles" && value.type === "list")
    return instead(`${name}.machines.<machine> = { }`);
  if (second === "machines" && rest.length === 2 && name === "deploy" && value.type === "string")
    return instead(`deploy.targetHost = "${value.value}"`);
  return undefined;
}

/** `[ lib.mkDefault "a" ]` are two elements. */
function adviseBrackets({ parent }: OptionNode, value: Outcome): Advice | undefined {
  const isCall = parent?.type?.kind === "listOf" && (value.type === "lambda" || value.type === "builtin");
  if (!isCall) return undefined;
  return { text: " To call it in a list, write the call in parentheses: `[ (f x) ]`.", fix: undefined };
}

/** `self` or `inputs.nixpkgs` */
function nameOf(node: Node): string | undefined {
  if (node.kind === "identifier") return node.name;
  return node.kind === "select" ? node.path.at(-1)?.name : undefined;
}

/** Elements of a list have no names. */
function subject({ path, parent }: OptionNode): string {
  if (parent?.type?.kind !== "listOf") return sayOption(path);
  return `An element of ${sayOption(parent.path)}`;
}

/** Settings are merged as modules are, but a path or a function is refused. */
const settingsType: OptionType = { kind: "attrsOf", of: { kind: "anything" } };

function isFunction({ value }: Definition): boolean {
  return value.type === "lambda" || value.type === "builtin";
}
