/** What the wizards ask with key strokes, what they show before they write it, and that one step takes it back. */
import path from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import { clanFile, type Editor, openEditor } from "./editor.ts";

let editor: Editor;
let before: string;

beforeAll(async () => {
  editor = await openEditor("wizards", { programs: ["clan"] });
  await editor.openFile(clanFile);
  await editor.untilServerAnswers();
  before = await editor.savedText(clanFile);
});
afterAll(() => editor.close());

const title = (text: string) => editor.page.locator(".quick-input-title", { hasText: text }).waitFor();
const message = (text: string) =>
  editor.page.locator(".quick-input-message", { hasText: text }).first().waitFor();

/** In the box that is open. */
async function write(text: string) {
  await editor.page.locator(".quick-input-widget input").first().fill(text);
}

async function undoneInOneStep() {
  await editor.press("Control+Z");
  await expect.poll(() => editor.savedText(clanFile)).toBe(before);
}

it("adds an instance: service, name, roles, machines or tags, and what a role needs", async () => {
  await editor.runCommand("Clan: Add Service Instance…");
  await title("Add Service Instance");
  await editor.page.locator(".quick-input-list .monaco-list-row").first().waitFor();
  await editor.screenshot("services");
  await editor.pick("Add Service Instance", "wireguard");
  await message("The name of the instance");
  await write("");
  await message("An instance needs a name.");
  await write("vpn");
  await editor.press("Enter");
  await title("/ vpn");
  await editor.screenshot("roles");
  await editor.tick("controller", "peer");
  await title("/ controller");
  await editor.screenshot("machines");
  await editor.tick("hetzner-01");
  await title("/ peer");
  await editor.tick("all");
  await message("controller: endpoint");
  await write("x");
  await write("");
  await message("This setting is required.");
  await write("vpn.example.org");
  await editor.screenshot("setting");
  await editor.press("Enter");
  const question = await editor.question("Add the instance vpn of wireguard?");
  await editor.screenshot("question");
  const shown = await question.text();
  expect(shown).toContain('module.name = "wireguard";');
  await question.click(shown?.includes("This would be wrong") ? "Add Anyway" : "Add");
  await expect
    .poll(() => editor.savedText(clanFile))
    .toMatch(
      /vpn = \{\n\s+module\.name = "wireguard";\n\s+roles\.controller\.machines\.hetzner-01 = \{ \};\n\s+roles\.controller\.settings\.endpoint = "vpn\.example\.org";\n\s+roles\.peer\.tags = \[ "all" \];\n\s+\};/,
    );
  await editor.screenshot("written");
  await undoneInOneStep();
});

it("writes nothing where the question is refused", async () => {
  await editor.runCommand("Clan: Add Service Instance…");
  await editor.pick("Add Service Instance", "sshd");
  await message("The name of the instance");
  await write("ssh");
  await editor.press("Enter");
  await title("/ ssh");
  await editor.tick("server");
  await title("/ server");
  await editor.tick("all");
  await editor.question("Add the instance ssh of sshd?");
  await editor.press("Escape");
  await editor.untilNoQuestion();
  expect(await editor.savedText(clanFile)).toBe(before);
});

it("adds machines to a role from its row", async () => {
  await editor.openSidebar();
  await editor.expandRow("zerotier");
  await editor.chooseInMenu("controller", "Add Machines or Tags…");
  await title("Add to zerotier");
  await editor.tick("hetzner-02");
  const question = await editor.question("Add hetzner-02 to the role controller");
  // The role takes one machine.
  expect(await question.text()).toContain("This would be wrong");
  await editor.screenshot("wrong");
  await question.click("Add Anyway");
  await expect.poll(() => editor.savedText(clanFile)).not.toBe(before);
  await undoneInOneStep();
});

it("adds a generator to a module of a machine, with what it needs", async () => {
  const file = "configurations/nixos/remote/hetzner-02.nix";
  await editor.runCommand("Clan: New Generator…");
  await title("New Generator");
  await editor.page.locator(".quick-input-list .monaco-list-row").first().waitFor();
  await editor.screenshot("modules");
  await editor.pick("New Generator", path.basename(file));
  await editor.pick("New Generator", "SSH Key");
  await editor.pick("New Generator", "Each Machine Has Its Own");
  await message("The name of the generator");
  await write("a/b");
  await message("This is not the name of a generator.");
  await write("deploy-key");
  await editor.press("Enter");
  await (await editor.question("Add the generator deploy-key?")).click("Add");
  await editor.page.locator(".tab.active", { hasText: path.basename(file) }).waitFor();
  await expect.poll(() => editor.savedText(file)).toContain("clan.core.vars.generators.deploy-key = {");
  await editor.screenshot("generator");
  await editor.press("Control+Z");
  await expect.poll(() => editor.savedText(file)).not.toContain("deploy-key");
});

it("leads through the steps of a new clan", async () => {
  await editor.runCommand("Clan: Get Started");
  const page = editor.page.locator(".gettingStartedContainer");
  await page.getByText("Get Started with Clan").first().waitFor();
  for (const step of [
    "Open or create a clan",
    "Add the first machine",
    "Give it a service",
    "Generate vars",
    "Deploy",
  ])
    await page.getByText(step, { exact: true }).first().waitFor();
  await page.getByText("Give it a service", { exact: true }).first().click();
  await editor.screenshot("walkthrough");
  await page.getByRole("button", { name: "Add Service Instance…" }).click();
  await title("Add Service Instance");
  await editor.press("Escape");
  // What was asked for is done.
  await expect.poll(() => page.locator(".codicon-getting-started-step-checked").count()).toBeGreaterThan(0);
});
