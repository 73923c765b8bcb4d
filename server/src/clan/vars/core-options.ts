/**
 * The options `clan.core.*` that clan-core declares for machines, beside the generators of vars and what clan gives a
 * value for (machine-options.ts). From clan-core's nixosModules/clanCore and darwinModules.
 *
 *   clan.core.sops.defaultGroups = [ "admins" ];   ->   a list of strings
 */
import type { Option, OptionType } from "../../modules/option-type.ts";
import { eager } from "../../nix/builtins/define.ts";
import { unknown } from "../../nix/make.ts";
import { Thunk } from "../../nix/thunk.ts";
import type { Value } from "../../nix/value.ts";

const text: OptionType = { kind: "str" };
const truth: OptionType = { kind: "bool" };
const folder: OptionType = { kind: "path" };
const lines: OptionType = { kind: "str", separator: "\n" };
const texts: OptionType = { kind: "listOf", of: text };
const optional = (of: OptionType): OptionType => ({ kind: "nullOr", of });

const REASON = "other modules of the machine may say so";

const unseen = { defaultValue: Thunk.of(unknown(REASON)) };

/** What is defined here is not all there is: modules that are not seen may add to it. */
const open = Thunk.of(
  eager(
    "withOthers",
    (value): Value =>
      value.type === "attrs" || value.type === "list"
        ? { ...value, open: value.open ?? unknown(REASON) }
        : value,
  ),
);

const state = submodule({
  name: option(
    { kind: "str", pattern: "^[a-zA-Z0-9_-]+$" },
    "Name of the state; the attribute's unless set.",
  ),
  folders: option(texts, "Folders that are backed up and restored."),
  preBackupScript: option(
    optional(lines),
    "Runs before the folders are backed up, such as to dump a database.",
    "null",
  ),
  postBackupScript: option(optional(lines), "Runs after the folders were backed up.", "null"),
  preRestoreScript: option(
    optional(lines),
    "Runs before the folders are restored, such as to stop a service.",
    "null",
  ),
  postRestoreScript: option(optional(lines), "Runs after the folders were restored.", "null"),
  preBackupCommand: readOnly("Command that backup providers run before a backup."),
  postBackupCommand: readOnly("Command that backup providers run after a backup."),
  preRestoreCommand: readOnly("Command that backup providers run before restoring."),
  postRestoreCommand: readOnly("Command that backup providers run after restoring."),
});

const provider = submodule({
  name: option(text, "Name of the provider; the attribute's unless set."),
  list: option(text, "Command that lists the backups."),
  create: option(text, "Command that starts a backup."),
  restore: option(text, "Command that restores a backup: `$NAME` is the backup, `$FOLDERS` what to restore."),
});

const database = submodule({
  name: option(text, "Name of the database; the attribute's unless set."),
  service: option(text, "Service the database belongs to; the attribute's name unless set."),
  create: group({
    enable: option(truth, "Whether the database is created where it is missing.", "true"),
    options: option({ kind: "attrsOf", of: text, lazy: true }, "Options of `CREATE DATABASE`.", "{ }"),
  }),
  restore: group({
    stopOnRestore: option(texts, "Services that are stopped while the database is restored.", "[ ]"),
  }),
});

