/** What git ignores and does not track is not there for a flake, as `git check-ignore` and `nix eval` say of the same folders. */
import { describe, expect, test } from "vitest";
import { evaluateClans } from "../../../server/src/clan/evaluate.ts";
import { MemoryFileSystem } from "../../../server/src/project/file-system.ts";
import { Workspace } from "../../../server/src/project/workspace.ts";
import { checkClan } from "../../../server/src/rules/index.ts";
import { gitIndex } from "../helpers/git-index.ts";
import { testParser } from "../helpers/parse.ts";

const flake =
  "{ outputs = { self, clan-core }: { clan = clan-core.lib.clan { inherit self; imports = [ ./clan.nix ]; }; }; }";
const optional = (file: string) =>
  `{ lib, ... }: { imports = lib.optional (builtins.pathExists ${file}) ${file}; meta.name = "demo"; inventory.machines.web = { }; }`;
const late = "{ inventory.machines.late = { }; }";

interface Found {
  readonly machines: readonly string[];
  readonly messages: readonly string[];
}

async function inClan(
  files: Readonly<Record<string, string>>,
  index: readonly string[] = ["flake.nix", "clan.nix"],
  excludesFile?: string,
  links?: Readonly<Record<string, string>>,
): Promise<Found> {
  const fileSystem = new MemoryFileSystem({ "/clan/flake.nix": flake, ...files }, links);
  fileSystem.write("/clan/.git/index", gitIndex(index));
  const all = excludesFile === undefined ? fileSystem : Object.assign(fileSystem, { excludesFile });
  const snapshot = new Workspace({
    fileSystem: all,
    parser: await testParser(),
    roots: ["/clan"],
  }).snapshot();
  const [clan] = evaluateClans(snapshot);
  if (clan === undefined) throw new Error("no clan");
  return {
    machines: [...clan.machines.known.keys()],
    messages: checkClan(snapshot, clan).map(
      ({ code, message, fixes }) => `${code}: ${message} ${fixes?.length ?? 0}`,
    ),
  };
}

const ignored =
  "untracked-file: `local.nix` is ignored by git, so the flake does not see it. If it is not to be ignored: `git add -f -N`. 0";

