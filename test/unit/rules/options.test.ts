import { expect, test } from "vitest";
import { afterFix, checkFindings } from "../helpers/check.ts";

test("unknown-option", async () => {
  await checkFindings(`
    {
      meta.nam = "x";
      #    ^^^ error[unknown-option]: \`meta\` has no option \`nam\`. Did you mean \`name\`?…
      inventry = { };
    # ^^^^^^^^ error[unknown-option]: The clan has no option \`inventry\`. Did you mean \`inventory\`?…
      inventory.machines.web = {
        targetHost = "root@web";
    #   ^^^^^^^^^^ error[unknown-option]: …How a machine is deployed is set in \`deploy\`.
        deploy.targethost = "root@web";
        #      ^^^^^^^^^^ error[unknown-option]
      };
      inventory.instances.sshd = {
        settings = { };
    #   ^^^^^^^^ error[unknown-option]: …Settings belong to a role…
        roles.server.config.x = 1;
        #            ^^^^^^ error[unknown-option]: …The settings of a role are in \`settings\`.
        roles.server.machines.web.setings = { };
        #                         ^^^^^^^ error[unknown-option]
      };
      secrets.sops.defaultGroups = [ "admins" ];
      #       ^^^^ error[unknown-option]: …\`clan.core.sops.defaultGroups\`…
      vars.settings.secretstore = "age";
      #             ^^^^^^^^^^^ error[unknown-option]
    }
  `);
});

test("unknown-option: the fix writes where the thing is", async () => {
  expect(await afterFix(`{ inventory.machines.web.targetHost = "h"; }`)).toBe(
    `{ inventory.machines.web.deploy.targetHost = "h"; }\n`,
  );
  expect(await afterFix(`{ inventory.machines.web = { deploy.targethost = "h"; }; }`)).toBe(
    `{ inventory.machines.web = { deploy.targetHost = "h"; }; }\n`,
  );
});

test("what clan hides, what is a machine's configuration, and what is free", async () => {
  await checkFindings(`
    {
      exportInterfaces.x = { };
      machines.web = { services.nginx.enabel = true; };
      inventory.tags.anything = [ "web" ];
      inventory.machines.web = { config = { tags = [ "x" ]; }; };
      specialArgs.anything = 1;
      exports.x.peer.host = "a";
      vars.settings.fileModule = { };
      _module.args.x = 1;
    }
  `);
});

test("type-mismatch in the clan's options", async () => {
  await checkFindings(`
    {
      meta.name = "my clan";
      #           ^^^^^^^^^ error[type-mismatch]: …must be a string of letters, digits, \`_\` and \`-\`. This is "my clan".
      meta.domain = "Clan";
      #             ^^^^^^ error[type-mismatch]
      inventory.machines.web = {
        machineClass = "nixso";
        #              ^^^^^^^ error[type-mismatch]
        tags = "srv";
        #      ^^^^^ error[type-mismatch]
        installedAt = null;
      };
      inventory.instances.sshd.roles.server = {
        machines = [ "web" ];
        #          ^^^^^^^^^ error[type-mismatch]: …must be a set with a name for each…
        extraModules = [ ./x.nix "modules/x.nix" ];
        #                        ^^^^^^^^^^^^^^^ error[type-mismatch]
      };
      secrets.age.plugins = [ "age-plugin-yubikey" "github:a/b#c" "yubikey" ];
      #                                                           ^^^^^^^^^ error[type-mismatch]
    }
  `);
});

test.each([
  [`{ inventory.machines.a.machineClass = "nixso"; }`, `machineClass = "nixos"`],
  [`{ inventory.machines.a.tags = "srv"; }`, `tags = [ "srv" ]`],
  [
    `{ inventory.machines.a-b = { }; inventory.instances.sshd.roles.server.machines = [ "a-b" ]; }`,
    `machines = { a-b = { }; }`,
  ],
  [`{ inventory.instances.sshd.roles.server.tags = "all"; }`, `tags = [ "all" ]`],
  [
    `{ inventory.machines.a = { }; inventory.instances.internet.roles.default.machines.a.settings.port = "22"; }`,
    `port = 22`,
  ],
  [`{ inventory.instances.sshd.roles.server.settings.certificate.enable = "false"; }`, `enable = false`],
  [`{ inventory.instances.sshd.roles.server.extraModules = [ "m/x.nix" ]; }`, `[ ./m/x.nix ]`],
])("type-mismatch: the fix of %s", async (text, expected) => {
  expect(await afterFix(text)).toContain(expected);
});

test("removed-option and deprecated-option", async () => {
  await checkFindings(`
    #- /clan.nix
    {
      meta = { name = "x"; tld = "lan"; };
      #                    ^^^ warning[deprecated-option]: \`meta.tld\` is deprecated. Use \`meta.domain\`.
      inventory.services.sshd.main.roles.server.tags = [ "all" ];
      #         ^^^^^^^^ error[removed-option]: …Write \`inventory.instances\` instead.
    }
  `);
  await checkFindings(`
    #- /clan.nix
    { }
    #- /inventory.json
    {
      "services": { }
    #  ^^^^^^^^ error[removed-option]
    }
  `);
});

test("unknown-option: beside config, options are none", async () => {
  await checkFindings(`
    {
      inventory.machines.web = {
        config.tags = [ "a" ];
        description = "x";
    #   ^^^^^^^^^^^ error[unknown-option]: Beside \`config\`…it belongs into \`config\`.
      };
    }
  `);
});
