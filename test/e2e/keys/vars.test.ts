/** Vars in a machine's configuration: names are offered, the value of a secret is marked and mended, a lens generates. */
import path from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import { type Editor, openEditor } from "./editor.ts";

const file = "machines/web/configuration.nix";
let editor: Editor;

beforeAll(async () => {
  editor = await openEditor("vars", {
    programs: ["clan"],
    clan: path.join(import.meta.dirname, "vars-clan"),
  });
  await editor.openFile(file);
  await editor.untilServerAnswers();
});
afterAll(() => editor.close());

it("completes a generator and one of its files", async () => {
  await editor.goToEndOf(file, "enable = true;");
  await editor.press("Enter");
  await editor.type("key = config.clan.core.vars.generators.");
  expect(await editor.suggestions()).toContain("ca");
  await editor.screenshot("generators");
  await editor.type("ca");
  await editor.press("Enter");
  await editor.type(".files.");
  expect((await editor.suggestions()).sort()).toEqual([`"ca.pem"`, "key"]);
  await editor.screenshot("files");
  await editor.type("key");
  await editor.press("Enter");
  await editor.press("Escape");
  await editor.type(".value;");
  await editor.press("Escape");
});

it("marks the value of a secret, and mends it", async () => {
  const message = await editor.goToProblem("`ca/key` is secret");
  expect(message).toContain("secret-value");
  await editor.screenshot("squiggle");
  await editor.closeProblem();
  expect((await editor.fixes())[0]).toContain("path");
  await editor.screenshot("fix");
  await editor.press("Enter");
  await editor.untilNoSquiggle();
  await expect
    .poll(() => editor.savedText(file))
    .toContain("key = config.clan.core.vars.generators.ca.files.key.path;");
});

it("generates the vars of one generator by the lens above it", async () => {
  await editor.screenshot("lens");
  await editor.clickLens("Generate for web");
  const run = {
    program: "clan",
    arguments: ["vars", "generate", "web", "--generator", "ca"],
    folder: editor.folder,
  };
  await expect.poll(() => editor.recorder.runs()).toEqual([run]);
});
