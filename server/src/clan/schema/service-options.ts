/**
 * What a service (a module of class `clan.service`) declares, as far as its instances need it and its author
 * is helped. (clan-core's lib/inventory/distributed-service/service-module.nix.)
 *
 *   { manifest.constraints.maxInstances = 1; roles.peer.interface = …; }
 */
import type { Option, OptionSet, OptionType } from "../../modules/option-type.ts";

const count: OptionType = { kind: "nullOr", of: { kind: "int", min: 0 } };
const text: OptionType = { kind: "str" };
const interfaces: OptionType = { kind: "listOf", of: { kind: "str", meaning: "interface" } };
const module: OptionType = { kind: "deferredModule" };

/** Categories a service may be in: those of desktop entries, and `Social` and `Uncategorized`. */
const categories = [
  "Audio",
  "AudioVideo",
  "Desktop",
  "Development",
  "Education",
  "Game",
  "Graphics",
  "Network",
  "Office",
  "Science",
  "Settings",
  "Social",
  "System",
  "Uncategorized",
  "Utility",
  "Video",
] as const;

const manifest = group({
  name: option(text, "Name of the service, such as `@me/web`.", { required: true }),
  description: option(text, "What the service does, in a sentence.", { usual: true }),
  readme: option(text, "How it is used, in Markdown; clan warns where it is missing.", { usual: true }),
  categories: option(
    { kind: "listOf", of: { kind: "enum", values: categories } },
    "What kind of service it is.",
    { default: '[ "Uncategorized" ]' },
  ),
  exports: option(
    group({
      inputs: option(interfaces, "Interfaces of other services' exports that it reads."),
      out: option(interfaces, "Interfaces it exports by: those that are not named here it cannot export."),
    }),
    "What it exchanges with other services.",
  ),
  constraints: option(
    group({
      maxInstances: option(count, "How many instances a clan may have; null: any number.", {
        default: "null",
      }),
      roles: option(
        attrsOf(
          submodule({
            minMachines: option(count, "How few machines the role may have.", { default: "null" }),
            maxMachines: option(count, "How many machines the role may have.", { default: "null" }),
          }),
        ),
        "Limits for the number of machines, by role.",
      ),
    }),
    "Limits that are checked before vars are generated.",
  ),
});

const role = submodule({
  description: option({ kind: "nullOr", of: text }, "What machines in this role do.", { usual: true }),
  interface: option(module, "A module whose options are the role's settings.", { usual: true }),
  perInstance: option(
    module,
    "What each instance brings to a machine in this role: a function to `nixosModule`, `darwinModule` and `exports`.",
    { usual: true },
  ),
});

/** What clan itself sets of a service, and reads of it. */
const internal: Option = { type: { kind: "raw" }, required: false, internal: true };

export const serviceOptions: OptionSet = {
  options: new Map([
    ["manifest", option(manifest, "What the service is.", { usual: true })],
    ["roles", option(attrsOf(role), "The roles machines can have in an instance, by name.", { usual: true })],
    [
      "perMachine",
      option(
        module,
        "What all instances together bring to a machine: a function to `nixosModule` and others.",
      ),
    ],
    ["instances", internal],
    ["exports", internal],
    ["result", internal],
    ["_docs_rendering", internal],
  ]),
};

/** What `perInstance` and `perMachine` answer. `interfaces`: what services may export, by name. */
export function behaviourOptions(interfaces: OptionSet): OptionSet {
  // The manifest of the service says which of them it has.
  const exported: OptionType = {
    kind: "submodule",
    options: { ...interfaces, open: "the manifest names the interfaces" },
  };
  const options = new Map([
    [
      "nixosModule",
      option(module, "A module for the machine, if it runs NixOS; `pkgs` is an argument of this one.", {
        usual: true,
      }),
    ],
    ["darwinModule", option(module, "A module for the machine, if it runs macOS.")],
    [
      "exports",
      option(
        { kind: "attrsOf", of: exported, lazy: true },
        "What it offers to other services. `mkExports` makes it of values by interface, those that `manifest.exports.out` names.",
      ),
    ],
  ]);
  return { options };
}

function option(type: OptionType, description: string, rest: Partial<Option> = {}): Option {
  return { type, description, required: false, ...rest };
}

function group(options: Readonly<Record<string, Option>>): OptionType {
  return { kind: "submodule", group: true, options: { options: new Map(Object.entries(options)) } };
}

function submodule(options: Readonly<Record<string, Option>>): OptionType {
  return { kind: "submodule", options: { options: new Map(Object.entries(options)) } };
}

function attrsOf(of: OptionType): OptionType {
  return { kind: "attrsOf", of };
}
