/** Options that clan-core declares for machines, as they are offered: all that people set, nothing of clan's own inside. */
import { expect, test } from "vitest";
import { completionLabels } from "./check-completion.ts";

function offered(path: string, machineClass: string): Promise<string[]> {
  return completionLabels(`
    #- /clan/clan.nix
    { inventory.machines.web.machineClass = "${machineClass}"; }
    #- /clan/machines/web/configuration.nix
    { config, lib, ... }: { clan.core.${path}$0 = 1; }`);
}

const shared = {
  "vars.": "age generators password-store settings sops",
  "vars.settings.": "publicStore recipients secretStore",
  "vars.age.": "secretLocation",
  "vars.sops.": "secretUploadDirectory",
  "vars.password-store.": "passCommand secretLocation",
  "vars.generators.x.": "dependencies files prompts runtimeInputs script share validation",
  "vars.generators.x.files.y.": "secret deploy group mode neededFor owner restartUnits",
  "vars.generators.x.prompts.y.": "description persist type display",
  "sops.": "defaultGroups",
  "deployment.": "requireExplicitUpdate",
  "state.x.": "folders name postBackupScript postRestoreScript preBackupScript preRestoreScript",
  "backups.providers.x.": "create list name restore",
  "settings.": "machine-id state-version",
  "settings.state-version.": "enable",
  "settings.machine-id.": "enable",
};

const nixos = {
  "": "vars backups deployment enableRecommendedDefaults networking postgresql settings sops state",
  "networking.": "buildHost forwardAgent internalListenAddresses targetHost",
  "postgresql.": "databases enable users",
  "postgresql.databases.x.": "create name restore service",
  "postgresql.databases.x.create.": "enable options",
  "postgresql.databases.x.restore.": "stopOnRestore",
  "postgresql.users.x.": "name",
};

const darwin = {
  "": "vars backups deployment enableRecommendedDefaults networking settings sops state",
  "networking.": "buildHost extraHosts forwardAgent internalListenAddresses targetHost",
  "postgresql.": "",
  "postgresql.users.x.": "",
};

const cases = [
  ...Object.entries({ ...shared, ...nixos }).map(([path, labels]) => ["nixos", path, labels]),
  ...Object.entries({ ...shared, ...darwin }).map(([path, labels]) => ["darwin", path, labels]),
];

test.each(cases)("%s: clan.core.%s", async (machineClass = "", path = "", labels) => {
  expect((await offered(path, machineClass)).join(" ")).toBe(labels);
});