describe("an ignored file is not there", () => {
  const files = { "/clan/clan.nix": optional("./local.nix"), "/clan/local.nix": late };
  test.each([
    ["by .gitignore", { "/clan/.gitignore": "local.nix\n" }],
    ["by a pattern", { "/clan/.gitignore": "# mine\n*.nix\n!clan.nix\n!flake.nix\n" }],
    ["by the repository's own list", { "/clan/.git/info/exclude": "/local.nix" }],
    ["by a file with the mark of its bytes", { "/clan/.gitignore": "\uFEFFlocal.nix" }],
  ])("%s", async (_how, more) => {
    expect(await inClan({ ...files, ...more })).toEqual({ machines: ["web"], messages: [ignored] });
  });

  test("by the person's list for all repositories", async () => {
    const all = { ...files, "/home/me/.config/git/ignore": "local.*" };
    expect(await inClan(all, undefined, "/home/me/.config/git/ignore")).toEqual({
      machines: ["web"],
      messages: [ignored],
    });
  });

  test("as part of a folder, out of which nothing can be taken back", async () => {
    const inFolder = { "/clan/clan.nix": optional("./private/local.nix"), "/clan/private/local.nix": late };
    const rules = {
      "/clan/.gitignore": "private/\n!private/local.nix",
      "/clan/private/.gitignore": "!local.nix",
    };
    expect((await inClan({ ...inFolder, ...rules })).machines).toEqual(["web"]);
  });

  // nix eval, 2.34: `pathExists ./link` is true, of what lies behind it false, and `readFile ./link` fails.
  test("nor behind a link that git knows", async () => {
    const behind = {
      "/clan/private/local.nix": late,
      "/clan/.gitignore": "private/",
    };
    const links = { "/clan/link": "private", "/clan/file.nix": "private/local.nix" };
    const index = ["flake.nix", "clan.nix", "link", "file.nix"];
    const machines = async (clan: string) =>
      (await inClan({ ...behind, "/clan/clan.nix": clan }, index, undefined, links)).machines;
    expect(await machines(optional("./link/local.nix"))).toEqual(["web"]);
    const names = (condition: string, name: string) =>
      `{ lib, ... }: { inventory.machines = lib.optionalAttrs (${condition}) { ${name} = { }; }; }`;
    expect(await machines(names("builtins.pathExists ./link", "link"))).toEqual(["link"]);
    expect(await machines(names("builtins.pathExists ./file.nix", "file"))).toEqual(["file"]);
    expect(await machines(names("(builtins.readDir ./.) ? link", "listed"))).toEqual(["listed"]);
    expect(await machines(names('builtins.readFile ./file.nix != ""', "read"))).toEqual([]);
  });

  test("and what imports it is told so once, without an offer to create it", async () => {
    const imports = { ...files, "/clan/clan.nix": '{ imports = [ ./local.nix ]; meta.name = "demo"; }' };
    expect((await inClan({ ...imports, "/clan/.gitignore": "local.nix" })).messages).toEqual([
      "evaluation-error: Nix cannot evaluate this: path './local.nix' does not exist. Git ignores it, so the flake does not see it. If it is not to be ignored: `git add -f -N`. 0",
    ]);
    const { "/clan/local.nix": _, ...missing } = imports;
    expect((await inClan(missing)).messages).toEqual([
      "evaluation-error: Nix cannot evaluate this: path './local.nix' does not exist. 1",
    ]);
  });

  test("and makes no machine as a folder", async () => {
    const machine = {
      "/clan/clan.nix": '{ meta.name = "demo"; }',
      "/clan/machines/scratch/configuration.nix": "{ }",
    };
    expect((await inClan(machine)).machines).toEqual(["scratch"]);
    expect((await inClan({ ...machine, "/clan/.gitignore": "/machines/scr*/" })).machines).toEqual([]);
  });
});

describe("there is", () => {
  const files = { "/clan/clan.nix": optional("./local.nix"), "/clan/local.nix": late };
  const both = ["late", "web"];
  test("what is only forgotten, with a fix", async () => {
    const { machines, messages } = await inClan(files);
    expect(machines).toEqual(both);
    expect(messages).toEqual([
      "untracked-file: `local.nix` is not in git's index, so the flake does not see it. 1",
    ]);
  });

  test.each([
    ["what is ignored and tracked all the same", { "/clan/.gitignore": "local.nix" }, ["local.nix"]],
    ["what a later line takes back", { "/clan/.gitignore": "*.nix\n!*.nix" }, []],
    ["what letters of another case ignore", { "/clan/.gitignore": "LOCAL.nix" }, []],
    ["what only a folder of the name is ignored of", { "/clan/.gitignore": "local.nix/" }, []],
  ])("%s", async (_what, more, tracked) => {
    const { machines } = await inClan({ ...files, ...more }, ["flake.nix", "clan.nix", ...tracked]);
    expect(machines).toEqual(both);
  });

  test("what an inner .gitignore takes back, and not elsewhere", async () => {
    const inner = {
      "/clan/clan.nix": optional("./parts/local.nix"),
      "/clan/parts/local.nix": late,
      "/clan/.gitignore": "local.nix",
      "/clan/parts/.gitignore": "!local.nix",
    };
    expect((await inClan(inner)).machines).toEqual(both);
  });

  test("a tracked file in an ignored folder", async () => {
    const inner = {
      "/clan/clan.nix": '{ meta.name = "demo"; }',
      "/clan/machines/web/configuration.nix": "{ }",
      "/clan/.gitignore": "machines/",
    };
    const index = ["flake.nix", "clan.nix", "machines/web/configuration.nix"];
    expect((await inClan(inner, index)).machines).toEqual(["web"]);
  });

  test("everything of a flake that git does not know", async () => {
    const { machines } = await inClan({ ...files, "/clan/.gitignore": "local.nix" }, ["README.md"]);
    expect(machines).toEqual(both);
  });
});
