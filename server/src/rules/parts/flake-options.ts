/**
 * Attributes of a flake-parts module that are meant for its option `clan`.
 *
 *   cllan.inventory.machines.web = { };   ->   at `cllan`: meant is `clan`
 *   inventory.machines.web = { };         ->   at `inventory`: meant is `clan.inventory`
 *   nixosConfigurations.web = …;          ->   at `nixosConfigurations`: there is no such option
 *
 * Modules of other flakes may declare any option: where there are some, only what holds nothing but options of a clan
 * counts.
 */
import { FLAKE_MODULE } from "../../clan/clan-core-input.ts";
import type { Clan } from "../../clan/model.ts";
import { clanOptions } from "../../clan/schema/clan-options.ts";
import { showOption } from "../../modules/describe.ts";
import type { OptionNode } from "../../modules/option-node.ts";
import type { OptionSet } from "../../modules/option-type.ts";
import { nameFixes } from "../fix/name-fixes.ts";
import type { Problem } from "../rule.ts";
import { findSuggestion } from "../words/suggest.ts";
import { choices } from "../words/words.ts";
import { collectDeclared, offered, optionSetOf } from "./option-walk.ts";
import { at, renameFix, replaceNameFix } from "./place.ts";
import { namePlaces } from "./written.ts";

/** What flake-parts declares at the top, with its own modules that have to be imported. */
const OPTIONS = [
  "_module",
  "allSystems",
  "debug",
  "flake",
  "partitionedAttrs",
  "partitions",
  "perInput",
  "perSystem",
  "processedFlake",
  "systems",
  "touchup",
  "transposition",
];

const OUTPUTS = ["nixosConfigurations", "darwinConfigurations", "nixosModules", "darwinModules", "packages"];

/** Options that the flake's own modules for flake-parts declare, and that were asked for: Nix looks at no others. */
export function* ownFlakeOptions({ flakeModules }: Clan): Iterable<OptionNode> {
  for (const root of flakeModules)
    for (const [name, option] of root.children())
      if (!OPTIONS.includes(name) && name !== "clan")
        for (const one of collectDeclared(option)) if (one.option !== undefined && one.wasRead) yield one;
}

export function* checkFlakeOptions(clan: Clan): Iterable<Problem> {
  const isHidden = clan.hasHiddenFlakeModules() || clan.hasOtherCore;
  for (const root of clan.flakeModules) if (!isHidden) yield* checkImported(root);
  for (const root of clan.flakeModules)
    for (const [name, option] of root.children()) {
      if (!isHidden && root.open === undefined && !OPTIONS.includes(name) && name !== "clan")
        yield* checkGroup(option);
      // An option that is declared, or that a module of another flake declares.
      if (option.type !== undefined && option.type.kind !== "undeclared") continue;
      if (isMisspeltClan(name, option)) yield* reportMisspelt(name, option);
      else if (isOfClan(clan, name, option, isHidden)) yield* reportMoved(name, option);
      else if (!isHidden && !OPTIONS.includes(name)) yield* reportUnknown(name, option);
    }
}

/** `clan` is an option of the module that clan-core has for flake-parts. */
function* checkImported(root: OptionNode): Iterable<Problem> {
  const option = root.child("clan");
  const isImported = root.at("flake", "clan")?.definitions.some(({ file }) => file === FLAKE_MODULE);
  if (option === undefined || root.open !== undefined || isImported === true) return;
  const message =
    "flake-parts has no option `clan` before clan-core's module is imported: " +
    "`imports = [ inputs.clan-core.flakeModules.default ];`";
  const [node] = namePlaces(option);
  if (node !== undefined) yield at(node, message);
}

function isMisspeltClan(name: string, option: OptionNode): boolean {
  return findSuggestion(name, ["clan"]) !== undefined && holdsOnly(option, clanOptions);
}

/** `inventory`, and `meta` where the clan lacks its name; any, where no module is hidden that may declare it. */
function isOfClan({ tree }: Clan, name: string, option: OptionNode, isHidden: boolean): boolean {
  const declared = clanOptions.options.get(name);
  const isWritten = declared !== undefined && !declared.internal && !OUTPUTS.includes(name);
  if (!isHidden && isWritten && !OPTIONS.includes(name)) return true;
  if (name === "meta" && tree.at("meta", "name") !== undefined) return false;
  if (name !== "inventory" && name !== "meta") return false;
  return holdsOnly(option, setOf(clanOptions, name));
}

/** Something, and at every level that `set` declares nothing else. */
function holdsOnly(option: OptionNode, set: OptionSet | undefined): boolean {
  const children = [...option.children()];
  return (
    children.length > 0 &&
    children.every(([name, child]) => {
      const inner = set && setOf(set, name);
      return set?.options.has(name) === true && (inner === undefined || holdsOnly(child, inner));
    })
  );
}

function setOf({ options }: OptionSet, name: string): OptionSet | undefined {
  const declared = options.get(name);
  return declared && optionSetOf(declared.type);
}

/** Options that the flake's own modules declare, by the names between: `options.my.port`. */
function* checkGroup(option: OptionNode): Iterable<Problem> {
  const type = option.option?.type;
  if (type?.kind !== "submodule" || type.group !== true) return;
  const { options, open, freeform } = type.options;
  if (open !== undefined || freeform !== undefined) return;
  for (const [name, child] of option.children()) {
    yield* checkGroup(child);
    if (options.has(name)) continue;
    const names = offered(type.options);
    const suggestion = findSuggestion(name, names);
    const message = `\`${showOption(option.path)}\` has no option \`${name}\`.${choices("Options", names, suggestion)}`;
    for (const node of namePlaces(child)) yield at(node, message, nameFixes(node, suggestion, names));
  }
}

function* reportMisspelt(name: string, option: OptionNode): Iterable<Problem> {
  const message = `flake-parts has no option \`${name}\`. Did you mean \`clan\`?`;
  for (const node of namePlaces(option)) yield at(node, message, renameFix(node, "clan"));
}

function* reportUnknown(name: string, option: OptionNode): Iterable<Problem> {
  const names = OPTIONS.filter((one) => !one.startsWith("_"));
  const suggestion = findSuggestion(name, names);
  const rest = OUTPUTS.includes(name)
    ? ` Outputs belong into \`flake.${name}\`.`
    : choices("Options", names, suggestion);
  for (const node of namePlaces(option))
    yield at(node, `flake-parts has no option \`${name}\`.${rest}`, nameFixes(node, suggestion, names));
}

function* reportMoved(name: string, option: OptionNode): Iterable<Problem> {
  const message = `\`${name}\` is an option of the clan, not of flake-parts: \`clan.${name}\`.`;
  for (const node of namePlaces(option)) yield at(node, message, replaceNameFix(node, `clan.${name}`));
}
