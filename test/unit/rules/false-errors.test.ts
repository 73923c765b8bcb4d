/** Clans that Nix accepts, or of which too much is unknown: nothing in them is an error. */
import { expect, test } from "vitest";
import { evaluateClans } from "../../../server/src/clan/evaluate.ts";
import { MemoryFileSystem } from "../../../server/src/project/file-system.ts";
import { Workspace } from "../../../server/src/project/workspace.ts";
import { checkClan } from "../../../server/src/rules/index.ts";
import { checkFindings, findingTexts } from "../helpers/check.ts";
import { testParser } from "../helpers/parse.ts";

const parser = await testParser();
const core = `inputs.clan-core.url = "https://git.clan.lol/clan/clan-core/archive/main.tar.gz";`;

test.each([
  "machines = inputs.fleet.machines;",
  "machines.${inputs.fleet.host} = { };",
  "machines = builtins.listToAttrs [ { name = inputs.fleet.host; value = { }; } ];",
  "imports = [ inputs.fleet.clanModules.machines ];",
])("generators of machines that may be defined elsewhere: %s", async (text) => {
  const configuration = `
    #- /machines/web/configuration.nix
    { config, ... }: { services.app.keyFile = config.clan.core.vars.generators.token.files.key.path; }`;
  await checkFindings(`
    #- /flake.nix
    {
      ${core}
      inputs.fleet.url = "github:example/fleet";
      outputs = inputs@{ self, clan-core, ... }: {
        clan = (clan-core.lib.clan { inherit self; meta.name = "x"; ${text} }).config;
      };
    }${configuration}`);
  await checkFindings(`
    #- /flake.nix
    {
      ${core}
      inputs.fleet.url = "github:example/fleet";
      inputs.flake-parts.url = "github:hercules-ci/flake-parts";
      outputs = inputs@{ flake-parts, ... }: flake-parts.lib.mkFlake { inherit inputs; } {
        imports = [ inputs.clan-core.flakeModules.default ];
        clan = { meta.name = "x"; ${text} };
      };
    }${configuration}`);
});

test("a machine whose definition is known has no generators but those that are seen", async () => {
  await checkFindings(`
    #- /flake.nix
    {
      ${core}
      inputs.fleet.url = "github:example/fleet";
      outputs = inputs@{ self, clan-core, ... }: {
        clan = (clan-core.lib.clan { inherit self; meta.name = "x"; machines.web = { }; }).config;
      };
    }
    #- /machines/web/configuration.nix
    { config, ... }: { services.app.keyFile = config.clan.core.vars.generators.token.files.key.path; }
    #                                                                          ^^^^^ error[unknown-generator]
  `);
});

/** The errors of the clan in /repo/clan, which is what is opened. */
function errorsIn(clan: string, links: Readonly<Record<string, string>>): string[] {
  const fileSystem = new MemoryFileSystem(
    {
      "/repo/clan/flake.nix": `{ ${core} outputs = { self, clan-core, ... }: { clan = (clan-core.lib.clan { inherit self; imports = [ ./clan.nix ]; }).config; }; }`,
      "/repo/clan/clan.nix": clan,
      "/repo/shared/extra.nix": "{ inventory.machines.web = { }; }",
      "/repo/shared/machines/web/configuration.nix": "{ }",
    },
    links,
  );
  const snapshot = new Workspace({ fileSystem, parser, roots: ["/repo/clan"] }).snapshot();
  return evaluateClans(snapshot).flatMap((one) => checkClan(snapshot, one).map(({ code }) => code));
}

test("a link that leaves what may be read leads to what is not known", () => {
  const links = { "/repo/clan/extra.nix": "../shared/extra.nix", "/repo/clan/parts": "../shared" };
  for (const text of [
    `{ meta.name = "x"; imports = [ ./extra.nix ]; }`,
    `{ meta.name = "x"; imports = [ ./parts/extra.nix ]; }`,
    `{ meta.name = "x"; imports = [ (import ./extra.nix) ]; }`,
    `{ meta.name = "x"; imports = if builtins.pathExists ./extra.nix then [ ./extra.nix ] else [ ]; }`,
    `{ meta.name = "x"; imports = map (n: ./parts + "/\${n}") (builtins.attrNames (builtins.readDir ./parts)); }`,
    `{ meta.name = "x"; meta.description = builtins.readFile ./parts/text; }`,
  ])
    expect([text, errorsIn(text, links)]).toEqual([text, []]);
  expect(errorsIn(`{ meta.name = "x"; imports = [ ./gone.nix ]; }`, links)).toEqual(["evaluation-error"]);
  // A link to nowhere inside of the folder.
  expect(
    errorsIn(`{ meta.name = "x"; imports = [ ./to.nix ]; }`, { "/repo/clan/to.nix": "gone.nix" }),
  ).toEqual(["evaluation-error"]);
});

test("a linked folder of machines", () => {
  const instance = `inventory.instances.sshd.roles.server.machines.web = { };`;
  expect(
    errorsIn(`{ meta.name = "x"; ${instance} }`, { "/repo/clan/machines": "../shared/machines" }),
  ).toEqual([]);
  expect(errorsIn(`{ meta.name = "x"; ${instance} }`, {})).toEqual(["unknown-machine"]);
});

