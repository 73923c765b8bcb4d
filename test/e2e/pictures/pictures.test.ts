/**
 * The pictures of the README and the docs, in a dark and a light theme: `npm run pictures` takes them anew. Whoever changes how
 * something looks takes them, and looks at them.
 */
import { mkdirSync } from "node:fs";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { root } from "../../../scripts/lib/paths.mjs";
import { clanFile, type Editor, openEditor } from "../keys/editor.ts";

const images = path.join(root, "docs/images");

describe.each([
  ["dark", "Default Dark Modern"],
  ["light", "Default Light Modern"],
])("%s", (name, theme) => {
  let editor: Editor;
  beforeAll(async () => {
    mkdirSync(images, { recursive: true });
    editor = await openEditor(`pictures-${name}`, {
      programs: ["clan"],
      settings: {
        "workbench.colorTheme": theme,
        "editor.minimap.enabled": false,
        "window.commandCenter": false,
        "workbench.layoutControl.enabled": false,
        "breadcrumbs.enabled": false,
        "workbench.reduceMotion": "on",
      },
    });
    await editor.page.setViewportSize({ width: 1080, height: 640 });
    await editor.openFile(clanFile);
    await editor.untilServerAnswers();
    await editor.openSidebar();
    await editor.page.locator(".sidebar .monaco-list-row", { hasText: "hetzner-01" }).first().waitFor();
  });
  afterAll(() => editor.close());

  async function take(picture: string) {
    // As it is when all has been read.
    await expect.poll(() => editor.page.locator(".monaco-progress-container.active").count()).toBe(0);
    await editor.page.screenshot({ path: path.join(images, `${picture}-${name}.png`) });
  }

  it("completion of a role, beside the machines of the clan", async () => {
    await editor.goToEndOf(clanFile, "roles.controller");
    await editor.press("Enter");
    await editor.type("roles.");
    expect((await editor.suggestions()).sort()).toEqual(["controller", "moon", "peer"]);
    await take("completion");
    await editor.press("Escape");
  });

  it("a misspelt role, and its fixes", async () => {
    await editor.type("controler.extraModules = [ ];");
    await editor.goToProblem("`controler`");
    await take("error");
    await editor.closeProblem();
  });

  it("machines to be updated", async () => {
    await editor.fixes();
    await editor.press("Enter");
    await editor.untilNoSquiggle();
    await editor.runCommand("Clan: Update Machines…");
    await editor.page
      .locator(".quick-input-list .monaco-list-row", { hasText: "hetzner-01" })
      .first()
      .waitFor();
    await take("update");
    await editor.press("Escape");
  });

  it("a service to add, with its description", async () => {
    await editor.runCommand("Clan: Add Service Instance…");
    await editor.page.locator(".quick-input-list .monaco-list-row").first().waitFor();
    await take("service");
    await editor.press("Escape");
  });

  it("the clan as a picture, narrowed to what a role leads to", async () => {
    await editor.runCommand("Clan: Show Topology");
    const page = editor.page.frameLocator("iframe.webview.ready").frameLocator("#active-frame");
    await page.getByRole("button", { name: "Fit" }).click();
    await page.getByRole("button", { name: /^Role peer of zerotier/ }).hover();
    await page.locator("#details pre").waitFor();
    await take("topology");
  });
});
