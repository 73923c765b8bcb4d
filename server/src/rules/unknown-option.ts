/**
 * A name the clan has no option for.
 *
 *   inventory.machines.web.targetHost = "h";   ->   error at `targetHost`
 */
import type { Clan } from "../clan/model.ts";
import { clanOptions } from "../clan/schema/clan-options.ts";
import { type MovedOption, movedOptions } from "../clan/schema/moved-options.ts";
import { coreOptions } from "../clan/vars/core-options.ts";
import type { MachineVars } from "../clan/vars/model.ts";
import { showOption } from "../modules/describe.ts";
import type { OptionNode } from "../modules/option-node.ts";
import type { OptionSet, OptionType } from "../modules/option-type.ts";
import type { Outcome } from "../nix/value.ts";
import type { Snapshot } from "../project/snapshot.ts";
import { lookUp } from "../syntax/look-up.ts";
import { nameFixes } from "./fix/name-fixes.ts";
import { atPlace, renameWordFix, varsOfMachines } from "./fix/vars-fix.ts";
import { checkFlakeOptions } from "./parts/flake-options.ts";
import {
  coreTrees,
  exportsOf,
  interfacesRead,
  machineTrees,
  offered,
  optionSetOf,
  ownServices,
  type Undeclared,
  undeclaredIn,
} from "./parts/option-walk.ts";
import { mayBeInOtherCore } from "./parts/other-core.ts";
import { at, replaceNameFix } from "./parts/place.ts";
import { namePlaces } from "./parts/written.ts";
import type { Problem, Rule } from "./rule.ts";
import { ANY, type OptionPath } from "./run/consequences.ts";
import type { Look } from "./run/look.ts";
import { findSuggestion } from "./words/suggest.ts";
import { choices, sayOption } from "./words/words.ts";

export const unknownOption: Rule = {
  code: "unknown-option",
  severity: "error",
  summary: "The clan has no option of that name.",
  *checkClan(clan: Clan, _: Snapshot, look: Look): Iterable<Problem> {
    yield* checkFlakeOptions(clan);
    const trees = {
      clan: [clan.tree],
      core: coreTrees(clan),
      exports: exportsOf(clan),
      service: ownServices(clan),
    };
    for (const kind of ["clan", "core", "exports", "service"] as const)
      for (const tree of trees[kind]) {
        yield* look.inOptions(kind, tree, (option) => checkNames(clan, option));
        yield* look.inOptions(kind, tree, checkSyntax);
      }
    for (const tree of [...clan.flakeModules, ...machineTrees(clan)]) yield* checkSyntax(tree);
    for (const { root, generators } of varsOfMachines(clan)) {
      const core = root?.at("clan", "core");
      if (core !== undefined) yield* checkSlips(clan, core, generators.open === undefined);
    }
    for (const tree of machineTrees(clan)) yield* checkBesideCore(tree);
    for (const vars of varsOfMachines(clan)) yield* checkReads(vars);
    yield* checkInterfaces(clan);
  },
};

function* checkNames(clan: Clan, option: OptionNode): Iterable<Problem> {
  for (const undeclared of undeclaredIn(option)) yield* report(clan, undeclared);
}

/** What is not imported may have defined any option. */
const EVERYTHING: OptionPath = [];

function* report(clan: Clan, { name, option, among }: Undeclared): Iterable<Problem> {
  const moved: MovedOption | undefined = lookUp(movedOptions, schemaPath(option.path));
  const names = offered(among);
  const suggestion = moved === undefined ? findSuggestion(name, names) : undefined;
  if (moved === undefined && mayBeInOtherCore(clan, suggestion)) return;
  const parent = option.path.slice(0, -1);
  // Near the top, too much would hang on a name of which nobody knows what it was to be.
  const isDeep = parent.length > 2;
  const meant = suggestion !== undefined ? [[...parent, suggestion]] : isDeep ? [[...parent, ANY]] : [];
  const where = parent.length === 0 ? "The clan" : sayOption(parent);
  const rest = moved === undefined ? choices("Options", names, suggestion) : ` ${moved.note}`;
  for (const node of namePlaces(option))
    yield at(node, `${where} has no option \`${name}\`.${rest}`, {
      ...(moved?.rename === undefined
        ? nameFixes(node, suggestion, names)
        : replaceNameFix(node, moved.rename)),
      spoils: [option.path, ...meant, ...(moved?.rename === "imports" ? [EVERYTHING] : [])],
    });
}

