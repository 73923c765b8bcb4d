/** Mistakes people make, each in the smallest clan that has it; vars and git have their own rules. */
import { test } from "vitest";
import { checkFindings } from "../helpers/check.ts";

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
