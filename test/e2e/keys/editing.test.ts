/** Changes a person asks for: ignore a finding, add and remove a machine; and what F12 and the mouse show of a service. */
import { existsSync } from "node:fs";
import path from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import { clanFile, type Editor, openEditor } from "./editor.ts";

let editor: Editor;

beforeAll(async () => {
  editor = await openEditor("editing", { programs: ["clan"] });
  await editor.openFile(clanFile);
  await editor.untilServerAnswers();
});
afterAll(() => editor.close());

/** Chooses the entry of the list of fixes and actions that has this text. */
async function choose(text: string): Promise<void> {
  await editor.fixes();
  await editor.page.locator(".action-widget .monaco-list-row.action", { hasText: text }).first().click();
}

it("ignores a finding where it is", async () => {
  await editor.goToEndOf(clanFile, "roles.controller");
  await editor.press("Enter");
  await editor.type("roles.controler.extraModules = [ ];");
  await editor.goToProblem("`controler`");
  await editor.closeProblem();
  const titles = await editor.fixes();
  await editor.screenshot("fixes");
  expect(titles.join("\n")).toMatch(/Change to `controller`[\s\S]*Ignore unknown-role here/);
  await choose("Ignore unknown-role here");
  await editor.untilNoSquiggle();
  await expect
    .poll(() => editor.savedText(clanFile))
    .toContain("roles.controler.extraModules = [ ]; # clan-ls: ignore unknown-role");
});

it("asks for the name and class of a new machine, which one step takes back", async () => {
  await editor.goToEndOf(clanFile, "inventory.machines = {");
  const before = await editor.savedText(clanFile);
  const configuration = "secrets/clan/machines/nb/configuration.nix";
  await choose("Add a machine…");
  await editor.page.locator(".quick-input-title", { hasText: "New Machine" }).waitFor();
  await editor.type("not a name");
  await editor.page.locator(".quick-input-message", { hasText: "A hostname has letters" }).waitFor();
  await editor.screenshot("name");
  await editor.page.locator(".quick-input-widget input").first().fill("nb");
  await editor.press("Enter");
  await editor.page.locator(".quick-input-title", { hasText: "New Machine" }).waitFor();
  const shown = editor.page.locator(".quick-input-list .monaco-list-row", { hasText: "macOS" });
  await shown.getByText(`Adds to ${clanFile}, creates ${configuration}`).waitFor();
  await editor.screenshot("class");
  await editor.pick("New Machine", "macOS");
  await editor.page.locator(".quick-input-list .monaco-list-row", { hasText: "No tags" }).waitFor();
  await editor.tick("builder");
  await editor.page.locator(".quick-input-message", { hasText: "Where it is deployed" }).waitFor();
  await editor.type("admin@nb.example.net");
  await editor.press("Enter");
  await (await editor.question("Add the machine nb?")).click("Add");
  await editor.page.locator(".view-line", { hasText: /nb\s=/ }).first().waitFor();
  await editor.screenshot("new-machine");
  await expect
    .poll(() => editor.savedText(clanFile))
    .toMatch(
      /nb = \{\n\s+machineClass = "darwin";\n\s+tags = \[ "builder" \];\n\s+deploy\.targetHost = "admin@nb\.example\.net";\n\s+\};/,
    );
  expect(existsSync(path.join(editor.folder, configuration))).toBe(true);
  await editor.press("Control+Z");
  await expect.poll(() => editor.savedText(clanFile)).toBe(before);
  await expect.poll(() => existsSync(path.join(editor.folder, configuration))).toBe(false);
});

it("removes a machine everywhere, and asks about its files", async () => {
  await editor.goToEndOf(clanFile, "hetzner-02 = {");
  await editor.press("Home");
  await choose("Remove machine `hetzner-02`");
  const preview = editor.page.locator(".bulk-edit-panel");
  await preview.locator(".monaco-list-row", { hasText: "deleting" }).first().waitFor();
  await editor.screenshot("remove");
  await preview.getByRole("button", { name: "Apply" }).click();
  await expect.poll(() => editor.savedText(clanFile)).not.toContain("hetzner-02 = {");
});

it("leads from a role of clan-core to what the catalogue says of it", async () => {
  await editor.goToEndOf(clanFile, "roles.controller");
  await editor.press("Home");
  for (let column = 0; column < "roles.con".length; column++) await editor.press("ArrowRight");
  await editor.press("F12");
  await editor.page.locator(".tab.active", { hasText: "zerotier.md" }).waitFor();
  await editor.page.locator(".view-line", { hasText: "Role `controller`" }).first().waitFor();
  await editor.screenshot("service");
});
