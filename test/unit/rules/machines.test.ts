import { expect, test } from "vitest";
import { checkFindings, findingTexts } from "../helpers/check.ts";

test("role-cardinality: too many at the role", async () => {
  await checkFindings(`
    {
      inventory.machines.a.tags = [ "hub" ];
      inventory.machines.b.tags = [ "hub" ];
      inventory.instances.zerotier.roles.controller.tags = [ "hub" ];
      #                                  ^^^^^^^^^^ warning[role-cardinality]: The role \`controller\` of \`zerotier\` takes at most 1 machine, but there are 2.…
    }
  `);
});

test("role-cardinality: too few at the instance", async () => {
  await checkFindings(`
    {
      inventory.machines.a = { };
      inventory.instances.mesh = { module.name = "zerotier"; roles.peer.tags = [ "all" ]; };
      #                   ^^^^ error[role-cardinality]: …at least 1 machine, but there is none…
    }
  `);
});

test("role-cardinality: a misspelt role is reported alone, a machine that does not exist counts", async () => {
  await checkFindings(`
    {
      inventory.machines.a = { };
      inventory.instances.zerotier.roles.controler.machines.a = { };
      #                                  ^^^^^^^^^ error[unknown-role]
      inventory.instances.z2 = { module.name = "zerotier"; roles.controller.machines.bee = { }; };
      #                                                                              ^^^ warning[unknown-machine]
    }
  `);
});

test("instance-cardinality: at every instance, an input apart", async () => {
  await checkFindings(`
    {
      modules.door = { manifest.constraints.maxInstances = 1; roles.default = { }; };
      inventory.instances.front.module = { name = "door"; input = "self"; };
      #                   ^^^^^ warning[instance-cardinality]: The service \`door\` can have 1 instance, but there are 2: \`back\`, \`front\`.…
      inventory.instances.back.module = { name = "door"; input = "self"; };
      #                   ^^^^ warning[instance-cardinality]
    }
  `);
});

test("stray-machine: a folder without configuration.nix, at the start of its first file", async () => {
  expect(
    await findingTexts(`
      #- /clan.nix
      { inventory.machines.web = { }; }
      #- /machines/web/users.nix
      { }
      #- /machines/common/users.nix
      { }
      #- /machines/db/configuration.nix
      { }
      #- /machines/notes/README.md
      What to do next.
    `),
  ).toEqual(["stray-machine: ", "stray-machine: "]);
});

test("stray-machine: no folder, where other code may define its machine", async () => {
  expect(
    await findingTexts(`
      #- /flake.nix
      {
        inputs.hosts.url = "github:o/hosts";
        outputs = { self, clan-core, hosts, ... }: {
          clan = clan-core.lib.clan { inherit self; meta.name = "c"; machines = hosts.lib.machines ./machines; };
        };
      }
      #- /machines/web/users.nix
      { }
    `),
  ).toEqual([]);
});
test("stray-machine: only in clan.machines", async () => {
  await checkFindings(`
    {
      inventory.machines.web1 = { };
      machines.web1 = { };
      machines.wbe1 = { };
    #          ^^^^ information[stray-machine]: …not in \`inventory.machines\`, unlike all others. Did you mean \`web1\`?
    }
  `);
  await checkFindings(`{ machines.a = { }; machines.b = { }; }`);
  await checkFindings(
    `{ machines.a = { }; machines.b = { }; inventory.machines.b = { }; inventory.machines.c = { }; machines.d = { }; }`,
  );
});
