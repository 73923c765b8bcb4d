/** A folder without a clan: what the sidebar says of it, and how a clan begins there. */
import { readFileSync } from "node:fs";
import path from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import { type Editor, openEditor } from "./editor.ts";

let editor: Editor;

beforeAll(async () => {
  editor = await openEditor("begin", {
    programs: ["clan"],
    clan: path.join(import.meta.dirname, "../suite/plain-folder"),
  });
});
afterAll(() => editor.close());

it("says that there is no clan, and how to begin", async () => {
  await editor.openSidebar();
  const machines = editor.page.locator(".sidebar .pane", { hasText: "Machines" }).first();
  await machines.getByText("There is no clan in this workspace").waitFor();
  await machines.getByRole("button", { name: "How to Begin" }).waitFor();
  await editor.screenshot("welcome");
});

it("begins one in a new flake.nix, with what is suggested", async () => {
  await editor.page.locator(".sidebar").getByRole("button", { name: "New Clan…" }).click();
  await editor.page.locator(".tab.active", { hasText: "flake.nix" }).waitFor();
  expect(await editor.suggestions()).toEqual(["flake with a clan"]);
  await editor.press("Enter");
  await editor.type("home");
  await expect.poll(() => editor.savedText("flake.nix")).toContain('meta.name = "home";');
  expect(readFileSync(path.join(editor.folder, "flake.nix"), "utf8")).toContain("clan-core");
  // Its views follow.
  await editor.page.locator(".sidebar").getByText("The clan has no machines yet.").waitFor();
  await editor.page.locator(".sidebar").getByText("The clan has no instances of services yet.").waitFor();
  await editor.screenshot("new");
});
