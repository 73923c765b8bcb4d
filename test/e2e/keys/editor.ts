/**
 * A real VS Code in a real browser, driven as a person does: key strokes in, what is on the screen out.
 *
 *   const editor = await openEditor("quick-fix", { programs: ["clan"] });
 *   await editor.openFile("clan.nix");
 *   await editor.type("roles.");
 *   expect(await editor.suggestions()).toContain("peer");
 *   await editor.close();
 */
import { mkdirSync, readFileSync, rmSync } from "node:fs";
import path from "node:path";
import type { Locator, Page } from "playwright-core";
import { vi } from "vitest";
import { closeBrowser, launchChromium } from "../../../scripts/host/chromium.mjs";
import { installCheckout, installPackage } from "../../../scripts/host/extension.mjs";
import { makeScratch } from "../../../scripts/host/scratch.mjs";
import { serveVscode } from "../../../scripts/host/serve.mjs";
import { exampleFolder, hostFolder, outFolder } from "../../../scripts/lib/paths.mjs";
import { standIns } from "../stand-in/stand-in.mjs";

/** The file of the example that has its machines and instances. */
export const clanFile = "modules/flake-parts/clan.nix";

export interface EditorOptions {
  /** Stand-ins found on PATH. */
  readonly programs: readonly ("clan" | "nix")[];
  /** False: the workspace is not trusted until the person says so. */
  readonly trust?: boolean;
  /** Folder of the clan that is opened a copy of; examples/nix-config unless it says another. */
  readonly clan?: string;
  /** Settings of the person, besides those of all tests. */
  readonly settings?: Readonly<Record<string, unknown>>;
}

export type Editor = Awaited<ReturnType<typeof openEditor>>;

/**
 * Serves VS Code with the extension on a fresh copy of a clan and opens the page. `name` tells
 * this editor's files from those of others. With a package in CLAN_VSIX, that is installed in place of the checkout.
 */
export async function openEditor(
  name: string,
  { programs, trust = true, clan = exampleFolder, settings = {} }: EditorOptions,
) {
  // First what may be missing on this machine.
  const browser = await launchChromium();
  const data = path.join(hostFolder, `keys-${name}`);
  rmSync(data, { recursive: true, force: true });
  const folder = path.join(data, path.basename(clan));
  mkdirSync(folder, { recursive: true });
  await makeScratch(clan, folder);
  const package_ = process.env.CLAN_VSIX;
  await (package_ === undefined ? installCheckout(data) : installPackage(data, package_));
  const recorder = standIns(path.join(data, "stand-in.jsonl"), ...programs);
  const vscode = await serveVscode({ data, folder, trust, env: recorder.env, settings });
  const page = await browser.newPage({ viewport: { width: 1280, height: 800 } });
  await page.goto(vscode.address());
  await page.locator(".monaco-workbench").waitFor();
  return {
    ...keyboard(page, folder),
    ...screen(page, name),
    /** Types the letters, waits until the word is the first on offer, and accepts it. */
    async complete(letters: string, word: string) {
      await page.keyboard.type(letters);
      const first = page.locator(".suggest-widget.visible .monaco-list-row.focused .label-name");
      await first
        .getByText(word, { exact: true })
        .waitFor()
        .catch(async (error) => {
          await page.screenshot({
            path: path.join(outFolder, "screenshots", `${name}-no-${word.replaceAll(/\W/g, "")}.png`),
          });
          throw error;
        });
      await page.keyboard.press("Enter");
    },
    page,
    folder,
    recorder,
    async close() {
      await page.close();
      await closeBrowser(browser);
      await vscode.stop();
    },
  };
}

