/** The topology of 500 machines: alike ones are drawn as one, all are in the table, and a filter shows the few. */
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import type { FrameLocator } from "playwright-core";
import { afterAll, beforeAll, expect, it } from "vitest";
import { type Editor, openEditor } from "./editor.ts";

const tags = ["web", "db", "mail", "backup", "edge", "lab"];

function largeClan(): string {
  const machines = Array.from({ length: 500 }, (_, index) => {
    const name = `m${String(index).padStart(3, "0")}`;
    return `    ${name} = { tags = [ "${tags[index % tags.length]}" ]; };`;
  });
  const instances = Array.from(
    { length: 20 },
    (_, index) =>
      `    i${index} = { module.name = "sshd"; roles.client.tags = [ "${tags[index % tags.length]}" ]; roles.server.machines.m${String(index * 7).padStart(3, "0")} = { }; };`,
  );
  return `{\n  meta.name = "large";\n  inventory.machines = {\n${machines.join("\n")}\n  };\n  inventory.instances = {\n${instances.join("\n")}\n  };\n}\n`;
}

let editor: Editor;
let page: FrameLocator;
const folder = mkdtempSync(path.join(tmpdir(), "large-clan-"));

beforeAll(async () => {
  writeFileSync(`${folder}/clan.nix`, largeClan());
  editor = await openEditor("topology-large", { programs: ["clan"], clan: folder });
  await editor.openFile("clan.nix");
  await editor.runCommand("Clan: Show Topology");
  page = editor.page.frameLocator("iframe.webview.ready").frameLocator("#active-frame");
  await page.locator("#status", { hasText: "500 of 500 machines" }).waitFor();
});
afterAll(async () => {
  await editor.close();
  rmSync(folder, { recursive: true });
});

it("draws machines that are alike as one, which opens", async () => {
  const bundles = page.locator("svg .bundle");
  expect(await bundles.count()).toBe(tags.length);
  await bundles
    .first()
    .getByText(/\(\d+ machines\)/)
    .waitFor();
  await editor.screenshot("bundles");
});

it("has all of them in the table, and a few by a filter", async () => {
  await page.getByRole("button", { name: "Table" }).click();
  await expect.poll(() => page.getByRole("row").count()).toBe(501);
  await page.getByRole("rowheader", { name: "m499" }).scrollIntoViewIfNeeded();
  await editor.screenshot("table");
  await page.getByRole("searchbox", { name: "Filter" }).fill("m12");
  await expect.poll(() => page.getByRole("row").count()).toBe(11);
  await page.getByRole("button", { name: "Picture" }).click();
  await page.getByRole("button", { name: /^Machine m123\b/ }).waitFor();
});