test("a clan.nix that belongs to another tool", async () => {
  const other = `
    #- /clan.nix
    { tags ? [ ], ... }: { nodes.dns.tags = tags; settings.parallel = 10; meta.anything = 1; }`;
  expect(
    await findingTexts(`
    #- /flake.nix
    { outputs = { self, ... }: { hive = import ./clan.nix { tags = [ "lab" ]; }; }; }${other}`),
  ).toEqual([]);
  expect(
    await findingTexts(`
    #- /flake.nix
    { inputs.nixpkgs.url = "github:NixOS/nixpkgs"; outputs = { nixpkgs, ... }: { lib.x = nixpkgs.lib.id 1; }; }${other}`),
  ).toEqual([]);
  // Where nothing tells otherwise it is a clan.
  expect(await findingTexts(other)).not.toEqual([]);
});

test("an entry of flake.lock that was made for another repository is not used", async () => {
  const lock = (repo: string) => `
    #- /flake.lock
    { "nodes": {
      "root": { "inputs": { "flake-parts": "flake-parts" } },
      "flake-parts": { "locked": { "type": "github", "owner": "numtide", "repo": "flake-utils", "rev": "a" }, "original": { "type": "github", "owner": "${repo.split("/")[0]}", "repo": "${repo.split("/")[1]}" } }
    }, "root": "root", "version": 7 }`;
  const flake = (role: string) => `
    #- /flake.nix
    {
      ${core}
      inputs.flake-parts.url = "github:hercules-ci/flake-parts";
      outputs = inputs@{ flake-parts, ... }: flake-parts.lib.mkFlake { inherit inputs; } {
        imports = [ inputs.clan-core.flakeModules.default ];
        clan.meta.name = "x";
        clan.inventory.machines.a = { };
        clan.inventory.instances.tor.roles.${role}.machines.a = { };
      };
    }`;
  expect(await findingTexts(flake("sever") + lock("numtide/flake-utils"))).toEqual(["unknown-role: sever"]);
  expect(await findingTexts(flake("server") + lock("numtide/flake-utils"))).toEqual([]);
  expect(await findingTexts(flake("sever") + lock("Hercules-CI/flake-parts"))).toEqual([
    "unknown-role: sever",
  ]);
});

test("a setting that clan-core declares and hides", async () => {
  await checkFindings(`
    {
      meta.name = "x";
      inventory.machines.web = { };
      inventory.instances.admin.roles.default = { tags.all = { }; settings.deprecationWarning = false; };
    }`);
});

test("zerotier without a controller is refused by Nix, with one or without members it is not", async () => {
  const clan = (roles: string, error = "") => `
    {
      meta.name = "x";
      inventory.machines.web = { };
      inventory.instances.zerotier.roles = { ${roles} };
${error}
    }`;
  await checkFindings(
    clan(
      "peer.tags.all = { };",
      "    #                     ^^^^^^^^ error[role-cardinality]: …Nix cannot evaluate…",
    ),
  );
  await checkFindings(
    clan(
      "moon.machines.web.settings.stableEndpoints = [ ];",
      "    #                     ^^^^^^^^ error[role-cardinality]",
    ),
  );
  await checkFindings(clan("", "    #                     ^^^^^^^^ warning[role-cardinality]"));
  await checkFindings(clan("controller.machines.web = { }; peer.tags.all = { };"));
});

/** Code that would fail if the tags of `web` were no more than its own. */
const asksForTags = `
      inventory.machines.web.tags = [ "own" ];
      meta.description = if lib.elem "far" config.inventory.machines.web.tags then "x" else 1;
      inventory.instances.sshd.roles = if lib.length config.inventory.machines.web.tags == 1 then { nope = { }; } else { };`;

test.each([
  "inventory.tags = inputs.fleet.tags;",
  "inventory.tags.far = inputs.fleet.members;",
  "inventory.tags.far = [ inputs.fleet.member ];",
  'inventory.tags.${inputs.fleet.name} = [ "web" ];',
  'inventory.tags = lib.mkIf inputs.fleet.on { far = [ "web" ]; };',
  "imports = [ inputs.fleet.clanModules.tags ];",
])("code that asks for the tags of a machine, which may have others: %s", async (text) => {
  await checkFindings(`
    #- /flake.nix
    {
      ${core}
      inputs.fleet.url = "github:example/fleet";
      outputs = inputs@{ self, clan-core, ... }: {
        clan = (clan-core.lib.clan {
          inherit self;
          imports = [ ({ lib, config, ... }: { meta.name = "x"; ${asksForTags} ${text} }) ];
        }).config;
      };
    }`);
});

test("code that asks for tags that another clan-core may give", async () => {
  await checkFindings(`
    #- /flake.nix
    {
      inputs.clan-core.url = "github:someone/clan-core";
      outputs = inputs@{ self, clan-core, ... }: {
        clan = (clan-core.lib.clan {
          inherit self;
          imports = [ ({ lib, config, ... }: { meta.name = "x"; ${asksForTags} }) ];
        }).config;
      };
    }`);
});

