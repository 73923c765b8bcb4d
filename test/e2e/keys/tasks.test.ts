/** tasks.json: machines are offered, one that is refused says why, and no two tasks are called the same. */
import { mkdirSync, writeFileSync } from "node:fs";
import path from "node:path";
import { afterAll, beforeAll, expect, it, vi } from "vitest";
import { clanFile, type Editor, openEditor } from "./editor.ts";

const file = ".vscode/tasks.json";
const text = `{
  "version": "2.0.0",
  "tasks": [
    { "type": "clan", "label": "Mine", "command": ["machines", "update"], "machines": [] },
    { "type": "clan", "label": "Away", "command": ["machines", "delete"], "machines": ["gone"] }
  ]
}
`;
let editor: Editor;

beforeAll(async () => {
  editor = await openEditor("tasks", { programs: ["clan"] });
  mkdirSync(path.join(editor.folder, ".vscode"), { recursive: true });
  writeFileSync(path.join(editor.folder, file), text);
  await editor.openFile(clanFile);
  await editor.untilServerAnswers();
  await editor.openFile(file);
});
afterAll(() => editor.close());

it("offers the machines of the clan, those that are named already excepted", async () => {
  await editor.goToEndOf(file, "Mine");
  for (const key of ["ArrowLeft", "ArrowLeft", "ArrowLeft", "ArrowLeft"]) await editor.press(key);
  await editor.press("Control+Space");
  expect(await editor.suggestions()).toEqual([`"hetzner-01"`, `"hetzner-02"`, `"macmini-01"`]);
  await editor.screenshot("machines");
  await editor.press("Enter");
  await editor.type(", ");
  await editor.press("Control+Space");
  expect(await editor.suggestions()).toEqual([`"hetzner-02"`, `"macmini-01"`]);
  await editor.press("Enter");
  await expect.poll(() => editor.savedText(file)).toContain(`"machines": ["hetzner-01", "hetzner-02"]`);
});

it("calls no two tasks the same", async () => {
  await editor.runCommand("Tasks: Run Task");
  await editor.choose("clan");
  const rows = editor.page.locator(".quick-input-list .monaco-list-row .label-name");
  await rows.getByText("clan: machines list", { exact: true }).waitFor();
  const labels = await rows.allTextContents();
  await editor.screenshot("list");
  expect(labels).toEqual([...new Set(labels)]);
  await editor.press("Escape");
});

it("leads from a place in the store's copy of the flake to the file here", async () => {
  await editor.runCommand("Terminal: Create New Terminal");
  const terminal = editor.page.locator(".terminal-wrapper.active .xterm-helper-textarea");
  await terminal.waitFor({ state: "attached" });
  const copy = `/nix/store/${"0".repeat(32)}-source`;
  await editor.type(`clear; echo "       at ${copy}/${clanFile}:8:5:"\n`);
  // In the first row, when the shell has got to it.
  const screen = editor.page.locator(".terminal-wrapper.active .xterm-screen");
  const status = editor.page.locator("#status\\.editor\\.selection", { hasText: "Ln 8, Col 5" });
  await vi.waitFor(
    async () => {
      await screen.hover({ position: { x: 300, y: 24 } });
      await screen.hover({ position: { x: 300, y: 8 } });
      await screen.click({ position: { x: 300, y: 8 }, modifiers: ["Control"] });
      await status.waitFor({ timeout: 3000 });
    },
    { timeout: 30_000, interval: 200 },
  );
  await editor.page.locator(".tab.active", { hasText: path.basename(clanFile) }).waitFor();
});

it("says why a task is refused", async () => {
  await editor.runCommand("Tasks: Run Task");
  await editor.choose("Away");
  await editor.message("“clan machines delete” cannot run as a task");
  await editor.screenshot("refused");
  expect(editor.recorder.runs()).toEqual([]);
});
