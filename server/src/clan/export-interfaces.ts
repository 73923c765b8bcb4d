/**
 * The interfaces that the services of a clan export by: clan's own, and those of the option `exportInterfaces`.
 *
 *   exportInterfaces.metrics = { lib, ... }: { options.port = lib.mkOption { … }; };   ->   metrics { port }, peer { … }, …
 */
import { evaluateModules } from "../modules/evaluate.ts";
import type { OptionNode } from "../modules/option-node.ts";
import type { Option, OptionSet } from "../modules/option-type.ts";
import { originsOf, toModules } from "./definitions.ts";
import { exportInterfaces, interfaceOption } from "./schema/export-interfaces.ts";
import type { ModuleEvaluation } from "./service-module.ts";

/** Each interface as the option it is of an export. Open if there may be more of them. */
export function collectExportInterfaces(tree: OptionNode, evaluation: ModuleEvaluation): OptionSet {
  const declared = tree.child("exportInterfaces");
  const options = new Map(exportInterfaces.options);
  for (const [name, option] of declared?.children() ?? [])
    options.set(name, readInterface(option, exportInterfaces.options.get(name), evaluation));
  const open = (tree.open ?? declared?.open)?.reason;
  return open === undefined ? { options } : { options, open };
}

/** `bundled`: the one of clan that it adds to. */
function readInterface(
  option: OptionNode,
  bundled: Option | undefined,
  { runner, lib }: ModuleEvaluation,
): Option {
  const modules = toModules(option);
  const inner = bundled?.type.kind === "nullOr" ? bundled.type.of : undefined;
  const base = inner?.kind === "submodule" ? inner.options : { options: new Map() };
  const declared = evaluateModules(runner, { modules, options: base, lib }).declared();
  const description = bundled?.description ?? "An interface of this clan.";
  const type = { kind: "submodule", options: declared, modules, base } as const;
  return { ...interfaceOption(type, description), declared: originsOf(option) };
}
