/**
 * The option tree `clan.*`: what a clan may say, as data.
 *
 *   clanOptions.options.get("machines")  ->  { type: attrsOf deferredModule, keyMeaning "machine", … }
 */
import type { Option, OptionSet } from "../../modules/option-type.ts";
import generated from "../catalogue/clan-options.json" with { type: "json" };
import { type OptionsJson, readOptionSet } from "../catalogue/read.ts";
import { annotations } from "./annotations.ts";

/**
 * Options clan-core declares for its own use and hides from its documentation. Defining one is no
 * mistake we could judge, but nobody is offered them.
 */
const internalNames = [
  "_allMachines",
  "_dependencies",
  "_prefix",
  "_services",
  "clanInternals",
  "darwinConfigurations",
  "darwinModules",
  "nixosConfigurations",
  "nixosModules",
  "outputs",
] as const;
const internalInventoryNames = ["_inventoryFile", "assertions", "noInstanceOptions", "options"] as const;

const internal: Option = { type: { kind: "anything" }, required: false, internal: true };

export const clanOptions: OptionSet = withInternal(
  readOptionSet(generated.options as unknown as OptionsJson, (path) => annotations[path]),
);

function withInternal(clan: OptionSet): OptionSet {
  const options = new Map(clan.options);
  for (const name of internalNames) options.set(name, internal);
  options.set("exportInterfaces", {
    type: { kind: "attrsOf", of: { kind: "deferredModule" }, keyMeaning: "interface" },
    description:
      "Interfaces that services export by, beside those of clan: modules that declare options, by name.",
    required: false,
    rare: true,
  });
  // Text of it must be an absolute path, too, whatever else is converted to one.
  const directory = options.get("directory");
  if (directory !== undefined) options.set("directory", { ...directory, type: { kind: "path" } });
  const inventory = options.get("inventory");
  if (inventory?.type.kind === "submodule")
    options.set("inventory", {
      ...inventory,
      type: { kind: "submodule", options: withRemoved(inventory.type.options) },
    });
  return { ...clan, options };
}

function withRemoved(inventory: OptionSet): OptionSet {
  const options = new Map(inventory.options);
  for (const name of internalInventoryNames) options.set(name, internal);
  options.set("services", { ...annotations["inventory.services"], type: { kind: "raw" }, required: false });
  return { ...inventory, options };
}
