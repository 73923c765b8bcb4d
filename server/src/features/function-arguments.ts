/**
 * What clan gives the functions it calls, by the option whose value the function is.
 *
 *   perInstance = { settings, ... }: { … }   ->   settings, machine, roles, instanceName, …
 *   tags = { machines, ... }: { … }          ->   machines, config
 */
import type { OptionNode } from "../modules/option-node.ts";

const shared: Readonly<Record<string, string>> = {
  machine: "the machine: its `name` and its `roles` in the instance",
  meta: "the clan's `meta`",
  exports: "what other services export",
  mkExports: "puts exports in the name of this instance and machine",
};
const perInstance: Readonly<Record<string, string>> = {
  settings: "the settings of the machine in this role",
  roles: "all roles of the instance, with their machines and settings",
  instanceName: "the name of the instance",
  extendSettings: "the settings again, with the further definitions of a module",
  ...shared,
};
const perMachine: Readonly<Record<string, string>> = {
  instances: "the instances the machine takes part in",
  ...shared,
};
export const moduleArguments: Readonly<Record<string, string>> = {
  config: "the values of all options",
  lib: "the library of nixpkgs",
  options: "the declarations of all options",
};
export const machineModuleArguments: Readonly<Record<string, string>> = {
  ...moduleArguments,
  pkgs: "the packages of nixpkgs",
};
const serviceModule: Readonly<Record<string, string>> = {
  ...moduleArguments,
  clanLib: "the library of clan, which selects exports and reads public vars",
  directory: "the folder of the clan, with its vars",
  meta: "the clan's `meta`",
  exports: "what other services export",
};
const tagFunction: Readonly<Record<string, string>> = {
  machines: "the machines of the inventory",
  config: "the tags themselves",
};

/** From the argument's name to what it is, in words that go on a sentence. */
export function argumentsOf({ path }: OptionNode): Readonly<Record<string, string>> {
  const last = path.at(-1);
  if (last === "perInstance") return perInstance;
  if (last === "perMachine") return perMachine;
  if (path.join(".") === "inventory.tags") return tagFunction;
  if (path.length === 2 && path[0] === "modules") return serviceModule;
  return last === "interface" || path.length === 0 ? moduleArguments : machineModuleArguments;
}
