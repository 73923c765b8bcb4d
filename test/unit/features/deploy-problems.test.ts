/** What is known to speak against a deploy of machines, and what is not. */
import { describe, expect, it, test } from "vitest";
import { evaluateClans } from "../../../server/src/clan/evaluate.ts";
import { collectDeployProblems } from "../../../server/src/features/deploy-problems.ts";
import { collectFindings } from "../../../server/src/features/findings.ts";
import { snapshotOf } from "../helpers/clan.ts";
import { parseFixture } from "../helpers/fixture.ts";

/** In short: `mistakes` are files and codes. */
async function problems(fixture: string, machines: readonly string[]) {
  const lines = fixture.split("\n").map((line) => line.trim());
  const snapshot = await snapshotOf(parseFixture(lines.join("\n")).files);
  const clans = evaluateClans(snapshot);
  const [clan] = clans;
  if (clan === undefined) throw new Error("no clan");
  const found = collectDeployProblems(clan, machines, collectFindings(snapshot, clans));
  return { ...found, mistakes: found.mistakes.map(({ path, code }) => `${path} ${code}`) };
}

const configurations = `
  #- /machines/web/configuration.nix
  { imports = [ ../../modules/common.nix ]; clan.core.vars.generators.a = { dependencies = [ "nope" ]; files.x = { }; script = "touch $out/x"; }; }
  #- /machines/db/configuration.nix
  { imports = [ ../../modules/common.nix ]; }
  #- /machines/mac/configuration.nix
  { clan.core.vars.generators.b = { dependencies = [ "nix" ]; files.x = { }; script = "touch $out/x"; }; }
  #- /modules/common.nix
  { }
`;
const named = 'meta.name = "x"; inventory.machines = { web = { }; db = { }; mac = { }; };';
const clan = (more = "") => `#- /clan.nix\n  { ${named} ${more} }\n${configurations}`;

describe("mistakes", () => {
  test("in a machine's own files are those of the machine", async () => {
    const mistakes = async (...machines: string[]) => (await problems(clan(), machines)).mistakes;
    expect(await mistakes("web")).toEqual(["/workspace/machines/web/configuration.nix unknown-generator"]);
    expect(await mistakes("mac")).toEqual(["/workspace/machines/mac/configuration.nix unknown-generator"]);
    expect(await mistakes("db")).toEqual([]);
    expect(await mistakes("db", "mac", "web")).toHaveLength(2);
    expect(await mistakes("gone")).toEqual([]);
  });

  test("in what all machines are made of are everybody's", async () => {
    const role = 'inventory.instances.s = { module.name = "sshd"; roles.servr.machines.web = { }; };';
    expect((await problems(clan(role), ["db"])).mistakes).toEqual(["/workspace/clan.nix unknown-role"]);
  });

  test("in a module are those of the machines that import it", async () => {
    const fixture = clan().replace("/modules/common.nix\n  { }", "/modules/common.nix\n  { imports = 1; }");
    const path = "/workspace/modules/common.nix";
    expect((await problems(fixture, ["db"])).mistakes.map((one) => one.split(" ")[0])).toEqual([path]);
    expect((await problems(fixture, ["mac"])).mistakes).not.toContain(path);
  });

  test("warnings are none", async () => {
    const dead = "inventory.tags.none = [ ];";
    expect((await problems(clan(dead), ["db"])).mistakes).toEqual([]);
  });
});

test("files git does not know are those the machines need", async () => {
  const fixture = (tracked: string) =>
    `${clan()}\n  #- /flake.nix\n  { outputs = { self, clan-core, ... }: { clan = clan-core.lib.clan { inherit self; imports = [ ./clan.nix ]; }; }; }\n  #- /.git/index\n${tracked}`;
  const tracked = [
    "flake.nix",
    "clan.nix",
    "machines/web/configuration.nix",
    "machines/db/configuration.nix",
  ];
  const untracked = async (machine: string, ...paths: string[]) =>
    (await problems(fixture(paths.join("\n")), [machine])).untracked;
  expect(await untracked("db", ...tracked, "machines/mac/configuration.nix")).toEqual([
    "/workspace/modules/common.nix",
  ]);
  expect(await untracked("db", ...tracked, "modules/common.nix", "machines/mac/configuration.nix")).toEqual(
    [],
  );
});

