/** What machines set below `clan.core`, beside generators. */
import { expect, test } from "vitest";
import { checkFindings, findingTexts } from "../helpers/check.ts";
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

/** Each option with a value of another type. */
const wrong = {
  "state.x.name": '"a b"',
  "state.x.folders": '"/srv"',
  "state.x.preBackupScript": "[ ]",
  "state.x.postBackupScript": "[ ]",
  "state.x.preRestoreScript": "[ ]",
  "state.x.postRestoreScript": "[ ]",
  "backups.providers.x.name": "1",
  "backups.providers.x.list": "[ ]",
  "backups.providers.x.create": "[ ]",
  "backups.providers.x.restore": "[ ]",
  "sops.defaultGroups": '"admins"',
  "networking.targetHost": "[ ]",
  "networking.buildHost": "1",
  "networking.forwardAgent": '"yes"',
  "networking.deploymentAddress": "1",
  "networking.internalListenAddresses": '"::1"',
  "deployment.requireExplicitUpdate": "1",
  "postgresql.enable": "1",
  "postgresql.databases.x.name": "1",
  "postgresql.databases.x.service": "1",
  "postgresql.databases.x.create.enable": "1",
  "postgresql.databases.x.create.options.OWNER": "1",
  "postgresql.databases.x.restore.stopOnRestore": '"a"',
  "postgresql.users.x.name": "1",
  "settings.state-version.enable": "1",
  "settings.machine-id.enable": "1",
  enableRecommendedDefaults: "1",
  "vars.enableConsistencyCheck": "1",
  "vars.settings.secretStore": '"vm"',
  "vars.settings.publicStore": '"vm"',
  "vars.settings.secretModule": "1",
  "vars.settings.publicModule": "1",
  "vars.age.secretLocation": '"etc"',
  "vars.sops.secretUploadDirectory": '"etc"',
  "vars.password-store.secretLocation": '"etc"',
  "vars.password-store.passCommand": '"gopass"',
  "vars.generators.g.share": "1",
  "vars.generators.g.dependencies": '"a"',
  "vars.generators.g.prompts.p.type": '"word"',
  "vars.generators.g.prompts.p.description": "1",
  "vars.generators.g.prompts.p.persist": "1",
  "vars.generators.g.files.f.secret": "1",
  "vars.generators.g.files.f.deploy": "1",
  "vars.generators.g.files.f.owner": "1",
  "vars.generators.g.files.f.group": "1",
  "vars.generators.g.files.f.mode": "1",
  "vars.generators.g.files.f.neededFor": '"boot"',
  "vars.generators.g.files.f.restartUnits": '"a"',
};

test.each(Object.entries(wrong))("clan.core.%s is not %s", async (path, value) => {
  const found = await findingTexts(machine(`      clan.core.${path} = ${value};`));
  expect(found).toContain(`type-mismatch: ${value}`);
});

const paths = [
  ...Object.keys(wrong),
  "vars.settings.recipients",
  "vars.settings.stores",
  "clanPkgs",
  "postgresql.image",
];
const onceSet = paths.filter((path) => !path.includes(".x.") && !path.includes("generators."));

test.each(onceSet)(
  "nothing is said of code that reads clan.core.%s: other modules may set it",
  async (path) => {
    const read = `config.clan.core.${path}`;
    const texts = `      services.x.a = ${read}; services.x.b = lib.mkIf (${read} == 1) (${read}.typo); services.x.c = "\${${read}}";`;
    expect(await findingTexts(machine(texts))).toEqual([]);
  },
);

/** A machine of each system, and what is written for it. */
const systems = (nixos: string, darwin: string, more = ""): string => `
    #- /flake.nix
    {
      inputs.clan-core.url = "https://git.clan.lol/clan/clan-core/archive/main.tar.gz";
      inputs.other.url = "github:example/other";
      outputs = inputs@{ self, clan-core, ... }: {
        clan = (clan-core.lib.clan {
          inherit self;
          meta.name = "x";
          inventory.machines = { web = { }; mac.machineClass = "darwin"; };
          machines.web = { ${nixos} ${more} };
          machines.mac = { ${darwin} ${more} };
        }).config;
      };
    }`;

test("options of `clan.core` that only machines of the other system have", async () => {
  const [hosts, database] = [
    'clan.core.networking.extraHosts.a = "::1 a";',
    "clan.core.postgresql.enable = true;",
  ];
  expect(await findingTexts(systems(hosts, database))).toEqual([
    "unknown-option: extraHosts",
    "unknown-option: postgresql",
  ]);
  expect(await findingTexts(systems(database, hosts))).toEqual([]);
  await checkFindings(`
    #- /clan.nix
    {
      meta.name = "x";
      inventory.machines.web = { };
      machines.web.clan.core.networking.extraHosts.a = "::1 a";
    #                                   ^^^^^^^^^^ error[unknown-option]: Only machines with macOS have the option \`clan.core.networking.extraHosts\`.
    }`);
  // A module that is not seen may declare it.
  const hidden = "imports = [ inputs.other.modules.${inputs.other.name} ];";
  expect(await findingTexts(systems(hosts, database, hidden))).toEqual([]);
});
