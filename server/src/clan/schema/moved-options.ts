/**
 * Names people write where the clan has no such option, and where the thing is: it used to be there, or
 * is often looked for there. The key is the path with `<name>` for free names.
 *
 *   "inventory.machines.<name>.targetHost"  ->  write `deploy.targetHost` instead of `targetHost`
 */

export interface MovedOption {
  /** Sentence that says where the thing is. */
  readonly note: string;
  /** Attribute path to write instead of the name, if that is all there is to change. */
  readonly rename?: string;
}

export const movedOptions: Readonly<Record<string, MovedOption>> = {
  import: { note: "Modules are imported by `imports`.", rename: "imports" },
  instances: { note: "Instances are part of the inventory.", rename: "inventory.instances" },
  tags: { note: "Tags are part of the inventory.", rename: "inventory.tags" },
  services: { note: "Services are used by `inventory.instances` and defined in `modules`." },
  "secrets.sops": {
    note: "The groups are set in the configuration of the machines: `clan.core.sops.defaultGroups`.",
  },
  "vars.generators": {
    note: "Generators are set in the configuration of machines: `clan.core.vars.generators`.",
  },
  "inventory.machines.<name>.system": {
    note: "The system is set in the machine's configuration: `nixpkgs.hostPlatform`.",
  },
  "inventory.machines.<name>.roles": { note: "Machines are put into roles in `inventory.instances`." },
  "inventory.machines.<name>.modules": {
    note: "The configuration of a machine is in `machines.<name>`, or in `machines/<name>/configuration.nix`.",
  },
  ...deploy("targetHost"),
  ...deploy("buildHost"),
  ...deploy("forwardAgent"),
  "inventory.instances.<name>.roles.<name>.config": {
    note: "The settings of a role are in `settings`.",
    rename: "settings",
  },
  "inventory.instances.<name>.roles.<name>.machines.<name>.config": {
    note: "The settings of a machine are in `settings`.",
    rename: "settings",
  },
  "inventory.instances.<name>.settings": { note: "Settings belong to a role: `roles.<role>.settings`." },
  "inventory.instances.<name>.machines": { note: "Machines belong to a role: `roles.<role>.machines`." },
  "inventory.instances.<name>.tags": { note: "Tags belong to a role: `roles.<role>.tags`." },
  "inventory.instances.<name>.service": {
    note: "The service is named in `module`.",
    rename: "module.name",
  },
  "inventory.instances.<name>.enable": { note: "An instance that is written is used: leave it out." },
  "inventory.instances.<name>.name": { note: "The service is named in `module`.", rename: "module.name" },
  "inventory.instances.<name>.input": { note: "The input is named in `module`.", rename: "module.input" },
};

function deploy(name: string): Record<string, MovedOption> {
  return {
    [`inventory.machines.<name>.${name}`]: {
      note: "How a machine is deployed is set in `deploy`.",
      rename: `deploy.${name}`,
    },
  };
}
