/** Writing an instance: roles are offered, a misspelt one is marked, and the quick fix mends it. */
import { afterAll, beforeAll, expect, it } from "vitest";
import { clanFile, type Editor, openEditor } from "./editor.ts";

let editor: Editor;

beforeAll(async () => {
  editor = await openEditor("roles", { programs: ["clan"] });
  await editor.openFile(clanFile);
  await editor.untilServerAnswers();
});
afterAll(() => editor.close());

it("offers the roles of the instance's service behind `roles.`", async () => {
  await editor.goToEndOf(clanFile, "roles.controller");
  await editor.press("Enter");
  await editor.type("roles.");
  expect((await editor.suggestions()).sort()).toEqual(["controller", "moon", "peer"]);
  await editor.screenshot("suggestions");
  await editor.press("Escape");
});

it("marks a misspelt role and says which there are", async () => {
  await editor.type("controler.extraModules = [ ];");
  const message = await editor.goToProblem("`controler`");
  for (const part of ["controller", "moon", "peer", "unknown-role"]) {
    expect(message).toContain(part);
  }
  await editor.screenshot("squiggle");
  await editor.closeProblem();
});

it("mends it by the quick fix", async () => {
  const fixes = await editor.fixes();
  expect(fixes[0]).toContain("controller");
  await editor.screenshot("quick-fix");
  await editor.press("Enter");
  await editor.untilNoSquiggle();
  await expect.poll(() => editor.savedText(clanFile)).toContain("roles.controller.extraModules = [ ];");
});