/**
 * Modules that are not seen may declare more below `clan.core`, and clan-core itself has other names for some: what is nearly
 * one of the options that are shown is a slip. `clan.core.vars` is one option of clan's, so that all its names are known where
 * all modules are.
 */
function* checkSlips(clan: Clan, group: OptionNode, areModulesSeen: boolean): Iterable<Problem> {
  const among = group.type?.kind === "submodule" && group.type.group ? group.type.options : undefined;
  if (among === undefined) return;
  const isVars = showOption(group.path).startsWith(VARS);
  for (const [name, option] of group.children()) {
    yield* checkSlips(clan, option, areModulesSeen);
    if (option.type?.kind !== "undeclared") continue;
    const suggestion = findSuggestion(name, offered(among));
    const isKnown = areModulesSeen && !clan.hasOtherCore;
    const system = suggestion === undefined && isKnown ? systemOf(option) : undefined;
    if (suggestion === undefined && isKnown && isOfVars(name, among))
      yield* reportMisplaced(group, name, option);
    else if (system !== undefined) yield* reportSystem(option, system);
    else if (suggestion !== undefined || (isKnown && isVars)) {
      const message = `\`${showOption(group.path)}\` has no option \`${name}\`.${choices("Options", offered(among), suggestion)}`;
      for (const node of namePlaces(option))
        yield at(node, message, nameFixes(node, suggestion, offered(among)));
    }
  }
}

const VARS = "clan.core.vars";

/** `clan.core.generators`, which belongs one level deeper. */
function isOfVars(name: string, core: OptionSet): boolean {
  const vars = core.options.get("vars")?.type;
  return vars !== undefined && optionSetOf(vars)?.options.has(name) === true;
}

/** The machines that have the option, such as those with macOS `clan.core.networking.extraHosts`. */
function systemOf({ path: [, , ...names] }: OptionNode): keyof typeof CLASSES | undefined {
  return SYSTEMS.find((system) => {
    let set: OptionSet | undefined = { options: new Map(Object.entries(coreOptions(CLASSES[system]))) };
    return names.every((name) => {
      const declared: OptionType | undefined = set?.options.get(name)?.type;
      set = declared && optionSetOf(declared);
      return declared !== undefined;
    });
  });
}

const CLASSES = { NixOS: "nixos", macOS: "darwin" } as const;
const SYSTEMS = ["NixOS", "macOS"] as const;

function* reportSystem(option: OptionNode, system: string): Iterable<Problem> {
  const message = `Only machines with ${system} have the option \`${showOption(option.path)}\`.`;
  for (const node of namePlaces(option)) yield at(node, message);
}

function* reportMisplaced({ path }: OptionNode, name: string, option: OptionNode): Iterable<Problem> {
  const message = `\`${showOption(path)}\` has no option \`${name}\`: write \`${VARS}.${name}\`.`;
  for (const node of namePlaces(option)) yield at(node, message, replaceNameFix(node, `vars.${name}`));
}

