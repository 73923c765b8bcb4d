/** Services of inputs whose source is at hand: small made-up ones. */
import { expect, test } from "vitest";
import { evaluateClans } from "../../../server/src/clan/evaluate.ts";
import type { Clan, ServiceLookup } from "../../../server/src/clan/model.ts";
import { MemoryFileSystem } from "../../../server/src/project/file-system.ts";
import { Workspace } from "../../../server/src/project/workspace.ts";
import { checkFindings } from "../helpers/check.ts";
import { parseFixture } from "../helpers/fixture.ts";
import { testParser } from "../helpers/parse.ts";

/** A clan at /clan with the instances; the fixture has the files of its inputs. */
async function clanWith(instances: string, inputs: string, overrides: Readonly<Record<string, string>> = {}) {
  const { files } = parseFixture(inputs);
  const fileSystem = new MemoryFileSystem(files);
  fileSystem.write(
    "/clan/flake.nix",
    `{
      inputs.clan-core.url = "https://git.clan.lol/clan/clan-core/archive/main.tar.gz";
      inputs.community.url = "path:./community";
      inputs.far.url = "github:someone/far";
      outputs = { self, clan-core, community, far }: {
        clan = clan-core.lib.clan { inherit self; inventory.machines.a = { }; inventory.instances = ${instances}; };
      };
    }`,
  );
  const workspace = new Workspace({ fileSystem, parser: await testParser(), roots: ["/clan"] });
  const [clan] = evaluateClans(workspace.snapshot(), { overrides: new Map(Object.entries(overrides)) });
  return clan ?? expect.fail("there is no clan");
}

function lookup(clan: Clan, instance: string): ServiceLookup {
  return clan.instances.known.get(instance)?.service ?? expect.fail(`there is no instance ${instance}`);
}

/** What is found of a service: where, and its roles with their settings. */
function summary(found: ServiceLookup): unknown {
  if (found.kind !== "known") return found.kind;
  const roles = [...found.service.roles].map(([name, { settings }]) => [name, [...settings.options.keys()]]);
  return [found.service.origin, Object.fromEntries(roles)];
}

const community = `
  #- /clan/community/flake.nix
  { outputs = { self }: { clan.modules = { "@x/door" = ./door.nix; "@x/broken" = throw "no"; }; }; }
  #- /clan/community/door.nix
  { lib, ... }:
  {
    _class = "clan.service";
    manifest.name = "@x/door";
    roles.lock.interface.options.code = lib.mkOption { type = lib.types.str; };
  }
`;

test("of an input by path", async () => {
  const clan = await clanWith(
    `{
      front.module = { name = "@x/door"; input = "community"; };
      back.module = { name = "@x/dor"; input = "community"; };
      side.module = { name = "@x/broken"; input = "community"; };
      far.module = { name = "@x/door"; input = "far"; };
    }`,
    community,
  );
  expect(summary(lookup(clan, "front"))).toEqual(["input", { lock: ["code"] }]);
  expect(lookup(clan, "back")).toMatchObject({
    kind: "unknown-service",
    input: "community",
    possible: ["@x/broken", "@x/door"],
  });
  expect(lookup(clan, "side").kind).toBe("open");
  expect(lookup(clan, "far").kind).toBe("open");
});

test("of an input with an override", async () => {
  const instances = `{ far.module = { name = "@x/door"; input = "far"; }; }`;
  const moved = community.replaceAll("/clan/community", "/elsewhere/far");
  const far = (await clanWith(instances, moved, { far: "/elsewhere/far" })).instances.known.get("far");
  expect(far && summary(far.service)).toEqual(["input", { lock: ["code"] }]);
  expect(summary(lookup(await clanWith(instances, moved, { far: "/nowhere" }), "far"))).toBe("open");
});

const core = `
  #- /core/flake.nix
  { outputs = { self }: throw "it needs inputs that are not at hand"; }
  #- /core/clanServices/flake-module.nix
  { imports = map (name: ./. + "/\${name}/flake-module.nix") [ "sshd" "new" ]; }
  #- /core/clanServices/sshd/flake-module.nix
  { self, lib, inputs, ... }:
  {
    clan.modules.sshd = ./default.nix;
    perSystem = { pkgs, ... }: { imports = [ (self.clanLib.test { inherit inputs; }) ]; };
  }
  #- /core/clanServices/sshd/default.nix
  { clanLib, ... }:
  { roles.server.interface = { lib, ... }: { options.port = lib.mkOption { type = lib.types.port; default = 22; }; }; }
  #- /core/clanServices/new/flake-module.nix
  { lib, self, ... }:
  { clan.modules.new = lib.modules.importApply ./default.nix { packages = self.packages; }; }
  #- /core/clanServices/new/default.nix
  { packages }: { lib, ... }: { manifest.name = "new"; roles.only = { }; }
`;

test("of clan-core, before the catalogue", async () => {
  const instances =
    '{ sshd = { }; new = { }; borgbackup = { }; named.module = { name = "new"; input = "clan-core"; }; }';
  const clan = await clanWith(instances, core, { "clan-core": "/core" });
  expect(summary(lookup(clan, "sshd"))).toEqual(["input", { server: ["port"] }]);
  expect(summary(lookup(clan, "new"))).toEqual(["input", { only: [] }]);
  expect(summary(lookup(clan, "named"))).toEqual(["input", { only: [] }]);
  // This clan-core does not have it, whatever the catalogue says.
  expect(lookup(clan, "borgbackup")).toMatchObject({ kind: "unknown-service", possible: ["new", "sshd"] });
  const without = await clanWith(instances, core);
  expect(lookup(without, "borgbackup")).toMatchObject({ kind: "known", service: { origin: "catalogue" } });
});

test("a misspelt service or role of an input is reported, and the input named", async () => {
  await checkFindings(`
    #- /flake.nix
    {
      inputs.clan-core.url = "https://git.clan.lol/clan/clan-core/archive/main.tar.gz";
      inputs.community.url = "path:./community";
      outputs = { self, clan-core, community }: {
        clan = clan-core.lib.clan {
          inherit self;
          meta.name = "x";
          inventory.machines.a = { };
          inventory.instances.one = { module = { name = "@x/dor"; input = "community"; }; };
    #                                                    ^^^^^^ error[unknown-service]: The input \`community\` has no service \`@x/dor\`. Did you mean \`@x/door\`?…
          inventory.instances.two = { module = { name = "@x/door"; input = "community"; }; roles.lok = { }; };
    #                                                                                            ^^^ error[unknown-role]
        };
      };
    }
    #- /community/flake.nix
    { outputs = { self }: { clan.modules."@x/door" = { roles.lock = { }; }; }; }
  `);
});
