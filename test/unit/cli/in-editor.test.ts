/** The tools for assistants, of what an editor has open. */

import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { toolContributions } from "../../../scripts/lib/tool-contributions.mjs";
import { ClanCache } from "../../../server/src/clan/clan-cache.ts";
import { askInEditor, editorTools, inputSchemaOf } from "../../../server/src/cli/mcp/in-editor.ts";
import { MemoryFileSystem } from "../../../server/src/project/file-system.ts";
import { Workspace } from "../../../server/src/project/workspace.ts";
import { testParser } from "../helpers/parse.ts";

const parser = await testParser();
const one = `{ meta.name = "one"; inventory.machines.web = { }; }`;

/** `files`: on disk. */
function opened(files: Readonly<Record<string, string>>, ...roots: string[]) {
  const fileSystem = new MemoryFileSystem(new Map(Object.entries(files)));
  const workspace = new Workspace({ fileSystem, parser, roots });
  const cache = new ClanCache();
  const ask = (tool: string, input: Readonly<Record<string, unknown>> = {}) =>
    askInEditor({ tool, input }, { snapshot: workspace.snapshot(), clans: (state) => cache.clansOf(state) });
  return { workspace, ask };
}

test("what is not saved counts", () => {
  const { workspace, ask } = opened({ "/a/clan.nix": one }, "/a");
  expect(JSON.parse(ask("inventory").text).machines).toHaveProperty("web");
  workspace.open("/a/clan.nix", one.replace("web", "db"));
  expect(Object.keys(JSON.parse(ask("inventory").text).machines)).toEqual(["db"]);
});

test("an edit is tried and leaves the text as it is", () => {
  const { workspace, ask } = opened({ "/a/clan.nix": one }, "/a");
  const text = one.replace("{ }", "{ tag = [ ]; }");
  const { new: found } = JSON.parse(ask("try_edit", { file: "clan.nix", text }).text);
  expect(found).toMatchObject([{ file: "clan.nix", severity: "error", code: "unknown-option" }]);
  expect(workspace.snapshot().readFile("/a/clan.nix")).toBe(one);
  expect(JSON.parse(ask("check").text).findings).toEqual([]);
});

test("of several clans it must be said which one", () => {
  const two = one.replace("one", "two").replace("web", "db");
  const { ask } = opened({ "/a/clan.nix": one, "/b/clan.nix": two }, "/a", "/b");
  expect(ask("inventory")).toEqual({
    text: "say which clan you mean: folder is one of /a, /b",
    isError: true,
  });
  for (const folder of ["/b", "b", "b/"])
    expect(Object.keys(JSON.parse(ask("inventory", { folder }).text).machines)).toEqual(["db"]);
  expect(ask("inventory", { folder: "c" }).isError).toBe(true);
});

test("what is not there, or is no input, is refused in words", () => {
  const { ask } = opened({ "/a/clan.nix": one, "/secret": "canary" }, "/a");
  const refusals = [
    ask("deploy"),
    // It would ask git, and an editor's server starts no program.
    ask("affected"),
    ask("what_is", { file: "clan.nix", line: "1", character: 1 }),
    ask("what_is", { file: "other.nix", line: 1, character: 1 }),
    ask("check", { file: "../secret" }),
    ask("vars", { machine: "db" }),
    opened({}, "/a").ask("check"),
  ];
  expect(refusals).toMatchInlineSnapshot(`
    [
      {
        "isError": true,
        "text": "there is no tool deploy",
      },
      {
        "isError": true,
        "text": "there is no tool affected",
      },
      {
        "isError": true,
        "text": "✖ Invalid input: expected number, received string
      → at line",
      },
      {
        "isError": true,
        "text": "there is no file other.nix",
      },
      {
        "isError": true,
        "text": "../secret is not in the clan's folder",
      },
      {
        "isError": true,
        "text": "there is no machine db; there are: web",
      },
      {
        "isError": true,
        "text": "no clan is open",
      },
    ]
  `);
});

test("package.json has them as they are", () => {
  const { contributes } = JSON.parse(readFileSync("package.json", "utf8"));
  expect(contributes.languageModelTools).toEqual(toolContributions({ editorTools, inputSchemaOf }));
});