test("options of stores that modules which are not seen may declare", async () => {
  await checkFindings(`
    #- /flake.nix
    {
      ${core}
      inputs.fleet.url = "github:example/fleet";
      outputs = inputs@{ self, clan-core, ... }: {
        clan = (clan-core.lib.clan {
          inherit self;
          meta.name = "x";
          inventory.machines.web = { };
          machines.web = { imports = [ inputs.fleet.modules.\${inputs.fleet.store} ]; clan.core.vars.password-store.vault = "x"; };
        }).config;
      };
    }`);
});

test("modules that are functions of `lib`, and that a condition leaves out", async () => {
  await checkFindings(`
    #- /clan.nix
    { lib, ... }: {
      meta.name = "x";
      inventory.machines.web = lib.mkMerge [ (lib.mkIf false (lib.mkIf { tags = [ ]; })) (lib.mkIf true { tags = [ "a" ]; }) ];
      inventory.machines.db = lib.id (lib.mkDefault { tags = [ "b" ]; });
      imports = [ (lib.mkIf true { inventory.machines.c = { }; }) ];
    }`);
});

test.each([
  ["of a class that is not known", "{ _class = inputs.fleet.class; }"],
  ["of no class", "{ _class = null; }"],
  ["with `meta` beside `config`", '{ meta.maintainers = [ ]; config.networking.domain = "x"; }'],
  ["that replace others", '{ disabledModules = [ inputs.fleet.module { key = "a"; } ./absent.nix ]; }'],
  ["that replace others, of which nothing is known", "{ disabledModules = inputs.fleet.modules; }"],
  [
    "whose imports are not known, and may be no list",
    "{ imports = if inputs.fleet.on then [ ] else inputs.fleet.modules; }",
  ],
  ["with a key that is not known", "{ key = inputs.fleet.key; _file = inputs.fleet.file; }"],
  [
    "that come from a function which stands for a set",
    '{ imports = [ { __functor = _: { lib, ... }: { networking.domain = lib.id "x"; }; } ]; }',
  ],
  [
    "that are `mkForce` and `mkIf`, made by functions",
    '{ imports = [ ({ lib, ... }: lib.mkForce { networking.domain = "x"; }) ({ lib, ... }: lib.mkIf true { }) ]; }',
  ],
])("modules of a machine %s", async (_, module) => {
  await checkFindings(`
    #- /flake.nix
    {
      ${core}
      inputs.fleet.url = "github:example/fleet";
      outputs = inputs@{ self, clan-core, ... }: {
        clan = (clan-core.lib.clan {
          inherit self;
          meta.name = "x";
          inventory.machines.web = { };
          machines.web = ${module};
        }).config;
      };
    }`);
});

test.each([
  "clan-core.clanModules.sshd or { }",
  "clan-core.clanModules or { }",
  "(if clan-core ? clanModules.sshd then clan-core.clanModules.sshd else { })",
  '(if builtins.hasAttr "clanModules" clan-core then clan-core.clanModules.sshd else { })',
  '(lib.attrByPath [ "clanModules" "sshd" ] { } clan-core)',
  "(clan-core // { clanModules.sshd = { }; }).clanModules.sshd",
  "(clan-core // inputs.other).clanModules.sshd",
])("what clan-core had before, taken where it is there: %s", async (module) => {
  await checkFindings(`
    #- /flake.nix
    {
      ${core}
      inputs.other.url = "github:example/other";
      outputs = { self, clan-core, ... }@inputs: {
        clan = (clan-core.lib.clan {
          inherit self;
          meta.name = "x";
          inventory.machines.web = { };
          specialArgs = { inherit inputs; };
        }).config;
      };
    }
    #- /machines/web/configuration.nix
    { clan-core, inputs, lib, ... }: { imports = [ ${module} ]; }`);
});

test.each([
  'imports = [ "${./.}/part.nix" ];',
  'imports = [ "${builtins.path { path = ./.; name = "x"; }}/part.nix" ];',
  'imports = if builtins.pathExists ./. then [ ./part.nix ] else throw "none";',
  'imports = if builtins.readFileType ./. == "directory" then [ ./part.nix ] else throw "none";',
  'imports = if builtins.readFileType ../clan == "directory" then [ ./part.nix ] else throw "none";',
  'imports = if lib.pathIsDirectory ./. then [ ./part.nix ] else throw "none";',
  'imports = [ (lib.fileset.toSource { root = ./.; fileset = ./part.nix; } + "/part.nix") ];',
])("the folder that was opened, named by its own files: %s", async (written) => {
  await checkFindings(`
    #- /clan/flake.nix
    {
      ${core}
      outputs = { self, clan-core, ... }: { clan = (clan-core.lib.clan { inherit self; imports = [ ./clan.nix ]; }).config; };
    }
    #- /clan/clan.nix
    { lib, ... }: { meta.name = "x"; inventory.machines.web = { }; ${written} }
    #- /clan/part.nix
    { }
    #- /clan/notes.txt
    not tracked
    #- /clan/.git/index
    clan.nix
    flake.nix
    part.nix`);
});