/** Beside `vars.generators` and `settings`. */
export function coreOptions(machineClass: "nixos" | "darwin"): Readonly<Record<string, Option>> {
  return {
    state: many(state, "Folders and scripts that belong to a backup, by name."),
    sops: group({
      defaultGroups: option(texts, "Groups that secrets are encrypted for where none are named.", "[ ]"),
    }),
    networking: group({
      targetHost: option(optional(text), "Where the machine is reached by SSH: `user@host:port`."),
      buildHost: option(optional(text), "Machine that builds the system, by SSH; null: the target.", "null"),
      forwardAgent: option(
        truth,
        "Whether the keys of your SSH agent are forwarded when deploying.",
        "false",
      ),
      deploymentAddress: {
        ...option(optional(text), "Former name of `targetHost`."),
        deprecated: "Use `targetHost`.",
        internal: true,
      },
      internalListenAddresses: option(texts, "Addresses that services of the clan listen on.", "[ ]"),
      ...(machineClass === "darwin" && {
        extraHosts: option(
          { kind: "attrsOf", of: lines },
          "Further entries of /etc/hosts, by section.",
          "{ }",
        ),
      }),
    }),
    deployment: group({
      requireExplicitUpdate: option(
        truth,
        "Whether `clan machines update` leaves the machine out unless it is named.",
        "false",
      ),
    }),
    backups: group({ providers: many(provider, "What makes backups of this machine, by name.") }),
    facts: gone("Write a generator: `clan.core.vars.generators`."),
    secretStore: gone("Write `vars.settings.secretStore` of the clan instead."),
    secretsPrefix: gone("Take it away."),
    secretsDirectory: gone("Take it away."),
    secretsUploadDirectory: gone("Write `clan.core.vars.sops.secretUploadDirectory` instead."),
    clanPkgs: { type: { kind: "raw" }, required: false, internal: true },
    ...(machineClass === "nixos" && {
      image: { type: { kind: "anything" }, required: false, internal: true },
      postgresql: group({
        enable: option(truth, "Whether PostgreSQL runs, with backups of its databases.", "false"),
        databases: many(database, "Databases that are created, backed up and restored."),
        users: many(
          submodule({ name: option(text, "Name of the user; the attribute's unless set.") }),
          "Users that are created.",
        ),
      }),
    }),
  };
}

/** Beside `generators`. */
export const varsOptions: Readonly<Record<string, Option>> = {
  settings: group({
    secretStore: option(
      { kind: "enum", values: ["sops", "password-store", "age", "custom"] },
      "Where secret vars are kept; set `vars.settings.secretStore` of the clan instead.",
    ),
    publicStore: option({ kind: "enum", values: ["in_repo"] }, "Where public vars are kept."),
    secretModule: { type: text, required: false, internal: true, ...unseen },
    publicModule: { type: text, required: false, internal: true, ...unseen },
    fileModule: { type: { kind: "deferredModule" }, required: false, internal: true, ...unseen },
    recipients: option({ kind: "anything" }, "Keys that secrets are encrypted for (age store)."),
    stores: { type: { kind: "anything" }, required: false, internal: true, ...unseen },
    publicStores: { type: { kind: "anything" }, required: false, internal: true, ...unseen },
  }),
  age: group({ secretLocation: option(folder, "Where the machine's age key is put.", '"/etc/secret-vars"') }),
  sops: group({
    secretUploadDirectory: option(folder, "Where the machine's keys are put.", '"/var/lib/sops-nix"'),
  }),
  "password-store": group({
    secretLocation: option(folder, "Where the secrets are put.", '"/etc/secret-vars"'),
    passCommand: option(
      { kind: "enum", values: ["pass", "passage"] },
      "Program that keeps the passwords.",
      '"passage"',
    ),
  }),
  enableConsistencyCheck: { type: truth, required: false, internal: true, ...unseen },
};

function option(type: OptionType, description: string, shown?: string): Option {
  return { type, description, required: false, ...(shown && { default: shown }), apply: open, ...unseen };
}

function many(of: OptionType, description: string): Option {
  return option({ kind: "attrsOf", of }, description, "{ }");
}

function gone(removed: string): Option {
  return { type: { kind: "raw" }, required: false, internal: true, removed };
}

function readOnly(description: string): Option {
  return { ...option(optional(text), description), readOnly: true };
}

function submodule(options: Readonly<Record<string, Option>>): OptionType {
  return { kind: "submodule", options: { options: new Map(Object.entries(options)) } };
}

function group(options: Readonly<Record<string, Option>>): Option {
  const type: OptionType = {
    kind: "submodule",
    group: true,
    options: { options: new Map(Object.entries(options)) },
  };
  return { type, required: false };
}