describe("missing vars", () => {
  const missing = async (fixture: string, ...machines: string[]) =>
    (await problems(fixture, machines)).missingVars;

  test("of each machine, by generator", async () => {
    expect(await missing(clan(), "mac", "web", "db")).toEqual([
      { machine: "mac", generators: ["b", "state-version"] },
      { machine: "web", generators: ["a", "state-version"] },
      // clan's own, which each NixOS machine has.
      { machine: "db", generators: ["state-version"] },
    ]);
  });

  test("none where they are on disk", async () => {
    const there = `${clan()}\n  #- /vars/per-machine/web/a/x/secret\n  x`;
    expect(await missing(there, "web")).toEqual([{ machine: "web", generators: ["state-version"] }]);
  });

  test.each([
    ["may not exist", "", 'lib.mkIf config.x.y { g = { files.k = { }; script = ""; }; }'],
    [
      "may be stored elsewhere",
      'vars.settings.secretStore = "password-store";',
      '{ g = { files.k = { }; script = ""; }; }',
    ],
    ["may be shared", "", '{ g = { share = config.x.y; files.k = { }; script = ""; }; }'],
  ])("nothing is claimed of one that %s", async (_, settings, generators) => {
    const fixture = `#- /clan.nix
      { ${named} ${settings} }
      #- /machines/web/configuration.nix
      { config, lib, ... }: { clan.core.vars.generators = ${generators}; }`;
    const found = (await missing(fixture, "web")).flatMap((one) => one.generators);
    expect(found).not.toContain("g");
  });
});

describe("where to reach a machine", () => {
  const hostless = async (inventory: string, module = "", ...machines: string[]) => {
    const fixture = `#- /clan.nix\n  { ${named} ${inventory} }\n  #- /machines/web/configuration.nix\n  { config, lib, ... }: { ${module} }`;
    return (await problems(fixture, machines.length > 0 ? machines : ["web"])).withoutHost;
  };

  it("is said by nobody", async () => {
    expect(await hostless("", "", "web", "db")).toEqual(["web", "db"]);
    const sshd = 'inventory.instances.s = { module.name = "sshd"; roles.server.machines.web = { }; };';
    expect(await hostless(sshd)).toEqual(["web"]);
  });

  test.each([
    ["the inventory says it", 'inventory.machines.web.deploy.targetHost = "root@web";', ""],
    ["the inventory may say it", "inventory.machines.web.deploy.targetHost = (import ./gone.nix).host;", ""],
    ["its configuration says it", "", 'clan.core.networking.targetHost = "root@web";'],
    ["its configuration may say it", "", "imports = [ (import ./gone.nix) ];"],
    ["it has a domain", "", 'networking.domain = "example.org";'],
    [
      "a network of clan may",
      'inventory.instances.z = { module.name = "zerotier"; roles.controller.machines.db = { }; };',
      "",
    ],
    [
      "an own service may",
      'modules.n = { _class = "clan.service"; manifest.name = "n"; roles.r.interface = { }; }; inventory.instances.z = { module = { name = "n"; input = "self"; }; roles.r.machines.web = { }; };',
      "",
    ],
    [
      "a service nobody knows may",
      'inventory.instances.z = { module = { name = "n"; input = "gone"; }; roles.r.machines.web = { }; };',
      "",
    ],
    ["instances may be missing", "inventory.instances = import ./gone.nix;", ""],
    ["the clan exports something", 'exports."a:b:::".networking = { };', ""],
  ])("nothing is claimed where %s", async (_, inventory, module) => {
    expect(await hostless(inventory, module)).toEqual([]);
  });
});
