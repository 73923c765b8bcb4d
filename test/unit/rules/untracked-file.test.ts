import { expect, test } from "vitest";
import { evaluateClans } from "../../../server/src/clan/evaluate.ts";
import { MemoryFileSystem } from "../../../server/src/project/file-system.ts";
import { Workspace } from "../../../server/src/project/workspace.ts";
import { checkClan } from "../../../server/src/rules/index.ts";
import { checkFindings, findingTexts } from "../helpers/check.ts";
import { gitIndex } from "../helpers/git-index.ts";
import { testParser } from "../helpers/parse.ts";

/** A flake.nix whose clan has these attributes, indented as the fixtures are. */
function flake(attributes: string): string {
  return `
    #- /flake.nix
    {
      inputs.clan-core.url = "https://git.clan.lol/clan/clan-core/archive/main.tar.gz";
      outputs = { self, clan-core }: { clan = clan-core.lib.clan { inherit self; meta.name = "x"; ${attributes} }; };
    }`;
}

test("mistake 18: a new machine that is not in git, at its name in the inventory", async () => {
  await checkFindings(`
    ${flake("imports = [ ./clan.nix ];")}
    #- /clan.nix
    {
      inventory.machines.a = { };
      inventory.machines.b = { };
    #                    ^ warning[untracked-file]: \`machines/b/configuration.nix\` and \`machines/b/disko.nix\` are not in git's index, so the flake does not see them.
    }
    #- /machines/a/configuration.nix
    { }
    #- /machines/b/configuration.nix
    { }
    #- /machines/b/disko.nix
    { }
    #- /.git/index
    clan.nix
    flake.nix
    machines/a/configuration.nix
  `);
});

test("a machine nobody names: at its file's own first line", async () => {
  expect(
    await findingTexts(`
      #- /flake.nix
      { outputs = { self, clan-core }: { clan = clan-core.lib.clan { inherit self; meta.name = "x"; }; }; }
      #- /machines/b/configuration.nix
      { imports = [ ]; }
      #- /.git/index
      flake.nix
    `),
  ).toEqual(["untracked-file: { imports = [ ]; }"]);
});

test("where a path names the file, at the path, also in a module of a machine", async () => {
  await checkFindings(`
    ${flake("imports = [ ./clan.nix ];")}
    #- /clan.nix
    { machines.a.imports = [ ./modules/base.nix ]; inventory = import ./inventory; }
    #                                                                 ^^^^^^^^^^^ warning[untracked-file]: \`inventory/default.nix\` is not…
    #- /inventory/default.nix
    { machines.a = { }; }
    #- /modules/base.nix
    { imports = [ ./users.nix ]; } # was ./old.nix
    #             ^^^^^^^^^^^ warning[untracked-file]
    #- /modules/users.nix
    { }
    #- /modules/old.nix
    { }
    #- /.git/index
    clan.nix
    flake.nix
    modules/base.nix
  `);
});

test("inventory.json, and what readDir finds, at their own beginning", async () => {
  expect(
    await findingTexts(`
      #- /flake.nix
      { outputs = { self, clan-core }: { clan = clan-core.lib.clan { inherit self; meta.name = "x"; imports = [ ./clan.nix ]; }; }; }
      #- /clan.nix
      { imports = map (name: ./parts + "/\${name}") (builtins.attrNames (builtins.readDir ./parts)); }
      #- /inventory.json
      { "machines": { "a": { } } }
      #- /parts/a.nix
      # a
      { }
      #- /parts/b.nix
      { }
      #- /.git/index
      clan.nix
      flake.nix
      parts/b.nix
    `),
  ).toEqual(['untracked-file: { "machines": { "a": { } } }', "untracked-file: # a"]);
});

