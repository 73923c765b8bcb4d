/**
 * Settings that are no plain data: the clan command reads and writes them as JSON.
 *
 *   settings = { lib, ... }: { };            ->   error at `{ lib, ... }`
 *   settings.imports = [ ./settings.nix ];   ->   error at `imports`
 */
import type { Clan } from "../clan/model.ts";
import { settingsOf } from "../clan/settings.ts";
import type { Definition, OptionNode } from "../modules/option-node.ts";
import { optionsBelow } from "../modules/options-below.ts";
import type { Snapshot } from "../project/snapshot.ts";
import type { Node } from "../syntax/ast.ts";
import { findDataFix } from "./fix/data-fix.ts";
import { at } from "./parts/place.ts";
import { namePlaces, sureDefinitions, valuePlace } from "./parts/written.ts";
import type { Problem, Rule } from "./rule.ts";
import type { Look } from "./run/look.ts";

const notData =
  "Settings must be plain data, but this is a function. What needs one belongs into `extraModules` of the role.";
const noImports =
  "Settings cannot have `imports`. Write the settings themselves, or import modules with `extraModules` of the role.";

export const notSerializable: Rule = {
  code: "not-serializable",
  severity: "error",
  summary: "Settings are or contain a function, or have `imports`.",
  checkClan: (clan: Clan, _: Snapshot, look: Look) =>
    look.inInstances(clan, function* ({ roles }) {
      for (const role of roles.values())
        for (const settings of settingsOf(role.option)) yield* checkSettings(settings);
    }),
};

function* checkSettings(settings: OptionNode): Iterable<Problem> {
  const imports = settings.child("imports");
  if (imports !== undefined) for (const node of namePlaces(imports)) yield at(node, noImports);
  yield* checkData(settings);
}

/** Of one role or machine: a hundred times what a large one has. */
const MAX_SETTINGS = 10_000;

function* checkData(settings: OptionNode): Iterable<Problem> {
  for (const option of optionsBelow(settings, isNotText, MAX_SETTINGS))
    for (const definition of sureDefinitions(option)) {
      const node = isFunction(definition) ? valuePlace(definition) : undefined;
      if (node === undefined) continue;
      const fix = findDataFix(option, node);
      yield at(functionHead(node), notData, { fixes: fix && [fix] });
    }
}

/** Sets with these are turned into the string they stand for. */
function isNotText(option: OptionNode): boolean {
  return option.child("outPath") === undefined && option.child("__toString") === undefined;
}

function isFunction({ value }: Definition): boolean {
  return value.type === "lambda" || value.type === "builtin";
}

/** A function's parameter tells it apart well enough; its body can be long. */
function functionHead(node: Node): Node {
  return node.kind === "lambda" ? node.param : node;
}
