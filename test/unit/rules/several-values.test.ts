import { expect, test } from "vitest";
import { checkFindings, findingTexts } from "../helpers/check.ts";

test("duplicate-settings: an option of the clan with several values, in files and in inventory.json", async () => {
  await checkFindings(`
    #- /flake.nix
    {
      inputs.clan-core.url = "https://git.clan.lol/clan/clan-core/archive/main.tar.gz";
      outputs = { self, clan-core }: {
        clan = clan-core.lib.clan { inherit self; imports = [ ./clan.nix ./more.nix ]; };
      };
    }
    #- /clan.nix
    {
      meta.name = "home";
      #            ^^^^ error[duplicate-settings]: \`meta.name\` has several values: "home" and "office". Where one…
      inventory.machines.web = {
        machineClass = "nixos";
        #               ^^^^^ error[duplicate-settings]: …"darwin" and "nixos"…
        deploy.targetHost = "root@web";
        #                    ^^^^^^^^ error[duplicate-settings]
        deploy.buildHost = null;
        #                  ^^^^ error[duplicate-settings]: …"root@build" and null…
      };
      inventory.instances.a.module.name = "sshd";
      #                                    ^^^^ error[duplicate-settings]
    }
    #- /more.nix
    {
      meta.name = "office";
      #            ^^^^^^ error[duplicate-settings]
      inventory.machines.web = {
        machineClass = "darwin";
        #               ^^^^^^ error[duplicate-settings]
        deploy.buildHost = "root@build";
        #                   ^^^^^^^^^^ error[duplicate-settings]
      };
      inventory.instances.a.module.name = "tor";
      #                                    ^^^ error[duplicate-settings]
    }
    #- /inventory.json
    { "machines": { "web": { "deploy": { "targetHost": "root@other" } } } }
    #                                                   ^^^^^^^^^^ error[duplicate-settings]
  `);
});

test("duplicate-settings: a name of the clan in both of its places", async () => {
  await checkFindings(`
    {
      meta.name = "home";
      #            ^^^^ error[duplicate-settings]: \`meta.name\` has several values: "home" and "office"…
      inventory.meta.name = "office";
      #                      ^^^^^^ error[duplicate-settings]
    }
  `);
});

test("duplicate-settings: an assertion can be set once", async () => {
  await checkFindings(`
    #- /clan.nix
    { imports = [ ./more.nix ]; checks.a = { assertion = true; message = "x"; }; }
    #                                                    ^^^^ error[duplicate-settings]
    #- /more.nix
    { checks.a.assertion = true; }
    #                      ^^^^ error[duplicate-settings]
  `);
});

test("what is merged, is the same, or yields by its priority has no several values", async () => {
  expect(
    await findingTexts(`
      #- /clan.nix
      { lib, config, ... }:
      {
        imports = [ ./more.nix ];
        meta.name = "home";
        meta.domain = lib.mkDefault "home.arpa";
        inventory.meta.name = "home";
        inventory.machines.web = {
          tags = [ "a" ];
          machineClass = "nixos";
          deploy.targetHost = lib.mkForce "root@web";
          deploy.buildHost = lib.mkIf (config.unknown or false) "root@build";
        };
        machines.web.networking.hostName = "web";
        specialArgs.a = 1;
      }
      #- /more.nix
      { lib, ... }:
      {
        meta.domain = "example.org";
        inventory.machines.web = {
          tags = [ "b" ];
          machineClass = "nixos";
          deploy.targetHost = "root@other";
          deploy.buildHost = "root@slow";
        };
        machines.web.networking.hostName = "web2";
        specialArgs.a = 1;
      }
    `),
  ).toEqual([]);
});