test("a flake that git does not track at all is reported alone", async () => {
  expect(
    await findingTexts(`
      #- /flake.nix
      { outputs = { clan-core, self }: { clan = clan-core.lib.clan { inherit self; meta.name = "x"; imports = [ ./x.nix ]; }; }; }
      #- /x.nix
      { }
      #- /.git/index
      README.md
    `),
  ).toEqual([
    'untracked-file: { outputs = { clan-core, self }: { clan = clan-core.lib.clan { inherit self; meta.name = "x"; imports = [ ./x.nix ]; }; }; }',
  ]);
});

const silent: Readonly<Record<string, readonly string[] | string | undefined>> = {
  "no repository": undefined,
  "all is tracked": ["flake.nix", "clan.nix", "machines/a/configuration.nix"],
  "a folder is a submodule": ["flake.nix", "clan.nix", "machines"],
  "an index that cannot be read": "DIRC",
};

test.each(Object.entries(silent))("silent: %s", async (_name, index) => {
  expect(await codesOf("/clan", "/clan", index)).toEqual([]);
});

test("the repository may be above the workspace", async () => {
  const tracked = ["sub/flake.nix", "sub/clan.nix"];
  expect(await codesOf("/repo/sub", "/repo", tracked)).toEqual(["untracked-file"]);
  expect(await codesOf("/repo/sub", "/repo", [...tracked, "sub/machines/a/configuration.nix"])).toEqual([]);
});

test("a folder below a repository that does not know its flake is used by its path", async () => {
  expect(await codesOf("/repo/scratch", "/repo", ["README.md"])).toEqual([]);
});

test("a document that was never saved is not tracked either", async () => {
  const workspace = await workspaceAt("/clan", "/clan", [
    "flake.nix",
    "clan.nix",
    "machines/a/configuration.nix",
  ]);
  workspace.open("/clan/machines/a/disko.nix", "{ }");
  expect(codesIn(workspace)).toEqual(["untracked-file"]);
});

test("after the index has changed, what was added is no problem", async () => {
  const files = new MemoryFileSystem();
  const workspace = await workspaceAt("/clan", "/clan", ["flake.nix", "clan.nix"], files);
  expect(codesIn(workspace)).toEqual(["untracked-file"]);
  files.write("/clan/.git/index", gitIndex(["flake.nix", "clan.nix", "machines/a/configuration.nix"]));
  workspace.changed(["/clan/clan.nix"]);
  expect(codesIn(workspace)).toEqual(["untracked-file"]);
  workspace.changed(["/clan/.git/index"]);
  expect(codesIn(workspace)).toEqual([]);
});

test("the fix names every file of the machine", async () => {
  const workspace = await workspaceAt("/clan", "/clan", ["flake.nix", "clan.nix"]);
  const snapshot = workspace.snapshot();
  const [finding] = evaluateClans(snapshot).flatMap((clan) => checkClan(snapshot, clan));
  expect(finding?.fixes).toEqual([
    {
      title: "Run `git add -N machines/a/configuration.nix`",
      edits: [],
      track: ["/clan/machines/a/configuration.nix"],
      preferred: true,
    },
  ]);
});

async function workspaceAt(
  root: string,
  repository: string,
  index: readonly string[] | string | undefined,
  files = new MemoryFileSystem(),
): Promise<Workspace> {
  files.write(
    `${root}/flake.nix`,
    "{ outputs = { self, clan-core }: { clan = clan-core.lib.clan { inherit self; imports = [ ./clan.nix ]; }; }; }",
  );
  files.write(`${root}/clan.nix`, '{ meta.name = "x"; inventory.machines.a = { }; }');
  files.write(`${root}/machines/a/configuration.nix`, "{ }");
  if (index !== undefined)
    files.write(`${repository}/.git/index`, typeof index === "string" ? index : gitIndex(index));
  return new Workspace({ fileSystem: files, parser: await testParser(), roots: [root] });
}

function codesIn(workspace: Workspace): string[] {
  const snapshot = workspace.snapshot();
  return evaluateClans(snapshot).flatMap((clan) => checkClan(snapshot, clan).map(({ code }) => code));
}

async function codesOf(...where: Parameters<typeof workspaceAt>): Promise<string[]> {
  return codesIn(await workspaceAt(...where));
}
