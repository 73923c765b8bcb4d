/** The sidebar of the clan: what it shows, where it leads, and what the menu of a machine runs. */
import { readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { afterAll, beforeAll, beforeEach, expect, it } from "vitest";
import { clanFile, type Editor, openEditor } from "./editor.ts";

let editor: Editor;

beforeAll(async () => {
  editor = await openEditor("views", { programs: ["clan"] });
  await editor.openSidebar();
});
beforeEach(() => editor.recorder.clear());
afterAll(() => editor.close());

async function expectRun(...commandLine: string[]) {
  const run = { program: "clan", arguments: commandLine, folder: editor.folder };
  await expect.poll(() => editor.recorder.runs()).toEqual([run]);
}

it("shows the machines of the clan and its instances, before any file is open", async () => {
  expect(await editor.rows("Machines")).toEqual([
    "Affected Machines",
    "hetzner-01",
    "hetzner-02",
    "macmini-01",
  ]);
  expect(await editor.rows("Services")).toEqual(expect.arrayContaining(["emergency-access", "users-root"]));
  await editor.screenshot("machines");
});

it("shows the roles of a machine, and its vars", async () => {
  await editor.expandRow("hetzner-01");
  await expect.poll(() => editor.rows("Machines")).toContain("emergency-access / default");
  await editor.expandRow("Vars");
  await expect.poll(async () => (await editor.rows("Machines")).length).toBeGreaterThan(8);
  await editor.screenshot("roles");
  await editor.expandRow("hetzner-01");
});

it("narrows all views to a part of a name or a tag, and shows everything again", async () => {
  const pane = editor.page.locator(".sidebar .pane", { hasText: "Machines" }).first();
  await pane.hover();
  await pane.getByRole("button", { name: "Filter Views…" }).click();
  await editor.page.locator(".quick-input-title", { hasText: "Filter the Views" }).waitFor();
  await editor.type("gateway");
  await editor.press("Enter");
  await expect.poll(() => editor.rows("Machines")).toEqual(["Affected Machines", "hetzner-01"]);
  await pane.locator(".pane-header .description", { hasText: "“gateway”" }).waitFor();
  await editor.page
    .locator(".sidebar .pane", { hasText: "Services" })
    .getByText("No instance matches the filter.")
    .waitFor();
  await editor.screenshot("filter");
  await pane.hover();
  await pane.getByRole("button", { name: "Clear Filter of Views" }).click();
  await expect.poll(() => editor.rows("Machines")).toContain("hetzner-02");
});

it("goes to where a machine is written", async () => {
  await editor.clickRow("hetzner-02");
  await editor.page.locator(".tab.active", { hasText: "clan.nix" }).waitFor();
  await expect.poll(() => editor.cursor()).toContain("Ln 23, Col 7");
});

it("updates a machine from its menu, shows that it runs, and stops it", async () => {
  editor.recorder.hang();
  await editor.chooseInMenu("hetzner-01", "Update Machines…");
  await (await editor.question("Update hetzner-01 now?")).click("Update Anyway");
  await expectRun("machines", "update", "hetzner-01");
  const row = editor.page.locator(".sidebar .monaco-list-row", { hasText: "hetzner-01" }).first();
  await row.getByText("update …").waitFor();
  await editor.status("clan machines update hetzner-01");
  await expect.poll(() => editor.recorder.processes().length).toBe(2);
  await editor.screenshot("running");
  await editor.pressInRow("hetzner-01", "Stop");
  await expect.poll(() => editor.recorder.processes()).toEqual([]);
  await row.getByText("update …").waitFor({ state: "detached" });
});

it("generates its vars with the button in its row", async () => {
  await editor.pressInRow("hetzner-02", "Generate Vars…");
  await expectRun("vars", "generate", "hetzner-02");
});

it("goes to where a role is written, from its menu", async () => {
  await editor.expandRow("zerotier");
  await editor.chooseInMenu("controller", "Go to Definition");
  await expect.poll(() => editor.cursor()).toContain("Ln ");
  await editor.screenshot("role");
  await editor.chooseInMenu("controller", "Copy Name");
  await editor.chooseInMenu("controller", "Show Documentation");
  await editor.page.locator(".monaco-hover", { hasText: "controller" }).first().waitFor();
  await editor.screenshot("documentation");
  await editor.press("Escape");
});

it("renames an instance from its menu", async () => {
  await editor.chooseInMenu("users-root", "Rename…");
  await editor.page.locator(".rename-box input").waitFor();
  await editor.screenshot("rename");
  await editor.press("Escape");
});

it("runs a generator from its menu, and names it when it is done", async () => {
  await editor.expandRow("hetzner-01");
  await expect.poll(() => editor.rows("Machines")).toContain("Vars");
  if (!(await editor.rows("Machines")).includes("acme-token")) await editor.expandRow("Vars");
  await expect.poll(() => editor.rows("Machines")).toContain("acme-token");
  await editor.chooseInMenu("acme-token", "Run One Generator…");
  await expectRun("vars", "generate", "hetzner-01", "--generator", "acme-token");
  await editor.status("clan vars generate hetzner-01 --generator acme-token: done.");
  await editor.screenshot("generator");
});

it("asks for the vars of a generator only, from its menu", async () => {
  await editor.chooseInMenu("acme-token", "Set Var…");
  const choices = await editor.choices("Set Var");
  expect(choices.length).toBeGreaterThan(0);
  expect(choices.filter((name) => !name.startsWith("acme-token/"))).toEqual([]);
  await editor.press("Escape");
});

it("shows the machines that what has changed on disk concerns, and why", async () => {
  const file = "configurations/nixos/remote/hetzner-02.nix";
  const before = readFileSync(path.join(editor.folder, file), "utf8");
  writeFileSync(
    path.join(editor.folder, file),
    before.replace(/\{\n/, "{\n  services.openssh.enable = false;\n"),
  );
  await editor.expandRow("Affected Machines");
  await expect.poll(async () => (await editor.rows("Machines"))[1]).toBe("hetzner-02");
  await editor.expandRow("hetzner-02");
  await expect.poll(() => editor.rows("Machines")).toContain("option services.openssh.enable");
  await editor.screenshot("affected");
});

it("follows the cursor, and what is typed", async () => {
  await editor.openFile(clanFile);
  const selected = editor.page.locator(".sidebar .monaco-list-row.selected", { hasText: "hetzner-01" });
  await editor.goToEndOf(clanFile, "hetzner-01 = {");
  await selected.waitFor();
  await editor.goToEndOf(clanFile, "inventory.machines = {");
  await editor.type(" added = { };");
  await expect.poll(() => editor.rows("Machines")).toContain("added");
});

it("has a button for a new instance above the services", async () => {
  const pane = editor.page.locator(".sidebar .pane", { hasText: "Services" }).last();
  await pane.hover();
  await pane.getByRole("button", { name: "Add Service Instance…" }).click();
  await editor.page.locator(".quick-input-title", { hasText: "Add Service Instance" }).waitFor();
  await editor.press("Escape");
});
