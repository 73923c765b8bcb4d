/** A workspace that is not trusted, then trusted, on a machine without `clan`. The tests build on each other. */
import { afterAll, beforeAll, expect, it } from "vitest";
import { clanFile, type Editor, openEditor } from "./editor.ts";

let editor: Editor;

beforeAll(async () => {
  editor = await openEditor("trust", { programs: ["nix"], trust: false });
  await editor.openFile(clanFile);
});
afterAll(() => editor.close());

it("helps with editing in a workspace that is not trusted", async () => {
  await editor.untilServerAnswers();
});

it("says why a command does not run there, and where to grant trust", async () => {
  await editor.runCommand("Clan: Update Machines…");
  const explained = await editor.message("This workspace is not trusted, so Clan runs no programs in it");
  await editor.screenshot("not-trusted");
  await explained.click("Manage Workspace Trust");
  await editor.grantTrust();
  expect(editor.recorder.runs()).toEqual([]);
});

it("says that clan was not found, once it may look for it", async () => {
  await editor.page.locator("#status\\.languageStatus").first().hover();
  await editor.page.getByText("clan was not found").waitFor();
  await editor.screenshot("no-clan-status");
});

it("says how to get `clan` when it is missing, and runs it through `nix develop`", async () => {
  await editor.runCommand("Clan: Update Machines…");
  await editor.choices("Update Machines");
  await editor.tick("hetzner-01");
  await (await editor.question("Update hetzner-01 now?")).click("Update Anyway");
  const missing = await editor.message("clan was not found.");
  await editor.screenshot("missing-clan");
  await missing.click("Use nix develop -c clan");
  const run = {
    program: "nix",
    arguments: ["develop", "-c", "clan", "machines", "update", "hetzner-01"],
    folder: editor.folder,
  };
  await expect.poll(() => editor.recorder.runs()).toEqual([run]);
});
