/** Running `clan` for machines that are picked from the list, by a code lens, and what is seen of its end. */
import { readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { afterAll, beforeAll, beforeEach, expect, it } from "vitest";
import { clanFile, type Editor, openEditor } from "./editor.ts";

let editor: Editor;

beforeAll(async () => {
  editor = await openEditor("machine-commands", { programs: ["clan"] });
  await editor.openFile(clanFile);
  await editor.untilServerAnswers();
});
beforeEach(() => editor.recorder.clear());
afterAll(() => editor.close());

async function expectRun(...commandLine: string[]) {
  const run = { program: "clan", arguments: commandLine, folder: editor.folder };
  await expect.poll(() => editor.recorder.runs()).toEqual([run]);
}

async function updateAnyway() {
  await (await editor.question("now?")).click("Update Anyway");
}

it("lists the machines, and updates those that are ticked", async () => {
  await editor.runCommand("Clan: Update Machines…");
  const choices = await editor.choices("Update Machines");
  expect(choices).toEqual(expect.arrayContaining(["All machines", "hetzner-01", "hetzner-02"]));
  await editor.screenshot("list");
  await editor.tick("hetzner-01", "hetzner-02");
  const before = await editor.question("Update hetzner-01, hetzner-02 now?");
  expect(await before.text()).toContain("Missing vars: ");
  await editor.screenshot("before-deploy");
  await before.click("Update Anyway");
  await expectRun("machines", "update", "hetzner-01", "hetzner-02");
  await editor.status("clan machines update: done for hetzner-01, hetzner-02.");
  await editor.screenshot("updated");
});

it("generates the missing vars in place of an update, and Escape does nothing", async () => {
  await editor.runCommand("Clan: Update Machines…");
  await editor.pick("Update Machines", "hetzner-02");
  await editor.question("Update hetzner-02 now?");
  await editor.press("Escape");
  await editor.runCommand("Clan: Update Machines…");
  await editor.pick("Update Machines", "hetzner-02");
  // Enter takes the first button, which mends.
  await editor.question("Update hetzner-02 now?");
  await editor.press("Enter");
  await expectRun("vars", "generate", "hetzner-02");
});

it("generates vars for a machine", async () => {
  await editor.runCommand("Clan: Generate Vars…");
  await editor.choices("Generate Vars");
  await editor.tick("hetzner-02");
  await expectRun("vars", "generate", "hetzner-02");
});

it("takes the machine that Enter is pressed on, where none is ticked", async () => {
  await editor.runCommand("Clan: Update Machines…");
  await editor.pick("Update Machines", "hetzner-02");
  await updateAnyway();
  await expectRun("machines", "update", "hetzner-02");
});

it("stays open when Enter is pressed on no row, and nothing is ticked", async () => {
  await editor.runCommand("Clan: Update Machines…");
  await editor.choices("Update Machines");
  await editor.press("Enter");
  await editor.screenshot("nothing-chosen");
  expect(await editor.choices("Update Machines")).toContain("hetzner-01");
  await editor.press("Escape");
  expect(editor.recorder.runs()).toEqual([]);
});

it("names no machine when all are ticked", async () => {
  await editor.runCommand("Clan: Generate Vars…");
  await editor.choices("Generate Vars");
  await editor.tick("All machines");
  await expectRun("vars", "generate");
});

it("leads from a run that failed to the place of the error, and has it in Problems", async () => {
  editor.recorder.exitWith(1);
  editor.recorder.print(`error:
       … while evaluating the attribute 'config.x'
         at /nix/store/${"1".repeat(32)}-source/lib/modules.nix:402:9:
          401|         options = checked options;
             |         ^

       error: undefined variable 'hetzner'
       at /nix/store/${"0".repeat(32)}-source/${clanFile}:23:7:
           22|
           23|       hetzner-02 = {
             |       ^
`);
  await editor.runCommand("Clan: Update Machines…");
  await editor.choices("Update Machines");
  await editor.tick("hetzner-01");
  await updateAnyway();
  const failed = await editor.message(
    "clan machines update hetzner-01 failed: undefined variable 'hetzner'.",
  );
  await editor.screenshot("failed");
  await failed.click("Show");
  await editor.page.locator(".tab.active", { hasText: "clan.nix" }).waitFor();
  await expect.poll(() => editor.cursor()).toContain("Ln 23, Col 7");
  await editor.page.locator(".squiggly-error").first().waitFor();
  await editor.screenshot("failed-place");
});

it("refuses a second run on the machine, and stops the first with all it has started", async () => {
  const { recorder } = editor;
  recorder.hang();
  const update = async () => {
    await editor.runCommand("Clan: Update Machines…");
    await editor.pick("Update Machines", "hetzner-01");
    await updateAnyway();
  };
  await update();
  await expect.poll(() => recorder.processes().length).toBe(2);
  // It runs anew, so what it found before is out of date.
  await editor.untilNoSquiggle();
  await update();
  const running = await editor.message("clan machines update hetzner-01 is still running.");
  await editor.screenshot("refused");
  await running.click("Stop It");
  await expect.poll(() => recorder.processes()).toEqual([]);
  expect(recorder.runs().length).toBe(1);
});

it("updates a machine by the lens above it", async () => {
  await editor.openFile(clanFile);
  await editor.clickLens("Update");
  await updateAnyway();
  await expect
    .poll(() => editor.recorder.runs().map((run) => run.arguments.slice(0, 2)))
    .toEqual([["machines", "update"]]);
});

it("offers the machines that what has changed concerns, and updates them", async () => {
  const file = path.join(editor.folder, "configurations/nixos/remote/hetzner-02.nix");
  const before = readFileSync(file, "utf8");
  writeFileSync(file, before.replace(/\{\n/, "{\n  services.openssh.enable = false;\n"));
  await editor.runCommand("Clan: Update Affected Machines…");
  await editor.page.locator(".quick-input-title", { hasText: "Update Affected Machines" }).waitFor();
  // The revision that the box begins with.
  await editor.press("Enter");
  const rows = await editor.choices("Update Affected Machines");
  expect(rows).toEqual(["hetzner-02"]);
  await editor.screenshot("affected");
  // It is ticked already.
  await editor.press("Enter");
  await updateAnyway();
  await expectRun("machines", "update", "hetzner-02");
  writeFileSync(file, before);
});

it("offers to remove a machine that was deleted from what Nix files say", async () => {
  await editor.runCommand("Clan: Delete Machine…");
  await editor.pick("Delete Machine", "hetzner-02");
  await (await editor.question("Delete hetzner-02?")).click("Delete");
  await expectRun("machines", "delete", "hetzner-02");
  const message = await editor.message(
    `clan machines delete hetzner-02: done. ${clanFile} still names hetzner-02.`,
  );
  await editor.screenshot("deleted");
  await message.click("Remove Machine");
  // Its key is still there: the editor asks about it.
  const preview = editor.page.locator(".bulk-edit-panel");
  await preview.locator(".monaco-list-row", { hasText: "deleting" }).first().waitFor();
  await editor.screenshot("removed");
  await preview.getByRole("button", { name: "Apply" }).click();
  await expect.poll(() => editor.savedText(clanFile)).not.toContain("hetzner-02 = {");
});
