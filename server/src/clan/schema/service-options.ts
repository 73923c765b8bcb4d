/**
 * What a service (a module of class `clan.service`) declares, as far as its instances need it.
 *
 *   { manifest.constraints.maxInstances = 1; roles.peer.interface = …; }
 */
import type { Option, OptionSet, OptionType } from "../../modules/option-type.ts";

const count: OptionType = { kind: "nullOr", of: { kind: "int", min: 0 } };
const text: OptionType = { kind: "str" };
const texts: OptionType = { kind: "listOf", of: text };
const module: OptionType = { kind: "deferredModule" };

const manifest = group({
  name: text,
  description: text,
  readme: text,
  categories: texts,
  exports: group({ inputs: texts, out: texts }),
  constraints: group({
    maxInstances: count,
    roles: attrsOf(submodule({ minMachines: count, maxMachines: count })),
  }),
});

const role = submodule({ description: { kind: "nullOr", of: text }, interface: module, perInstance: module });

/** Whatever else a service sets is its own affair. */
export const serviceOptions: OptionSet = {
  options: optionsOf({ manifest, roles: attrsOf(role), perMachine: module }),
  freeform: { kind: "anything" },
};

function optionsOf(types: Readonly<Record<string, OptionType>>): ReadonlyMap<string, Option> {
  return new Map(Object.entries(types).map(([name, type]) => [name, { type, required: false }]));
}

function group(types: Readonly<Record<string, OptionType>>): OptionType {
  return { kind: "submodule", group: true, options: { options: optionsOf(types) } };
}

function submodule(types: Readonly<Record<string, OptionType>>): OptionType {
  return { kind: "submodule", options: { options: optionsOf(types) } };
}

function attrsOf(of: OptionType): OptionType {
  return { kind: "attrsOf", of };
}
