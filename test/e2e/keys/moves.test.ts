/** Renaming a file in the explorer, to names that Nix cannot have in a path: what imports it follows. */
import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import path from "node:path";
import { afterAll, beforeAll, expect, it, vi } from "vitest";
import { root } from "../../../scripts/lib/paths.mjs";
import { type Editor, openEditor } from "./editor.ts";

const importing = "configurations/nixos/remote/hetzner-02.nix";
let editor: Editor;
let current = "hetzner-base.nix";

beforeAll(async () => {
  editor = await openEditor("moves", { programs: ["clan"] });
  await editor.openFile("modules/clan/hetzner-base.nix");
});
afterAll(() => editor.close());

const imports = () =>
  readFileSync(path.join(editor.folder, importing), "utf8")
    .split("\n")
    .filter((line) => line.includes("modules/clan"))
    .map((line) => line.trim());

/** With F2 in the explorer, as a person does: again where the focus has not come to the tree yet. */
async function rename(name: string): Promise<void> {
  const row = editor.page.locator(".explorer-folders-view .monaco-list-row.focused", { hasText: current });
  const box = editor.page.locator(".explorer-folders-view .monaco-inputbox input");
  await vi.waitFor(
    async () => {
      await editor.runCommand("File: Reveal Active File in Explorer View");
      await row.waitFor({ timeout: 3000 });
      await editor.press("F2");
      await box.waitFor({ timeout: 2000 });
    },
    { timeout: 60_000, interval: 200 },
  );
  await box.fill(name);
  await editor.press("Enter");
  await (await editor.question("wants to make refactoring changes")).click("OK");
  await editor.page.locator(".tab.active", { hasText: name }).waitFor();
  current = name;
}

it.each([
  ["plain.nix", "../../../modules/clan/plain.nix"],
  ["a~b#c.nix", '(../../../modules/clan + "/a~b#c.nix")'],
  // Each sign by itself is for test/unit/syntax/print-path.test.ts.
  [`my b='"@(.nix`, `(../../../modules/clan + "/my b='\\"@(.nix")`],
  ["a${b.nix", '(../../../modules/clan + "/a\\${b.nix")'],
  ["größe-日本.nix", '(../../../modules/clan + "/größe-日本.nix")'],
  ["hetzner-base.nix", '(../../../modules/clan + "/hetzner-base.nix")'],
])("to %s", async (name, expected) => {
  await rename(name);
  await expect.poll(imports).toEqual([expected]);
  await editor.screenshot(name.replaceAll(/\W/g, ""));
  const clan = [path.join(root, "server/bin/clan-ls.js"), "check", editor.folder];
  expect(String(spawnSync(process.execPath, clan).stdout)).not.toContain("error[");
});
