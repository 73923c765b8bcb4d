/** The topology, by keys and mouse: filter, picture and table, click to source, what is said of a part, saving, the cursor. */
import { existsSync, readFileSync, rmSync } from "node:fs";
import path from "node:path";
import type { FrameLocator } from "playwright-core";
import { afterAll, beforeAll, expect, it } from "vitest";
import { clanFile, type Editor, openEditor } from "./editor.ts";

let editor: Editor;
let page: FrameLocator;

beforeAll(async () => {
  editor = await openEditor("topology", { programs: ["clan"] });
  await editor.openFile(clanFile);
  await editor.untilServerAnswers();
  await editor.runCommand("Clan: Show Topology");
  page = editor.page.frameLocator("iframe.webview.ready").frameLocator("#active-frame");
  await page.locator("#status", { hasText: "3 of 3 machines" }).waitFor();
});
afterAll(() => editor.close());

const part = (name: string) => page.getByRole("button", { name: new RegExp(`^${name}\\b`) }).first();
const status = (text: string) => page.locator("#status", { hasText: text }).waitFor();

it("shows machines, roles and tags, each with a name that a screen reader says", async () => {
  await part("Machine hetzner-01").waitFor();
  await part("Tag all").waitFor();
  await part("Role controller of zerotier").waitFor();
  await part("Instance zerotier").waitFor();
  const svg = page.getByRole("group", { name: /^Picture of the clan/ });
  await svg.waitFor();
  await editor.screenshot("picture");
});

it("says of a part under the mouse what the editor says", async () => {
  await part("Role controller of zerotier").hover();
  const details = page.getByRole("complementary", { name: "Details" });
  await details.getByRole("heading", { name: "Role controller of zerotier" }).waitFor();
  await details.locator("pre").waitFor();
  await editor.screenshot("hover");
});

it("goes to where a machine is written, beside the picture, and from there follows the cursor", async () => {
  await part("Machine hetzner-02").click();
  await expect.poll(() => editor.cursor()).toContain("Ln 23, Col 7");
  await editor.goToEndOf(clanFile, "hetzner-01 = {");
  await page.locator("g.selected", { hasText: "hetzner-01" }).waitFor();
  await editor.screenshot("cursor");
});

it("narrows to a name, a tag or a service", async () => {
  const text = page.getByRole("searchbox", { name: "Filter" });
  await text.click();
  await editor.type("gateway");
  await status("1 of 3 machines");
  expect(await part("Machine hetzner-02").count()).toBe(0);
  await text.fill("nothing like this");
  await page.getByText("Nothing matches the filter.").waitFor();
  await text.fill("");
  await page.getByRole("combobox", { name: "Tag" }).selectOption("builder");
  await status("1 of 3 machines");
  await part("Machine macmini-01").waitFor();
  await page.getByRole("combobox", { name: "Tag" }).selectOption("");
  await page.getByRole("combobox", { name: "Service" }).selectOption("zerotier");
  await status("1 of");
  await editor.screenshot("service");
  await page.getByRole("combobox", { name: "Service" }).selectOption("");
  await status("3 of 3 machines");
});

it("is walked with the keys: Tab, arrows, Enter", async () => {
  await page.getByRole("searchbox", { name: "Filter" }).click();
  const focused = () =>
    page.locator("body").evaluate(() => document.activeElement?.getAttribute("aria-label") ?? "");
  // Past the toolbar to the picture.
  for (let presses = 0; presses < 14 && !(await focused()).startsWith("Instance"); presses++)
    await editor.press("Tab");
  expect(await focused()).toMatch(/^Instance /);
  for (let presses = 0; presses < 8 && !(await focused()).startsWith("Machine"); presses++)
    await editor.press("ArrowRight");
  const machine = /^Machine ([\w-]+)/.exec(await focused())?.[1] ?? "";
  expect(machine).not.toBe("");
  await editor.press("Enter");
  await expect
    .poll(async () => {
      const [, line = "0"] = /Ln (\d+)/.exec((await editor.cursor()) ?? "") ?? [];
      return readFileSync(path.join(editor.folder, clanFile), "utf8").split("\n")[Number(line) - 1];
    })
    .toContain(`${machine} = `);
});

it("shows a table of the roles, with the same keys", async () => {
  await page.getByRole("button", { name: "Table" }).click();
  const grid = page.getByRole("grid");
  await grid.getByRole("rowheader", { name: "macmini-01" }).waitFor();
  await grid
    .getByRole("columnheader", { name: /zerotier/ })
    .first()
    .waitFor();
  await editor.screenshot("table");
  await grid.getByRole("rowheader", { name: "hetzner-01" }).click();
  await expect.poll(() => editor.cursor()).toContain("Ln 16,");
  await grid.getByRole("rowheader", { name: "hetzner-01" }).focus();
  await editor.press("ArrowDown");
  await editor.press("Enter");
  await expect.poll(() => editor.cursor()).toContain("Ln 23,");
  await page.getByRole("button", { name: "Picture" }).click();
});

it("follows what is typed", async () => {
  // To the editor beside it.
  await editor.page.locator(".tab", { hasText: "clan.nix" }).last().click();
  await editor.goToEndOf(clanFile, "inventory.machines = {");
  await editor.type(" added = { };");
  await part("Machine added").waitFor();
  await status("4 of 4 machines");
  await editor.runCommand("File: Revert File");
  await status("3 of 3 machines");
});

it.each([
  ["SVG", "svg"],
  ["PNG", "png"],
])("saves the picture as %s", async (name, extension) => {
  const file = path.join(editor.folder, `picture.${extension}`);
  rmSync(file, { force: true });
  await page.getByRole("button", { name: `Save ${name}` }).click();
  const box = editor.page.locator(".quick-input-widget input").first();
  await expect.poll(() => box.inputValue()).toMatch(new RegExp(`-topology\\.${extension}$`));
  await box.fill(file);
  await editor.press("Enter");
  await expect.poll(() => existsSync(file) && readFileSync(file).length > 1000).toBe(true);
  const bytes = readFileSync(file);
  if (extension === "png") expect(bytes.subarray(1, 4).toString()).toBe("PNG");
  else {
    const text = bytes.toString();
    expect(text).toMatch(/^<svg [^>]*xmlns="http:\/\/www\.w3\.org\/2000\/svg"/);
    expect(text).toContain(">hetzner-01<");
    expect(text).not.toMatch(/<script|var\(--|href=/);
  }
});

it("follows the theme", async () => {
  const background = () => page.locator("body").evaluate((body) => getComputedStyle(body).backgroundColor);
  const light = await background();
  await editor.runCommand("Preferences: Toggle between Light/Dark Themes");
  await expect.poll(background).not.toBe(light);
  await editor.screenshot("dark");
});
