/** Mistakes people make, each in the smallest clan that has it; vars and git have their own rules. */
import { describe, expect, test } from "vitest";
import { afterFix, checkFindings, filesAfterFix, findingTexts } from "../helpers/check.ts";

const mistakes: Readonly<Record<string, string>> = {
  "an instance named after what it does": `
    {
      inventory.machines.a = { };
      inventory.instances.nightly.roles.client.tags = [ "all" ];
      #                   ^^^^^^^ error[unknown-service]
    }`,
  "a service of one's own without input": `
    {
      modules.door = { roles.default = { }; };
      inventory.machines.a = { };
      inventory.instances.door.roles.default.tags = [ "all" ];
      #                   ^^^^ error[unknown-service]: …this flake defines it: write \`module.input = "self"\`.
    }`,
  "an input that is none": `
    #- /flake.nix
    {
      inputs.clan-core.url = "https://git.clan.lol/clan/clan-core/archive/main.tar.gz";
      outputs = { self, clan-core }: {
        clan = (clan-core.lib.clan { inherit self; meta.name = "x"; imports = [ ./clan.nix ]; }).config;
      };
    }
    #- /clan.nix
    {
      inventory.machines.a = { };
      inventory.instances.sshd = { module.input = "clan"; roles.server.tags = [ "all" ]; };
      #                                            ^^^^ error[unknown-input]
    }`,
  "a misspelt role": `
    {
      inventory.machines.a = { };
      inventory.instances.borgbackup.roles.sever.machines.a = { };
      #                                    ^^^^^ error[unknown-role]: …Roles: \`client\`, \`server\`.
    }`,
  "a misspelt machine": `
    {
      inventory.machines.web1 = { };
      inventory.instances.borgbackup.roles.server.machines = { wbe1 = { }; };
      #                                                        ^^^^ warning[unknown-machine]: …Did you mean \`web1\`?…
    }`,
  "a misspelt tag": `
    {
      inventory.machines.a.tags = [ "laptop" ];
      inventory.instances.borgbackup.roles.client.tags = [ "latpop" ];
      #                                                     ^^^^^^ warning[unknown-tag]: …Did you mean \`laptop\`?…
    }`,
  "a list of machines": `
    {
      inventory.machines.a = { };
      inventory.instances.borgbackup.roles.client.machines = [ "a" ];
      #                                                      ^^^^^^^ error[type-mismatch]
    }`,
  "config instead of settings": `
    {
      inventory.machines.a = { };
      inventory.instances.borgbackup.roles.server.config.directory = "/x";
      #                                           ^^^^^^ error[unknown-option]
    }`,
  "services of the old inventory": `
    {
      inventory.machines.a = { };
      inventory.services.sshd.main.roles.server.tags = [ "all" ];
      #         ^^^^^^^^ error[removed-option]
    }`,
  "a misspelt setting": `
    {
      inventory.machines.a = { };
      inventory.instances.internet.roles.default.machines.a.settings = { prot = 80; };
      #                                                                  ^^^^ error[unknown-setting]: …Did you mean \`port\`?…
    }`,
  "a setting left out": `
    {
      inventory.machines.a = { };
      inventory.instances.wireguard.roles.controller.machines.a.settings = { };
      #                                                         ^^^^^^^^ error[missing-setting]: …\`endpoint\`…
    }`,
  "settings in two files": `
    #- /clan.nix
    {
      imports = [ ./more.nix ];
      inventory.machines.a = { };
      inventory.instances.sshd.roles.server = {
        tags = [ "all" ];
        settings.generateRootKey = true;
    #   ^^^^^^^^ error[duplicate-settings]
      };
    }
    #- /more.nix
    { inventory.instances.sshd.roles.server.settings.certificate.enable = true; }
    #                                       ^^^^^^^^ error[duplicate-settings]`,
  "settings as a module": `
    {
      inventory.machines.a = { };
      inventory.instances.sshd.roles.server.machines.a.settings = { pkgs, ... }: { };
      #                                                           ^^^^^^^^^^^^^ error[not-serializable]
    }`,
  "a module by the name of its file": `
    {
      inventory.machines.a = { };
      inventory.instances.sshd.roles.server = { tags = [ "all" ]; extraModules = [ "m/x.nix" ]; };
      #                                                                            ^^^^^^^^^ error[type-mismatch]
    }`,
  "targetHost of a machine": `
    { inventory.machines.a.targetHost = "h"; }
    #                      ^^^^^^^^^^ error[unknown-option]`,
  "a misspelt machine in clan.machines": `
    {
      inventory.machines.web1 = { };
      machines.wbe1 = { };
    #          ^^^^ information[stray-machine]
    }`,
  "two controllers": `
    {
      inventory.machines.a = { };
      inventory.machines.b = { };
      inventory.instances.zerotier.roles.controller.tags = [ "all" ];
      #                                  ^^^^^^^^^^ warning[role-cardinality]
    }`,
};