/** What a person does. */
function keyboard(page: Page, folder: string) {
  const press = (key: string) => page.keyboard.press(key);
  const type = (text: string) => page.keyboard.type(text);
  const quickInput = page.locator(".quick-input-widget");
  const row = (text: string) => page.locator(".sidebar .monaco-list-row", { hasText: text }).first();
  return {
    press,
    type,
    /** By its path in the folder, with Ctrl+P: again where what has only just been created is not found yet. */
    async openFile(file: string) {
      const name = path.basename(file);
      await vi.waitFor(
        async () => {
          await press("Escape");
          await press("Control+P");
          await quickInput.locator("input").first().fill(file, { timeout: 3000 });
          const row = quickInput.locator(".monaco-list-row.focused", { hasText: name }).first();
          await row.waitFor({ timeout: 5000 });
          await press("Enter");
          await page.locator(".tab.active", { hasText: name }).waitFor({ timeout: 5000 });
        },
        { timeout: 90_000, interval: 200 },
      );
      await page.locator(".editor-instance .view-line").first().waitFor();
    },
    /** To the end of the first line of the file that has this text, with Ctrl+G. */
    async goToEndOf(file: string, text: string) {
      // While it is being saved, the file is empty for a moment.
      const line = await vi.waitFor(() => {
        const lines = readFileSync(path.join(folder, file), "utf8").split("\n");
        const found = lines.findIndex((candidate) => candidate.includes(text)) + 1;
        if (found === 0) throw new Error(`${file} has no line with ${text}`);
        return found;
      });
      await press("Control+G");
      await quickInput.locator("input").first().fill(`:${line}`);
      await press("Enter");
      // The cursor may be in the line already, and keys would go to the box.
      await quickInput.waitFor({ state: "hidden" });
      await page.locator("#status\\.editor\\.selection", { hasText: `Ln ${line},` }).waitFor();
      await press("End");
    },
    /** By its title in the palette. */
    async runCommand(title: string) {
      await press("F1");
      await quickInput.locator("input").first().fill(`>${title}`);
      await quickInput
        .locator(".monaco-list-row .label-name")
        .getByText(title, { exact: true })
        .first()
        .click();
    },
    /**
     * To the problem with this text, with F8, again and again while what is shown speaks of the text as it
     * was a moment ago. Answers the whole message shown below it.
     */
    goToProblem(text: string) {
      const message = page.locator(".marker-widget .descriptioncontainer").first();
      return vi.waitFor(
        async () => {
          await press("Escape");
          await press("F8");
          const shown = await message.textContent({ timeout: 1000 });
          if (!shown?.includes(text)) throw new Error(`the problem shown is: ${shown}`);
          return shown;
        },
        { timeout: 30_000, interval: 200 },
      );
    },
    /** Closes the message of a problem; the cursor stays at it. */
    async closeProblem() {
      await press("Escape");
      await page.locator(".marker-widget").first().waitFor({ state: "detached" });
    },
    /**
     * The fixes at the cursor, with Ctrl+., again and again while a question about the text as it was a moment ago
     * is refused. Their list stays open.
     */
    fixes() {
      const rows = page.locator(".action-widget .monaco-list-row.action");
      return vi.waitFor(
        async () => {
          await press("Escape");
          await press("Control+.");
          await rows.first().waitFor({ timeout: 3000 });
          return rows.allTextContents();
        },
        { timeout: 30_000, interval: 200 },
      );
    },
    /** The file's text after saving it. */
    async savedText(file: string) {
      await press("Control+S");
      return vi.waitFor(() => {
        const text = readFileSync(path.join(folder, file), "utf8");
        // For a moment while it is being saved.
        if (text === "") throw new Error(`${file} is empty`);
        return text;
      });
    },
    /** Opens the sidebar of the clan. */
    openSidebar: () => page.getByRole("tab", { name: "Clan", exact: true }).locator("a").click(),
    /** Clicks the first row of the sidebar with this text, which goes to where it is written. */
    clickRow: (text: string) => row(text).click(),
    /** Opens the row, so that those below it show. */
    expandRow: (text: string) => row(text).locator(".monaco-tl-twistie").click(),
    /** Chooses an entry of the menu of the row. */
    async chooseInMenu(text: string, label: string) {
      await row(text).click({ button: "right" });
      const entry = page.getByRole("menuitem", { name: label, exact: true });
      await entry.waitFor();
      // A click right after the menu opened counts as the end of the one that opened it: it is done once more.
      await vi.waitFor(
        async () => {
          if (!(await entry.isVisible())) return;
          await entry.click({ timeout: 2000 });
          throw new Error(`the menu with ${label} stays open`);
        },
        { timeout: 20_000, interval: 200 },
      );
    },
    /** Presses the button that shows in the row under the mouse. */
    async pressInRow(text: string, label: string) {
      await row(text).hover();
      await row(text).getByRole("button", { name: label, exact: true }).click();
    },
    /** Clicks the first code lens with this text. */
    clickLens: (text: string) => page.locator(".codelens-decoration a", { hasText: text }).first().click(),
    /** In the page of workspace trust, which it closes then. */
    async grantTrust() {
      const trustPage = page.locator(".workspace-trust-editor");
      await trustPage.getByRole("button", { name: "Trust", exact: true }).first().click();
      await trustPage.getByText("You trust this folder").waitFor();
      await page.getByRole("button", { name: "Close Modal Editor" }).click();
      await trustPage.waitFor({ state: "hidden" });
    },
    /** Chooses the entry with this label, in the list with this title. */
    async pick(title: string, label: string) {
      await page.locator(".quick-input-title", { hasText: title }).waitFor();
      await quickInput.locator("input").first().fill(label);
      await quickInput.locator(".monaco-list-row.focused", { hasText: label }).first().waitFor();
      await press("Enter");
    },
    /** Chooses the first entry with this label of a list without a title. */
    async choose(label: string) {
      await quickInput.locator("input").first().fill(label);
      await quickInput.locator(".monaco-list-row.focused", { hasText: label }).first().waitFor();
      await press("Enter");
    },
    /** Confirms what the box with this title proposes: `text`. */
    async accept(title: string, text: string) {
      await page.locator(".quick-input-title", { hasText: title }).waitFor();
      const box = quickInput.locator("input").first();
      await vi.waitFor(async () => {
        const shown = await box.inputValue();
        if (shown !== text) throw new Error(`the box proposes: ${shown}`);
      });
      await press("Enter");
    },
    /** Ticks the entries with these labels, in the list that is open, and confirms. */
    async tick(...labels: string[]) {
      for (const label of labels) {
        await quickInput
          .getByRole("checkbox", { name: new RegExp(`^${label}(,|$)`) })
          .first()
          .click();
      }
      await press("Enter");
    },
  };
}

