/** A whole clan from an empty flake.nix, with nothing but the keyboard: what is offered leads from one step to the next. */
import path from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import { type Editor, openEditor } from "./editor.ts";

let editor: Editor;

beforeAll(async () => {
  editor = await openEditor("new-clan", {
    programs: ["clan"],
    clan: path.join(import.meta.dirname, "empty-flake"),
  });
});
afterAll(() => editor.close());

/** To a new line below. */
async function goOn() {
  await editor.press("Escape");
  await editor.press("End");
  await editor.press("Enter");
}

it("begins a flake with what a clan is", async () => {
  await editor.openFile("flake.nix");
  await editor.press("Control+Space");
  expect(await editor.suggestions()).toEqual(["flake with a clan"]);
  await editor.press("Enter");
  await editor.type("home");
  await editor.screenshot("flake");
  await expect.poll(() => editor.savedText("flake.nix")).toContain('        meta.name = "home";\n');
  // The places that are left to write are left.
  await editor.press("Escape");
});

it("creates the file that the clan goes on in", async () => {
  await editor.goToEndOf("flake.nix", "inherit self");
  await editor.press("Enter");
  await editor.type("imports = [ ./clan.nix ];");
  await editor.goToProblem("clan.nix");
  await editor.closeProblem();
  expect((await editor.fixes())[0]).toContain("clan.nix");
  await editor.screenshot("missing-file");
  await editor.press("Enter");
  await editor.untilNoSquiggle();
  await editor.openFile("clan.nix");
  await expect.poll(() => editor.savedText("clan.nix")).toBe("{ ... }:\n{\n}\n");
});

it("adds a machine with its file, and gives it a tag", async () => {
  await editor.openFile("flake.nix");
  await editor.goToEndOf("flake.nix", "inventory.machines = {");
  await editor.fixes();
  await editor.page
    .locator(".action-widget .monaco-list-row.action", { hasText: "Add a machine…" })
    .waitFor();
  await editor.screenshot("actions");
  await editor.press("Enter");
  await editor.page.locator(".quick-input-title", { hasText: "New Machine" }).waitFor();
  await editor.type("web");
  await editor.press("Enter");
  await editor.page.locator(".quick-input-list .monaco-list-row.focused", { hasText: "NixOS" }).waitFor();
  await editor.press("Enter");
  // It is deployed nowhere yet.
  await editor.page.locator(".quick-input-message", { hasText: "Where it is deployed" }).waitFor();
  await editor.press("Enter");
  await (await editor.question("Add the machine web?")).click("Add");
  await editor.page
    .locator(".view-line", { hasText: /web\s=/ })
    .first()
    .waitFor();
  // The cursor goes to its name.
  await expect.poll(() => editor.cursor()).toContain("Ln 15, Col 11");
  await editor.press("End");
  for (let left = 0; left < "};".length; left++) await editor.press("ArrowLeft");
  await editor.complete("t", "tags");
  await editor.type('"server"');
  await editor.press("Escape");
  await editor.screenshot("machine");
  await expect
    .poll(() => editor.savedText("flake.nix"))
    .toMatch(/^ {10}web = \{ tags = \[ "server" \]; ?\};\n {8}\};\n/m);
});

it("writes an instance, its role and the machines that are in it", async () => {
  await editor.openFile("clan.nix");
  await editor.goToEndOf("clan.nix", "{ ... }:");
  await editor.press("ArrowDown");
  await goOn();
  await editor.complete("inv", "inventory");
  await editor.complete(".ins", "instances");
  await editor.complete(".ssh", "sshd");
  await editor.complete(".ro", "roles");
  await editor.complete(".ser", "server");
  await editor.complete(".ta", "tags");
  await editor.complete('"ser', "server");
  await editor.screenshot("role");
  await editor.press("End");
  await expect
    .poll(() => editor.savedText("clan.nix"))
    .toContain('  inventory.instances.sshd.roles.server.tags = [ "server" ];\n');
});

// The file is new: it takes a while until the editor finds it by its name.