/** `config.clan.core.var.generators.a`: slips where the configuration is read. */
function* checkReads({ root, coreReads }: MachineVars): Iterable<Problem> {
  const core = root?.at("clan", "core")?.type;
  if (core === undefined) return;
  for (const { names, conditional } of coreReads) {
    let type: OptionType | undefined = core;
    for (const [index, place] of names.entries()) {
      if (index < 2) continue;
      // Below an option stand names of its own.
      const set: OptionSet | undefined = type?.kind === "submodule" && type.group ? type.options : undefined;
      if (set === undefined || conditional) break;
      const declared = set.options.get(place.name);
      if (declared === undefined) {
        const group = showOption(names.slice(0, index).map(({ name }) => name));
        if (root?.at(...names.slice(0, index + 1).map(({ name }) => name)) !== undefined) break;
        const suggestion = findSuggestion(place.name, offered(set));
        const message = `\`${group}\` has no option \`${place.name}\`. Did you mean \`${suggestion}\`?`;
        if (suggestion !== undefined)
          yield atPlace(place, message, { fixes: renameWordFix(place, suggestion, true) });
        break;
      }
      type = declared.type;
    }
  }
}

/** `clan.vars.generators` of a machine: what clan-core declares is below `clan.core`. */
function* checkBesideCore(machine: OptionNode): Iterable<Problem> {
  const group = machine.child("clan");
  const declared = group?.type && optionSetOf(group.type)?.options.get("core")?.type;
  const core = declared && optionSetOf(declared);
  if (group === undefined || core === undefined) return;
  for (const [name, option] of group.children()) {
    if (option.type?.kind !== "undeclared" || !offered(core).includes(name)) continue;
    const message = `\`clan\` of a machine has no option \`${name}\`: write \`clan.core.${name}\`.`;
    for (const node of namePlaces(option)) yield at(node, message, replaceNameFix(node, `core.${name}`));
  }
}

/** What an interface defines beside declaring settings: `interface.port = mkOption { … };`. Nix looks when settings are read. */
function* checkInterfaces(clan: Clan): Iterable<Problem> {
  for (const { interface: root, settings } of interfacesRead(clan).keys()) {
    if (root === undefined) continue;
    yield* checkSyntax(root);
    if (settings.freeform !== undefined || settings.open !== undefined) continue;
    for (const [name, option] of root.children())
      if (option.type === undefined) yield* checkInInterface(name, option);
  }
}

function* checkInInterface(name: string, option: OptionNode): Iterable<Problem> {
  const isMisplaced = option.definitions.some(({ value }) => isOption(value));
  const suggestion = isMisplaced ? undefined : findSuggestion(name, MODULE_PARTS);
  const message = isMisplaced
    ? `The settings of a role are declared in \`options\`: write \`options.${name}\`.`
    : `An interface declares settings in \`options\`; it has no \`${name}\`.${suggestion === undefined ? "" : ` Did you mean \`${suggestion}\`?`}`;
  for (const node of namePlaces(option))
    yield at(
      node,
      message,
      isMisplaced ? replaceNameFix(node, `options.${name}`) : nameFixes(node, suggestion, MODULE_PARTS),
    );
}

const MODULE_PARTS = ["config", "freeformType", "imports", "options"];

function isOption(value: Outcome): boolean {
  const mark = value.type === "attrs" ? value.attrs.get("_type")?.value.value : undefined;
  return mark?.type === "string" && mark.value === "option";
}

/** Where a set has `config`, Nix takes it for a module in full form, and all else for mistakes. */
function* checkSyntax(option: OptionNode): Iterable<Problem> {
  for (const { attribute, origins } of option.problems) {
    if (attribute === undefined) continue;
    const message = `Beside \`config\` or \`options\`, \`${attribute}\` is no option: it belongs into \`config\`.`;
    for (const node of origins) yield at(node, message);
  }
}

/** The path with `<name>` for the names a person is free to choose. */
function schemaPath(path: readonly string[]): string {
  let type: OptionType | undefined = { kind: "submodule", options: clanOptions };
  const shown = path.map((name) => {
    while (
      type !== undefined &&
      (type.kind === "nullOr" || type.kind === "unique" || type.kind === "coercedTo")
    )
      type = type.kind === "coercedTo" ? type.to : type.of;
    if (type?.kind === "attrsOf") {
      type = type.of;
      return "<name>";
    }
    type = type?.kind === "submodule" ? type.options.options.get(name)?.type : undefined;
    return name;
  });
  return shown.join(".");
}