test.each(Object.entries(mistakes))("%s", async (_name, text) => {
  await checkFindings(`${text}\n`);
});

/** What is wrong, and a part of the text after its fix. Those above without one have to be decided by the person. */
const fixed: readonly (readonly [string, string])[] = [
  [`{ inventory.instances.nightly.roles.client.tags = [ "all" ]; }`, `nightly.module.name = "borgbackup";`],
  [
    `{ modules.door = { roles.default = { }; }; inventory.instances.door.roles.default.tags = [ "all" ]; }`,
    `door.module.input = "self";`,
  ],
  [`{ inventory.instances.borgbackup.roles.sever.tags = [ "all" ]; }`, "roles.server.tags"],
  [
    `{ inventory.machines.web1 = { }; inventory.instances.tor.roles.server.machines.wbe1 = { }; }`,
    "machines.web1 = { }; }",
  ],
  [
    `{ inventory.machines.a.tags = [ "laptop" ]; inventory.instances.tor.roles.client.tags = [ "latpop" ]; }`,
    `client.tags = [ "laptop" ]`,
  ],
  [
    `{ inventory.machines.a = { }; inventory.instances.tor.roles.client.machines = [ "a" ]; }`,
    "machines = { a = { }; }",
  ],
  [
    `{ inventory.machines.a = { }; inventory.instances.internet.roles.default = { machines.a = { }; config.port = 1; }; }`,
    "settings.port = 1",
  ],
  [
    `{ inventory.services.sshd.main.roles.server.tags = [ "all" ]; }`,
    `{ inventory.instances.sshd-main.module.name = "sshd"; inventory.instances.sshd-main.roles.server.tags = [ "all" ]; }`,
  ],
  [
    `{ inventory.machines.a = { }; inventory.instances.internet.roles.default.machines.a.settings.prot = 80; }`,
    "settings.port = 80",
  ],
  [
    `{ inventory.machines.a = { }; inventory.instances.wireguard.roles.controller.machines.a.settings = { }; }`,
    `settings = { endpoint = ""; }`,
  ],
  [`{ inventory.instances.sshd.roles.server.extraModules = [ "m/x.nix" ]; }`, "[ ./m/x.nix ]"],
  [`{ inventory.machines.a.targetHost = "h"; }`, `a.deploy.targetHost = "h"`],
  [`{ inventory.machines.web1 = { }; machines.wbe1 = { }; }`, "machines.web1 = { }; }"],
  [
    `{ inventory.machines.a = { }; inventory.instances.sshd.roles.server.machines.a.settings = { pkgs, ... }: { certificate.enable = true; }; }`,
    "machines.a.settings = { certificate.enable = true; }; }",
  ],
  // The first fix takes the first machine out.
  [
    `{ inventory.machines = { a = { }; b = { }; }; inventory.instances.zerotier.roles.controller.machines = { a = { }; b = { }; }; }`,
    "controller.machines = { b = { }; }; }",
  ],
  [
    `{ inventory.machines = { a = { }; b = { }; }; inventory.instances.zerotier.roles.controller = { tags = [ "all" ]; }; }`,
    "controller = { machines.b = { }; }; }",
  ],
  [
    `{ inventory.machines = { a = { }; b = { }; c = { }; }; inventory.instances.zerotier.roles.controller.tags = [ "all" ]; }`,
    "controller.machines.a = { }; }",
  ],
];

