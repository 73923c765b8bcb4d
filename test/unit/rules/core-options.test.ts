/** What machines set below `clan.core`, beside generators. */
import { test } from "vitest";
import { checkFindings } from "../helpers/check.ts";
import { FLAKE } from "../helpers/flakes.ts";

function machine(text: string, machineClass = "nixos"): string {
  return `${FLAKE}
    #- /clan.nix
    { meta.name = "x"; inventory.machines.web.machineClass = "${machineClass}"; }
    #- /machines/web/configuration.nix
    { config, lib, ... }: {
${text}
    }`;
}

test("values of a wrong type", async () => {
  await checkFindings(
    machine(`
      clan.core.vars.settings.secretStore = "vm";
    #                                       ^^^^ error[type-mismatch]: …one of "sops", "password-store", "age", "custom"…
      clan.core.sops.defaultGroups = "admins";
    #                                ^^^^^^^^ error[type-mismatch]: …list of string…
      clan.core.state.app.folders = "/var/lib/app";
    #                               ^^^^^^^^^^^^^^ error[type-mismatch]
      clan.core.state.app.preBackupScript = [ "dump" ];
    #                                       ^^^^^^^^^^ error[type-mismatch]
      clan.core.networking.forwardAgent = "yes";
    #                                     ^^^^^ error[type-mismatch]
      clan.core.deployment.requireExplicitUpdate = 1;
    #                                              ^ error[type-mismatch]
      clan.core.postgresql.databases.app.create.enable = "no";
    #                                                    ^^^^ error[type-mismatch]
      clan.core.vars.password-store.passCommand = "gopass";
    #                                             ^^^^^^^^ error[type-mismatch]
      clan.core.vars.age.secretLocation = "etc/age";
    #                                     ^^^^^^^^^ error[type-mismatch]`),
  );
});

test("names that are gone, and slips", async () => {
  await checkFindings(
    machine(`
      clan.core.facts.services.x = { };
    #           ^^^^^ error[removed-option]: …was removed. Write a generator…
      clan.core.secretStore = "sops";
    #           ^^^^^^^^^^^ error[removed-option]
      clan.core.vars.generators.a = { migrateFact = "a"; files.k = { }; script = "date > $out/k"; };
    #                                 ^^^^^^^^^^^ error[removed-option]
      clan.core.deployment.requireExplicitUpdates = true;
    #                      ^^^^^^^^^^^^^^^^^^^^^^ error[unknown-option]: …Did you mean \`requireExplicitUpdate\`?
      clan.core.networkin.targetHost = "root@web";
    #           ^^^^^^^^^ error[unknown-option]: …Did you mean \`networking\`?
      clan.core.state.app.folder = [ "/x" ];
    #                     ^^^^^^ error[unknown-option]: …Did you mean \`folders\`?`),
  );
});

test("silent: what is right, what others may declare, and an older clan-core", async () => {
  await checkFindings(
    machine(`
      imports = [ ./more.nix ];
      clan.core.networking.targetHost = lib.mkForce "root@web";
      clan.core.networking.buildHost = null;
      clan.core.state.app = { folders = [ "/srv" ]; preBackupScript = lib.mkBefore "a"; };
      clan.core.state.b = { folders = lib.optional config.services.x.enable "/b"; postRestoreScript = "b"; };
      clan.core.sops.defaultGroups = lib.mkIf config.services.x.enable [ "a" ];
      clan.core.vars.sops.secretUploadDirectory = "/var/lib/sops";
      clan.core.backups.providers.x = { list = "l"; create = "c"; restore = "r"; };
      clan.core.settings.state-version.enable = false;
      clan.core.enableRecommendedDefaults = false;
      clan.core.postgresql = { enable = true; databases.app.create.options.OWNER = "app"; users.app = { }; };
      services.x.folders = config.clan.core.state.unseen.folders ++ config.clan.core.state.app.folders;
      services.x.host = config.clan.core.networking.targetHost;
      services.x.on = lib.mkIf (config.clan.core.state ? unseen) (throw "never");`) +
      `
    #- /machines/web/more.nix
    { lib, ... }: {
      options.clan.core.state = lib.mkOption {
        type = lib.types.attrsOf (lib.types.submodule { options.useSnapshots = lib.mkOption { type = lib.types.bool; default = false; }; });
      };
      options.clan.core.mine.thing = lib.mkOption { type = lib.types.int; };
      config.clan.core.state.app.useSnapshots = true;
      config.clan.core.mine.thing = 1;
    }`,
  );
  await checkFindings(
    `${machine(`
      clan.core.facts.services.x = { };
      clan.core.vars.generators.a = { migrateFact = "a"; files.k = { }; script = "date > $out/k"; };`)}
    #- /flake.lock
    { "nodes": { "root": { "inputs": { "clan-core": "clan-core" } },
      "clan-core": { "locked": { "type": "git", "url": "https://git.clan.lol/clan/clan-core", "lastModified": 1770000000 } } }, "root": "root", "version": 7 }`,
  );
  await checkFindings(machine(`      clan.core.networking.extraHosts.mesh = "::1 web";`, "darwin"));
});
