import { expect, test } from "vitest";
import { afterFix, checkFindings, findingTexts } from "../helpers/check.ts";

test("unknown-setting: of a role, a tag, a machine, and nested", async () => {
  await checkFindings(`
    {
      inventory.machines.web.tags = [ "srv" ];
      inventory.instances.internet.roles.default = {
        settings.hots = "x";
        #        ^^^^ error[unknown-setting]: The role \`default\` of \`internet\` has no setting \`hots\`. Did you mean \`host\`? Settings: \`host\`, \`jumphosts\`, \`port\`, \`user\`.
        tags.srv.settings = { prot = 80; };
        #                     ^^^^ error[unknown-setting]
        machines.web.settings."usr" = "x";
        #                      ^^^ error[unknown-setting]
      };
      inventory.instances.borgbackup.roles.client.machines.web.settings = {
        destinations.nas = { repo = "x"; rhs = "ssh"; };
        #                                ^^^ error[unknown-setting]: …\`rhs\` here…
      };
      inventory.instances.kde.roles.default.machines.web.settings.x = 1;
      #                                                           ^ warning[unknown-setting]: …It has none.
    }
  `);
});

test("unknown-setting: behind let and mkMerge", async () => {
  await checkFindings(`
    { lib, ... }:
    let
      shared = { prot = 80; };
      #          ^^^^ error[unknown-setting]
    in
    {
      inventory.machines.web = { };
      inventory.instances.internet.roles.default.machines.web.settings = shared // { port = 80; };
      inventory.instances.i2 = lib.mkMerge [
        { module.name = "internet"; }
        { roles.default.settings.hst = "x"; }
        #                        ^^^ error[unknown-setting]
        { roles.default.tags.all = { }; }
      ];
    }
  `);
});

test("settings no machine has are not looked at by Nix: warnings", async () => {
  await checkFindings(`
    {
      inventory.machines.web = { };
      inventory.instances.internet.roles.default = {
        settings = { prot = 80; port = "80"; };
        #            ^^^^ warning[unknown-setting]
        #                              ^^^^ warning[type-mismatch]
        tags.darwin.settings.prot = 80;
        #                    ^^^^ warning[unknown-setting]
      };
    }
  `);
});

test("type-mismatch: settings are no path", async () => {
  await checkFindings(`
    #- /clan.nix
    { inventory.instances.sshd.roles.server.settings = ./settings.nix; }
    #                                                  ^^^^^^^^^^^^^^ error[type-mismatch]
    #- /settings.nix
    { }
  `);
});

test("type-mismatch in settings", async () => {
  await checkFindings(`
    {
      inventory.machines.web = { };
      inventory.instances.internet.roles.default.machines.web.settings = {
        port = "22";
        #      ^^^^ error[type-mismatch]: …must be a whole number from 0 to 65535. This is "22".
        host = 5;
        #      ^ error[type-mismatch]
        user = null;
        jumphosts = "a";
        #           ^^^ error[type-mismatch]
      };
      inventory.instances.data-mesher.roles.default.machines.web.settings = {
        port = 70000;
        #      ^^^^^ error[type-mismatch]
        logLevel = "warning";
        #          ^^^^^^^^^ error[type-mismatch]
        interfaces = [ "eth0" 1 ];
        #                     ^ error[type-mismatch]
        network.port = 1;
        #       ^^^^ error[removed-option]: …was removed. Write \`port\` instead.
      };
    }
  `);
});

