/** A flake without a clan, in the real VS Code: what there is, the edit in the refactor preview, a host, a secret, the first deploy. */
import { existsSync, mkdirSync, writeFileSync } from "node:fs";
import path from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import { root } from "../../../scripts/lib/paths.mjs";
import { type Editor, openEditor } from "./editor.ts";

let editor: Editor;
let before: string;

beforeAll(async () => {
  editor = await openEditor("adopt", {
    programs: ["clan"],
    clan: path.join(root, "examples/before-clan"),
  });
  await editor.openFile("flake.nix");
  before = await editor.savedText("flake.nix");
});
afterAll(() => editor.close());

const module = "modules/flake-parts/clan.nix";

const message = (text: string) =>
  editor.page.locator(".quick-input-message", { hasText: text }).first().waitFor();

/** The page is a document in a document in the workbench. */
const page = () => editor.page.frameLocator("iframe.webview.ready").frameLocator("#active-frame");

async function answer(question: string, text: string) {
  await message(question);
  await editor.page.locator(".quick-input-widget input").first().fill(text);
  await editor.press("Enter");
}

/** What VS Code lists of the edit. */
const previewed = () => editor.page.locator(".bulk-edit-panel .monaco-list-row");

async function applyPreview() {
  await previewed().first().waitFor();
  await editor.page.getByRole("button", { name: "Apply", exact: true }).click();
}

async function writeClan() {
  await page().getByText("Write the Clan…").click();
  await answer("The name of the clan", "home");
  await answer("The hostname of its first machine", "hetzner-01");
  await editor.pick("Adopt Clan", "NixOS");
  await answer("is reached by SSH", "root@hetzner-01.example.net");
  await editor.screenshot("services");
  await editor.tick("sshd", "users");
}

it("shows what there is, what would collide and who gains", async () => {
  await editor.runCommand("Clan: Adopt Clan in This Flake…");
  await page().getByText("A clan in before-clan").waitFor();
  const text = await page().locator("body").innerText();
  for (const part of ["orb-nixos", "stibnite", "agenix", "sops-nix", "nixos-unified makes the outputs"])
    expect(text).toContain(part);
  await editor.screenshot("assessment");
});

it("asks, shows the edit before it is made, and takes it back in one step", async () => {
  await writeClan();
  await previewed().first().waitFor();
  await editor.screenshot("preview");
  const listed = (await previewed().allTextContents()).join("\n");
  for (const file of ["flake.nix", "clan.nix", "configuration.nix"]) expect(listed).toContain(file);
  expect(await editor.savedText("flake.nix")).toBe(before);
  await applyPreview();
  await expect
    .poll(async () => {
      await editor.openFile("flake.nix");
      return editor.savedText("flake.nix");
    })
    .toContain("clan-core");
  await editor.press("Control+Z");
  await expect.poll(() => editor.savedText("flake.nix")).toBe(before);
  await expect.poll(() => existsSync(path.join(editor.folder, module))).toBe(false);
});

it("writes it, and ticks off what is done of the first hour", async () => {
  await editor.runCommand("Clan: Adopt Clan in This Flake…");
  await writeClan();
  await applyPreview();
  await page().getByText("The first hour").waitFor();
  await page().locator("li.done", { hasText: "A first machine" }).waitFor();
  await page().locator("li.open", { hasText: "A key for yourself" }).waitFor();
  // As `clan secrets users add` leaves it.
  const user = path.join(editor.folder, "sops/users/ann");
  mkdirSync(user, { recursive: true });
  writeFileSync(path.join(user, "key.json"), "[]\n");
  await page().locator("li.done", { hasText: "A key for yourself" }).waitFor();
  await editor.screenshot("first-hour");
});

it("moves a host into the clan", async () => {
  await page().getByText("Move Host into the Clan…").click();
  await editor.pick("Move Host into the Clan", "orb-nixos");
  await answer("Tags of orb-nixos", "lab");
  await answer("is reached by SSH", "");
  await applyPreview();
  await expect
    .poll(async () => {
      await editor.openFile(module);
      return editor.savedText(module);
    })
    .toMatch(/machines\.orb-nixos\.imports = \[\n\s+\.\.\/\.\.\/configurations\/nixos\/orb-nixos\.nix\n/);
  expect(await editor.savedText(module)).toContain('tags = [ "lab" ];');
  await editor.untilNoSquiggle();
  await editor.screenshot("moved");
});

it("adds a generator beside a secret", async () => {
  await editor.runCommand("Clan: Turn Secret into a Generator…");
  await editor.pick("Turn Secret into a Generator", "web-password");
  await applyPreview();
  const file = "configurations/nixos/orb-nixos.nix";
  await expect
    .poll(async () => {
      await editor.openFile(file);
      return editor.savedText(file);
    })
    .toContain("clan.core.vars.generators.web-password = {");
  expect(await editor.savedText(file)).toContain("sops.secrets.web-password = { };");
  await editor.screenshot("generator");
});

it("deploys for the first time", async () => {
  await editor.runCommand("Clan: Install Machine…");
  await editor.pick("Install Machine", "hetzner-01");
  await editor.accept("Install Machine", "root@hetzner-01.example.net");
  const question = await editor.question("hetzner-01");
  await editor.screenshot("install");
  await question.click("Wipe and Install");
  const problems = await editor.question("Install hetzner-01 now?");
  expect(await problems.text()).toContain("Not in Git");
  await editor.screenshot("before-install");
  await problems.click("Install Anyway");
  const run = {
    program: "clan",
    arguments: ["machines", "install", "hetzner-01", "--target-host", "root@hetzner-01.example.net"],
    folder: editor.folder,
  };
  await expect.poll(() => editor.recorder.runs()).toEqual([run]);
  await editor.screenshot("deployed");
});
