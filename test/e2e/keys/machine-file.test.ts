/** Options and names in a machine's own file, of a clan that a flake defines: offered from the first letter on. */
import path from "node:path";
import { afterAll, beforeAll, expect, it, vi } from "vitest";
import { type Editor, openEditor } from "./editor.ts";

const file = "machines/web/configuration.nix";
let editor: Editor;

beforeAll(async () => {
  editor = await openEditor("machine-file", {
    programs: ["clan"],
    clan: path.join(import.meta.dirname, "vars-clan"),
  });
  await editor.openFile(file);
  await editor.untilServerAnswers();
  await editor.goToEndOf(file, "services.proxy");
  await editor.press("ArrowUp");
  await editor.press("ArrowUp");
  await goOn();
});
afterAll(() => editor.close());

/** To a new line below. */
async function goOn() {
  await editor.press("Escape");
  await editor.press("End");
  await editor.press("Enter");
}

/** Types `''` again where VS Code has not closed it, since it did not know the line's colours yet. */
async function openText() {
  const closed = editor.page.locator(".view-line", { hasText: /script\s=\s''''/ });
  await vi.waitFor(
    async () => {
      await editor.type("''");
      await closed.waitFor({ timeout: 2000 }).catch(async (error) => {
        await editor.press("Backspace");
        await editor.press("Backspace");
        throw error;
      });
    },
    { timeout: 30_000, interval: 200 },
  );
}

it("offers and accepts the options of a generator, in its fresh set", async () => {
  await editor.type("clan.core.vars.generators.web = {");
  await editor.press("Enter");
  await editor.complete("d", "dependencies");
  await editor.screenshot("dependencies");
  await editor.complete('"', "ca");
  await goOn();
  await expect.poll(() => editor.savedText(file)).toContain('    dependencies = [ "ca" ];\n');
});

it("offers the types of a prompt, and when a file is needed", async () => {
  await editor.type("prompts.pin.");
  await editor.complete("t", "type");
  // The list of types opens by itself.
  expect(await editor.suggestions()).toEqual(
    expect.arrayContaining(['"hidden"', '"line"', '"multiline"', '"multiline-hidden"']),
  );
  await editor.complete("h", '"hidden"');
  await goOn();
  await editor.type("files.cert.");
  await editor.complete("n", "neededFor");
  expect(await editor.suggestions()).toEqual(
    expect.arrayContaining(['"activation"', '"partitioning"', '"services"', '"users"']),
  );
  await editor.screenshot("needed-for");
  await editor.complete("u", '"users"');
  await goOn();
});

it("offers generators, files and prompts in its script", async () => {
  await editor.type("script = ");
  await openText();
  await editor.press("Enter");
  await editor.type("cat $in/");
  await editor.complete("c", "ca");
  await editor.type("/");
  expect(await editor.suggestions()).toEqual(["ca.pem", "key"]);
  await editor.screenshot("script");
  await editor.complete("k", "key");
  await editor.type(" $prompts/");
  await editor.complete("p", "pin");
  await editor.type(" > $out/");
  await editor.complete("c", "cert");
  await expect
    .poll(() => editor.savedText(file))
    .toContain("      cat $in/ca/key $prompts/pin > $out/cert\n");
});