test("missing-setting: at the innermost attribute that is written", async () => {
  await checkFindings(`
    {
      inventory.machines.a.tags = [ "srv" ];
      inventory.machines.b = { };
      inventory.machines.c = { };
      inventory.instances.wireguard = {
        roles.controller.machines.c.settings.endpoint = "x";
        roles.controller.machines.a.settings.port = 1;
        #                           ^^^^^^^^ error[missing-setting]: The role \`controller\` of \`wireguard\` needs the setting \`endpoint\`, which has no default.
        roles.peer.machines.b = { };
        #                   ^ error[missing-setting]: …\`controller\`…
        roles.peer.tags = [ "srv" ];
        #                    ^^^ error[missing-setting]
      };
      inventory.instances.borgbackup.roles.client = {
        machines.a = { };
        settings.destinations.nas = { };
        #                     ^^^ error[missing-setting]: …\`destinations.nas.repo\`…
      };
      inventory.instances.matrix-synapse.roles.default = {
        settings.app_domain = "x";
    #   ^^^^^^^^ error[missing-setting]: …\`acmeEmail\`, \`server_tld\`, which have…
        machines.b = { };
      };
    }
  `);
});

test("missing-setting: a peer of the only controller needs not name it", async () => {
  await checkFindings(`
    {
      inventory.machines.a = { };
      inventory.machines.b = { };
      inventory.instances.wireguard = {
        roles.controller.machines.a.settings.endpoint = "x";
        roles.peer.machines.b = { };
      };
    }
  `);
});

test.each([
  ["that it does not read", "{ settings, ... }: { nixosModule.services.door.port = settings.port; }", ""],
  ["where it reads none", "{ instanceName, ... }: { }", ""],
  ["that it inherits", "{ settings, ... }: { nixosModule.x = { inherit (settings) address; }; }", "address"],
  ["where it hands on all", "{ settings, ... }: { nixosModule.x = import ./door.nix settings; }", "address"],
  ["under a computed name", "{ settings, ... }: { nixosModule.x = map (n: settings.${n}) [ ]; }", "address"],
  ["where any argument may be it", "args: { nixosModule.x = args.settings.port; }", "address"],
])("missing-setting: one of the role's own behaviour: %s", async (_, perInstance, missing) => {
  const found = await findingTexts(`
    { lib, ... }:
    {
      modules.door = {
        _class = "clan.service";
        manifest.name = "door";
        roles.guest.interface.options = {
          address = lib.mkOption { type = lib.types.str; };
          port = lib.mkOption { type = lib.types.port; default = 1; };
        };
        roles.guest.perInstance = ${perInstance};
      };
      inventory.machines.web = { };
      inventory.instances.door = { module.input = "self"; roles.guest.machines.web = { }; };
    }
  `);
  expect(found).toEqual(missing === "" ? [] : ["missing-setting: web"]);
});

test("missing-setting: role, tags and machine add up", async () => {
  await checkFindings(`
    {
      inventory.machines.a.tags = [ "srv" ];
      inventory.machines.b = { };
      inventory.machines.c.tags = [ "srv" ];
      inventory.instances.wireguard = {
        roles.controller.machines.a.settings.endpoint = "x";
        roles.peer.tags.srv.settings.controller = "a";
        roles.peer.machines.c.settings.port = 2;
        roles.peer.machines.b.settings = { controller = "a"; };
      };
      inventory.instances.w2 = {
        module.name = "wireguard";
        roles.controller.settings.endpoint = "x";
        roles.controller.tags = [ "all" ];
      };
    }
  `);
});

test("missing-setting: nothing is needed without machines, or in a group that is off", async () => {
  await checkFindings(`
    {
      inventory.machines.a = { };
      inventory.instances.wireguard.roles.peer.settings = { };
      inventory.instances.dyndns.roles.default.machines.a.settings.period = 3;
    }
  `);
  await checkFindings(`
    {
      inventory.machines.a = { };
      inventory.instances.dyndns.roles.default.machines.a.settings.server.enable = true;
      #                                                            ^^^^^^ error[missing-setting]: …\`server.acmeEmail\`, \`server.domain\`…
    }
  `);
});

test("missing-setting: a misspelt one is reported alone", async () => {
  await checkFindings(`
    {
      inventory.machines.a = { };
      inventory.instances.wireguard.roles.controller.machines.a.settings.endpont = "x";
      #                                                                  ^^^^^^^ error[unknown-setting]
    }
  `);
});