/** What a person sees. */
function screen(page: Page, name: string) {
  const texts = async (rows: Locator) => {
    await rows.first().waitFor();
    return rows.allTextContents();
  };
  return {
    /** The suggestions on offer, waited for. */
    suggestions: () => texts(page.locator(".suggest-widget.visible .monaco-list-row .label-name")),
    /** The entries of the list with this title, waited for. */
    async choices(title: string) {
      await page.locator(".quick-input-title", { hasText: title }).waitFor();
      return texts(page.locator(".quick-input-list .monaco-list-row .label-name"));
    },
    /** The rows of the view with this title as they are shown, waited for. */
    rows: (view: string) =>
      texts(page.locator(".sidebar .pane", { hasText: view }).locator(".monaco-list-row .label-name")),
    /** The line and column of the cursor: "Ln 12, Col 5". */
    cursor: () => page.locator("#status\\.editor\\.selection").textContent(),
    /** Waits for a message that has this text, and answers its buttons. */
    async message(text: string) {
      const toast = page.locator(".notification-toast", { hasText: text }).first();
      await toast.waitFor();
      return { click: (button: string) => toast.getByRole("button", { name: button, exact: true }).click() };
    },
    /** Waits until the status bar says this. */
    status: (text: string) => page.locator(".statusbar-item", { hasText: text }).first().waitFor(),
    /** Waits for the dialogue that asks this, and answers its text and its buttons. */
    async question(text: string) {
      const dialog = page.locator(".monaco-dialog-box", { hasText: text });
      await dialog.waitFor();
      return {
        text: () => dialog.textContent(),
        /** What its buttons say, in order of the words. */
        buttons: async () =>
          (await dialog.locator(".dialog-buttons .monaco-button").allTextContents()).sort(),
        click: (button: string) => dialog.getByRole("button", { name: button, exact: true }).click(),
      };
    },
    /** Waits until no dialogue asks. */
    untilNoQuestion: () => page.locator(".monaco-dialog-box").waitFor({ state: "detached" }),
    /** Waits for a first answer of the language server: the lenses above the machines. */
    untilServerAnswers: () => page.locator(".codelens-decoration a").first().waitFor(),
    /** Waits until nothing is marked as wrong. */
    untilNoSquiggle: () => page.locator(".squiggly-error").first().waitFor({ state: "detached" }),
    /** Kept in out/screenshots, to be looked at. */
    async screenshot(what: string) {
      await page.screenshot({ path: path.join(outFolder, "screenshots", `${name}-${what}.png`) });
    },
  };
}
