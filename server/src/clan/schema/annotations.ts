/**
 * What we say by hand about the clan's options: a description in one line, what names and strings
 * stand for, what was deprecated or removed, and types the generated facts cannot express. The key is
 * the option's path with `<name>` for free names.
 *
 *   "inventory.machines.<name>.tags"  ->  { description: "Groups this machine …", strings: "tag" }
 *
 * Types and defaults come from the catalogue (`catalogue/clan-options.json`).
 */
import type { Annotation } from "../catalogue/read.ts";
import { tagsFromList, unchanged } from "./coercions.ts";

const role = "inventory.instances.<name>.roles.<name>";

const meta = (prefix: string): Record<string, Annotation> => ({
  [`${prefix}.name`]: { description: "Name of the clan: letters, digits, `_` and `-`, unique in the world." },
  [`${prefix}.description`]: { description: "What the clan is for, in a sentence." },
  [`${prefix}.icon`]: { description: "Picture that stands for the clan in user interfaces." },
  [`${prefix}.domain`]: { description: "Domain under which the machines are reached: `<machine>.<domain>`." },
  [`${prefix}.tld`]: {
    description: "Former name of `meta.domain`.",
    deprecated: "Use `meta.domain`.",
  },
});

export const annotations: Readonly<Record<string, Annotation>> = {
  ...meta("meta"),
  meta: { usual: true, description: "Name, domain and description of the clan.", fullModule: true },

  inventory: {
    usual: true,
    description: "The machines, and which services run on which of them in which role.",
    fullModule: true,
  },
  "inventory.meta": {
    rare: true,
    description: "The clan's `meta`, seen from the inventory; set `meta` itself.",
    fullModule: true,
  },
  ...meta("inventory.meta"),

  "inventory.machines": {
    usual: true,
    description: "The machines of the clan by name.",
    keys: "machine",
    fullModule: true,
  },
  "inventory.machines.<name>.name": {
    rare: true,
    description: "The machine's name; the attribute name unless set.",
  },
  "inventory.machines.<name>.description": { description: "What the machine is for, in a sentence." },
  "inventory.machines.<name>.icon": {
    description: "Picture that stands for the machine in user interfaces.",
  },
  "inventory.machines.<name>.machineClass": {
    description: "The system the machine runs: NixOS, or macOS with nix-darwin.",
  },
  "inventory.machines.<name>.tags": {
    usual: true,
    description: "Groups the machine belongs to; a role can name a tag instead of machines.",
    strings: "tag",
  },
  "inventory.machines.<name>.installedAt": {
    rare: true,
    description: "When the machine was installed, in seconds since 1970; written by the clan command.",
  },
  "inventory.machines.<name>.deploy": { usual: true, description: "How the machine is reached and built." },
  "inventory.machines.<name>.deploy.targetHost": {
    usual: true,
    description: "SSH address the machine is deployed to, such as `root@web.example.org`.",
    strings: "host",
  },
  "inventory.machines.<name>.deploy.buildHost": {
    description: "SSH address of the host that builds the machine's system.",
    strings: "host",
  },
  "inventory.machines.<name>.deploy.forwardAgent": {
    description: "Whether to forward the SSH agent when deploying this machine; null: as the machine says.",
  },

  "inventory.tags": {
    description: "Tags given to machines from outside; may be a function of `{ config, machines, ... }`.",
    keys: "tag",
    strings: "machine",
    fullModule: true,
  },
  "inventory.tags.all": { description: "Every machine of the clan.", strings: "machine" },
  "inventory.tags.nixos": {
    description: 'Every machine whose `machineClass` is `"nixos"`.',
    strings: "machine",
  },
  "inventory.tags.darwin": {
    description: 'Every machine whose `machineClass` is `"darwin"`.',
    strings: "machine",
  },

  "inventory.instances": {
    usual: true,
    description: "The services that run in the clan; each instance is one use of a service.",
    keys: "instance",
    fullModule: true,
  },
  "inventory.instances.<name>.module": { usual: true, description: "Which service this is an instance of." },
  "inventory.instances.<name>.module.name": {
    description: "Name of the service; the instance's name unless set.",
    strings: "service",
  },
  "inventory.instances.<name>.module.input": {
    description:
      'Where the service comes from: null for clan-core, `"self"` for this flake, or a flake input.',
    strings: "input",
  },
  "inventory.instances.<name>.roles": {
    usual: true,
    description: "Which machines take part, in which role of the service.",
    keys: "role",
  },
  [`${role}.machines`]: { usual: true, description: "Machines in this role, by name.", keys: "machine" },
  [`${role}.machines.<name>.settings`]: { description: "Settings for this machine alone." },
  [`${role}.tags`]: {
    usual: true,
    description: "Tags whose machines are in this role: a list of tags, or tags with settings.",
    keys: "tag",
    strings: "tag",
    coerce: tagsFromList,
  },
  [`${role}.tags.<name>.settings`]: { description: "Settings for the machines with this tag." },
  [`${role}.settings`]: { usual: true, description: "Settings for every machine in this role." },
  [`${role}.extraModules`]: {
    description: "Modules imported by every machine in this role.",
    // Declared as raw values, but each one is handed to an option of this type.
    type: { kind: "listOf", of: { kind: "deferredModule" } },
  },
  "inventory.modules": {
    description: "Accepted and thrown away.",
    deprecated: "It has no effect. Declare services in `modules` of the clan.",
  },
  "inventory.services": {
    description: "Services of the inventory before there were instances.",
    removed: "Write `inventory.instances` instead.",
  },

  machines: {
    usual: true,
    description: "Configuration of each machine, as a NixOS or nix-darwin module.",
    keys: "machine",
  },
  modules: { description: "Services this flake defines, by name.", keys: "service" },
  deprecatedModules: {
    rare: true,
    description: "Names in `modules` that only tell people where a service went.",
  },
  self: { description: "The flake the clan is part of." },
  directory: {
    rare: true,
    description: "Folder of the clan, with `machines/`, `vars/` and `inventory.json`.",
    coerce: unchanged,
  },
  varsDirectory: {
    rare: true,
    description: "Folder public vars are read from before `directory`; used by tests.",
  },
  specialArgs: { description: "Further arguments for the modules of every machine." },
  pkgsForSystem: {
    rare: true,
    description: "From a system to the package set for it; null: the default of nixpkgs.",
  },
  templates: { description: "Templates this flake offers to `clan init` and `clan templates apply`." },
  "templates.clan": { description: "Templates of whole clans." },
  "templates.clan.<name>.description": { description: "What the template gives." },
  "templates.clan.<name>.path": { description: "Folder that is copied." },
  "templates.disko": { description: "Templates of disk layouts." },
  "templates.disko.<name>.description": { description: "What the template gives." },
  "templates.disko.<name>.path": { description: "Folder that is copied." },
  "templates.machine": { description: "Templates of machines." },
  "templates.machine.<name>.description": { description: "What the template gives." },
  "templates.machine.<name>.path": { description: "Folder that is copied." },
  secrets: { description: "How secrets are encrypted." },
  "secrets.age": { description: "Settings of age." },
  "secrets.age.plugins": {
    description: "Plugins age needs here: packages of nixpkgs (`age-plugin-yubikey`) or `flake#package`.",
  },
  vars: { description: "How generated values are stored." },
  "vars.settings": { description: "The stores of secret and public vars.", fullModule: true },
  "vars.settings.secretStore": { description: "Where secret vars are kept." },
  "vars.settings.publicStore": { description: "Where public vars are kept." },
  "vars.settings.recipients": { description: "Keys that secrets are encrypted for (age store)." },
  "vars.settings.recipients.default": { description: "Recipients of hosts that have none of their own." },
  "vars.settings.recipients.hosts": { description: "Recipients by machine.", keys: "machine" },
  "vars.settings.fileModule": {
    description: "Module that every generated file is evaluated with; set by the stores.",
    internal: true,
    type: { kind: "deferredModule" },
  },
  checks: { rare: true, description: "Conditions that must hold; the evaluation stops where one does not." },
  "checks.<name>.assertion": { description: "The condition; it can be set only once." },
  "checks.<name>.message": { description: "Shown when the condition does not hold." },
  "checks.<name>.ignore": { description: "Whether to skip the check." },
  exports: {
    rare: true,
    description: "What services publish for other services, by scope.",
    // Each scope is a module of the export interfaces, which services can add to.
    type: { kind: "attrsOf", of: { kind: "deferredModule" }, lazy: true },
  },
};