test.each(fixed)("the fix of %s", async (text, wanted) => {
  const after = await afterFix(text);
  expect(after).toContain(wanted);
  expect(await findingTexts(after)).toEqual([]);
});

// Read as settings, the module has unknown ones, too: the function's finding is the first.
test.each([
  [
    `tags = [ "all" ]; settings = { pkgs, ... }: { environment.systemPackages = [ pkgs.git ]; };`,
    `tags = [ "all" ]; extraModules = [ ({ pkgs, ... }: { environment.systemPackages = [ pkgs.git ]; }) ];`,
  ],
  [
    `tags = [ "all" ]; extraModules = [ { } ]; settings = args: { x = args.y; };`,
    `tags = [ "all" ]; extraModules = [ { } (args: { x = args.y; }) ];`,
  ],
])("a module for settings is moved: %s", async (before, after) => {
  const clan = (role: string): string =>
    `#- /clan.nix\n{ inventory.machines.a = { }; inventory.instances.sshd.roles.server = { ${role} }; }\n`;
  expect(await filesAfterFix(clan(before))).toBe(clan(after));
  expect(await findingTexts(clan(after))).toEqual([]);
});

test("the fix of an input that is none", async () => {
  const flake = `#- /flake.nix
{
  inputs.clan-core.url = "https://git.clan.lol/clan/clan-core/archive/main.tar.gz";
  outputs = { self, clan-core }: {
    clan = clan-core.lib.clan {
      inherit self;
      meta.name = "x";
      inventory.instances.sshd = { module.input = "clan"; roles.server.tags = [ "all" ]; };
    };
  };
}
`;
  const after = await afterFix(flake);
  expect(after).toContain(`module.input = "clan-core";`);
  expect(await findingTexts(`#- /flake.nix\n${after}`)).toEqual([]);
});

describe("a folder of modules that machines share, below machines/", () => {
  const clan = (configuration: string) => `
    #- /flake.nix
    {
      inputs.clan-core.url = "https://git.clan.lol/clan/clan-core/archive/main.tar.gz";
      outputs = { self, clan-core }: {
        clan = clan-core.lib.clan { inherit self; meta.name = "x"; inventory.machines.a = { }; };
      };
    }
    #- /machines/a/configuration.nix
    ${configuration}
    #- /machines/common/users.nix
    { imports = [ ./keys.nix ../../lib/x.nix ../a/disk.nix ]; }
    #- /machines/common/keys.nix
    { }
    #- /machines/a/b.nix
    { }
    #- /machines/a/disk.nix
    { }
    #- /lib/x.nix
    { }
  `;

  test("is reported at the beginning of its file, where there is no word to point at", async () => {
    expect(await findingTexts(clan("{ imports = [ ../common/users.nix ]; }"))).toEqual(["stray-machine: "]);
  });
  test("moves, with the paths into it and out of it", async () => {
    const after = await filesAfterFix(clan("{ imports = [ ../common/users.nix ./b.nix ]; }"));
    expect(after).toContain("{ imports = [ ../../modules/common/users.nix ./b.nix ]; }");
    expect(after).toContain(
      "#- /modules/common/users.nix\n{ imports = [ ./keys.nix ../../lib/x.nix ../../machines/a/disk.nix ]; }",
    );
    expect(after).not.toContain("#- /machines/common");
    expect(await findingTexts(after)).toEqual([]);
  });
  test.each([
    "{ x, ... }: { imports = [ ../${x}/users.nix ]; }",
    '{ a = "${self}/machines/common/users.nix"; }',
  ])("stays where a path to it is computed: %s", async (configuration) => {
    await expect(filesAfterFix(clan(configuration))).rejects.toThrow("the finding has no fix");
  });
});