test("missing-setting: the fix writes what is missing", async () => {
  expect(
    await afterFix(
      `{ inventory.machines.a = { }; inventory.instances.wireguard.roles.controller.machines.a = { }; }`,
    ),
  ).toContain(`machines.a = { settings.endpoint = ""; };`);
  expect(
    await afterFix(`{
  inventory.machines.a = { };
  inventory.instances.borgbackup.roles.client.machines.a.settings.destinations.nas = {
    rsh = "ssh";
  };
}`),
  ).toContain(`nas = {\n    repo = "";\n    rsh = "ssh";\n  };`);
});

test("not-serializable: functions anywhere, and imports", async () => {
  await checkFindings(`
    {
      inventory.machines.a = { };
      inventory.instances.internet.roles.default = {
        machines.a.settings = { pkgs, ... }: { };
        #                     ^^^^^^^^^^^^^ error[not-serializable]
        settings.imports = [ ./x.nix ];
        #        ^^^^^^^ error[not-serializable]: …cannot have \`imports\`…
      };
      inventory.instances.unread = {
        module = { name = "x"; input = "other"; };
        roles.y.settings.deep = [ { f = x: x; } ];
        #                               ^ error[not-serializable]
      };
    }
    #- /x.nix
    { }
  `);
});

test("duplicate-settings: in two files, at both", async () => {
  await checkFindings(`
    #- /clan.nix
    {
      imports = [ ./other.nix ];
      inventory.machines.a = { };
      inventory.instances.internet.roles.default = {
        settings.port = 1;
    #   ^^^^^^^^ error[duplicate-settings]: …is defined 2 times…
        settings.jumphosts = [ ];
        machines.a.settings.user = "y";
      };
    }
    #- /other.nix
    {
      inventory.instances.internet.roles.default.settings.host = "x";
      #                                          ^^^^^^^^ error[duplicate-settings]
    }
  `);
});

test("duplicate-settings: priorities leave one", async () => {
  await checkFindings(`
    #- /clan.nix
    { lib, ... }:
    {
      imports = [ ./other.nix ];
      inventory.instances.internet.roles.default.settings = lib.mkForce { port = 1; };
    }
    #- /other.nix
    { inventory.instances.internet.roles.default.settings.host = "x"; }
  `);
});

test("duplicate-settings: one setting with two values for a machine", async () => {
  await checkFindings(`
    { lib, ... }:
    {
      inventory.machines.a.tags = [ "t" ];
      inventory.machines.b = { };
      inventory.instances.internet.roles.default = {
        settings = { port = 1; user = lib.mkDefault "x"; host = "h"; };
        #                   ^ error[duplicate-settings]: The setting \`port\` has several values…
        tags.t.settings.jumphosts = [ "a" ];
        machines.a.settings = { port = 2; user = "y"; host = "h"; jumphosts = [ "b" ]; };
        #                              ^ error[duplicate-settings]
        machines.b.settings.user = "z";
      };
    }
  `);
});

test("missing-setting: a group with a default of its own lacks nothing until a part of it is written", async () => {
  await checkFindings(`
    { lib, ... }:
    let
      port = lib.mkOption { type = lib.types.port; };
      range = lib.types.submodule { options = { from = port; to = port; }; };
    in
    {
      modules.door = {
        _class = "clan.service";
        manifest.name = "door";
        roles.default.interface.options = {
          ports = lib.mkOption { type = range; default = { from = 1; to = 2; }; };
          others = lib.mkOption { type = range; default = { from = 1; to = 2; }; };
        };
      };
      inventory.machines.web = { };
      inventory.instances.door = {
        module.input = "self";
        roles.default.machines.web.settings.others.from = 3;
        #                                   ^^^^^^ error[missing-setting]: …\`others.to\`…
      };
    }
  `);
});
