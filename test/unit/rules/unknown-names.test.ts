import { expect, test } from "vitest";
import { afterFix, checkFindings } from "../helpers/check.ts";

const flake = `
    #- /flake.nix
    {
      inputs.clan-core.url = "https://git.clan.lol/clan/clan-core/archive/main.tar.gz";
      inputs.nixpkgs.follows = "clan-core/nixpkgs";
      outputs =
        { self, clan-core, ... }:
        {
          clan = (clan-core.lib.clan { inherit self; meta.name = "x"; imports = [ ./clan.nix ]; }).config;
        };
    }`;

test("unknown-role", async () => {
  await checkFindings(`
    { inventory.instances.zerotier.roles.per.machines.web = { }; inventory.machines.web = { }; }
    #                                    ^^^ error[unknown-role]: …has no role \`per\`. Did you mean \`peer\`? Roles: \`controller\`, \`moon\`, \`peer\`.
  `);
  await checkFindings(`
    {
      inventory.machines.web = { };
      inventory.instances.backup = {
        module.name = "borgbackup";
        roles."sever".machines.web = { };
        #      ^^^^^ error[unknown-role]
        roles.client.machines.web = { };
      };
    }
  `);
});

test("unknown-role: behind let, import and a function", async () => {
  await checkFindings(`
    #- /clan.nix
    let
      mesh = {
        roles.per.machines.web = { };
        #     ^^^ error[unknown-role]
        roles.controller.machines.web = { };
      };
    in
    {
      inventory.machines.web = { };
      inventory.instances.zerotier = mesh;
      inventory.instances.backup = import ./backup.nix { machine = "web"; };
    }
    #- /backup.nix
    { machine }:
    {
      module.name = "borgbackup";
      roles.sever.machines.\${machine} = { };
      #     ^^^^^ error[unknown-role]
    }
  `);
});

test("unknown-role: a body evaluated many times is reported once", async () => {
  await checkFindings(`
    {
      inventory.machines.web = { };
      inventory.instances = builtins.mapAttrs (name: machine: {
        module.name = "borgbackup";
        roles.sever.machines.\${machine} = { };
        #     ^^^^^ error[unknown-role]
      }) { a = "web"; b = "web"; c = "web"; };
    }
  `);
});

test("unknown-role: the fix keeps quotes", async () => {
  expect(await afterFix(`{ inventory.instances.wireguard.roles."per" = { }; }`)).toBe(
    `{ inventory.instances.wireguard.roles."peer" = { }; }\n`,
  );
  expect(await afterFix(`{ inventory.instances.wireguard.roles.per = { }; }`)).toBe(
    `{ inventory.instances.wireguard.roles.peer = { }; }\n`,
  );
});

test("unknown-service: at the name, or at the instance that is its own name", async () => {
  await checkFindings(`
    {
      inventory.machines.web = { };
      inventory.instances.a = { module.name = "borgbakup"; roles.client.tags = [ "all" ]; };
      #                                        ^^^^^^^^^ error[unknown-service]: clan-core has no service \`borgbakup\`. Did you mean \`borgbackup\`?…
      inventory.instances.nightly.roles.client.tags = [ "all" ];
      #                   ^^^^^^^ error[unknown-service]: …an instance's own name is the service's.…
      inventory.instances.b.module.name = "coredns";
      #                                    ^^^^^^^ error[unknown-service]: …is gone: moved upstream to the clan-community flake…
    }
  `);
});

test("unknown-service: of this flake", async () => {
  await checkFindings(`
    {
      modules."@me/door" = { roles.default = { }; };
      inventory.machines.web = { };
      inventory.instances.a = { module.name = "@me/dor"; module.input = "self"; };
      #                                        ^^^^^^^ error[unknown-service]: This flake defines no service \`@me/dor\`. Did you mean \`@me/door\`?…
      inventory.instances.b = { module.name = "@me/door"; };
      #                                        ^^^^^^^^ error[unknown-service]: …but this flake defines it: write \`module.input = "self"\`.…
      inventory.instances.c = { module.name = "sshd"; module.input = "self"; };
      #                                                               ^^^^ error[unknown-service]: …but clan-core has it: leave out \`module.input\`.…
      inventory.instances.d = { module.name = "@me/door"; module.input = "self"; };
      inventory.instances.e = { module.name = "@me/door"; module.input = null; };
      #                                                                  ^^^^ error[unknown-service]: …write \`module.input = "self"\`.
    }
  `);
});

test("unknown-service: the fix adds what is missing", async () => {
  const door = `modules.door = { roles.default = { }; };`;
  expect(await afterFix(`{ ${door} inventory.instances.a = { module.name = "door"; }; }`)).toContain(
    `{ module.name = "door"; module.input = "self"; }`,
  );
  expect(
    await afterFix(`{\n  ${door}\n  inventory.instances.a.module = {\n    name = "door";\n  };\n}`),
  ).toContain(`    name = "door";\n    input = "self";\n`);
  expect(await afterFix(`{ ${door} inventory.instances.door.roles.default = { }; }`)).toContain(
    `inventory.instances.door.module.input = "self"; inventory.instances.door.roles.default = { };`,
  );
  expect(await afterFix(`{ inventory.instances.sshd-home = { roles.client = { }; }; }`)).toContain(
    `sshd-home = { module.name = "sshd"; roles.client = { }; };`,
  );
});

test("unknown-service: where an input is written, the fix changes it", async () => {
  const door = `modules.door = { roles.default = { }; };`;
  expect(await afterFix(`{ ${door} inventory.instances.door.module.input = null; }`)).toContain(
    `door.module.input = "self";`,
  );
  expect(await afterFix(`{ inventory.instances.sshd.module.input = "self"; }`)).toContain(
    `sshd.module.input = null;`,
  );
});

test("unknown-service: inventory.modules is thrown away and defines none", async () => {
  await checkFindings(`
    {
      inventory.machines.web = { };
      inventory.modules.door = { roles.default = { }; };
      #         ^^^^^^^ warning[deprecated-option]: …no effect…
      inventory.instances.door.module.input = "self";
      #                   ^^^^ error[unknown-service]
    }
  `);
});

test("unknown-input", async () => {
  await checkFindings(`${flake}
    #- /clan.nix
    {
      inventory.machines.web = { };
      inventory.instances.sshd = { module.input = "clan"; roles.server.tags = [ "all" ]; };
      #                                            ^^^^ error[unknown-input]: The flake has no input \`clan\`. Did you mean \`clan-core\`? Inputs: \`clan-core\`, \`nixpkgs\`, \`self\`.
    }
  `);
});

test("unknown-input: without a flake, inputs are not known", async () => {
  await checkFindings(`
    {
      inventory.machines.web = { };
      inventory.instances.sshd = { module.input = "clan"; roles.server.tags = [ "all" ]; };
    }
  `);
});

test("an input that is there may have any service, except clan-core", async () => {
  await checkFindings(`${flake}
    #- /clan.nix
    {
      inventory.machines.web = { };
      inventory.instances.a = { module = { name = "x"; input = "nixpkgs"; }; roles.y = { }; };
      inventory.instances.b = { module = { name = "x"; input = "clan-core"; }; };
      #                                            ^ error[unknown-service]
    }
  `);
});

test("unknown-machine: in a role and in a tag", async () => {
  await checkFindings(`
    {
      inventory.machines.web1 = { };
      inventory.tags.srv = [ "web1" "wbe1" ];
      #                              ^^^^ warning[unknown-machine]
      inventory.instances.borgbackup.roles.server.machines.wbe1 = { };
      #                                                    ^^^^ warning[unknown-machine]: The clan has no machine \`wbe1\`, so this has no effect. Did you mean \`web1\`? Machines: \`web1\`.
    }
  `);
});

test("unknown-machine: folders, inventory.json and clan.machines make machines", async () => {
  await checkFindings(`
    #- /clan.nix
    {
      machines.a = { };
      inventory.machines.b = { };
      inventory.instances.borgbackup.roles.server.machines = {
        a = { };
        b = { };
        c = { };
        d = { };
        e = { };
    #   ^ warning[unknown-machine]
      };
    }
    #- /machines/c/configuration.nix
    { }
    #- /machines/e.nix
    { }
    #- /inventory.json
    { "machines": { "d": { } } }
  `);
});

test("unknown-tag: in a list and as a name", async () => {
  await checkFindings(`
    {
      inventory.machines.nb1.tags = [ "laptop" ];
      inventory.tags.desk = [ ];
      inventory.instances.borgbackup = {
        roles.client.tags = [ "latpop" "all" "desk" "darwin" ];
        #                      ^^^^^^ warning[unknown-tag]: …Did you mean \`laptop\`?…
        #                                     ^^^^ warning[unknown-tag]: No machine has the tag \`desk\`, so this has no effect.
        roles.server.tags.latop = { };
        #                 ^^^^^ warning[unknown-tag]
      };
    }
  `);
  expect(
    await afterFix(
      `{ inventory.machines.a.tags = [ "lap" ]; inventory.instances.sshd.roles.server.tags = [ "lep" ]; }`,
    ),
  ).toContain(`roles.server.tags = [ "lap" ]`);
});

test("unknown-tag: what is no name is no tag", async () => {
  await checkFindings(`
    { inventory.instances.sshd.roles.server.tags = [ "all" 5 ]; }
    #                                                      ^ error[type-mismatch]
  `);
});

test("unknown-tag: computed tags count", async () => {
  await checkFindings(`
    {
      inventory.machines.a = { };
      inventory.machines.mac.machineClass = "darwin";
      inventory.tags = { config, machines, ... }: {
        others = builtins.filter (name: name != "a") config.all;
        unix = builtins.attrNames machines;
      };
      inventory.instances.borgbackup.roles.client.tags = [ "others" "unix" "darwn" ];
      #                                                                     ^^^^^ warning[unknown-tag]
    }
  `);
});
