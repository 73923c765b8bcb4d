/** Writing a clan from nothing: the first word in a fresh set is offered and accepted, and what it leaves is right. */
import path from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import { type Editor, openEditor } from "./editor.ts";

const clan = path.join(import.meta.dirname, "fresh-clan");
let editor: Editor;

beforeAll(async () => {
  editor = await openEditor("first-words", { programs: ["clan"], clan });
});
afterAll(() => editor.close());

it("begins an empty clan.nix with what a clan is", async () => {
  await editor.openFile("clan.nix");
  await editor.press("Control+Space");
  expect(await editor.suggestions()).toEqual(["clan"]);
  await editor.press("Enter");
  await editor.type("home");
  await editor.press("Tab");
  await editor.screenshot("skeleton");
  await expect
    .poll(() => editor.savedText("clan.nix"))
    .toBe(
      '{\n  meta.name = "home";\n\n  inventory.machines = {\n    \n  };\n\n  inventory.instances = {\n    \n  };\n}\n',
    );
});

it("offers and accepts the first word in a machine's fresh set", async () => {
  await editor.type("web = {");
  await editor.press("Enter");
  await editor.type("t");
  await expect.poll(async () => (await editor.suggestions())[0]).toBe("tags");
  await editor.screenshot("first-word");
  await editor.press("Enter");
  await expect.poll(() => editor.savedText("clan.nix")).toContain("    web = {\n      tags = [  ];\n    }\n");
});

it("goes on with the path when a dot is typed after a role that was accepted", async () => {
  await editor.press("Control+End");
  for (let line = 0; line < 3; line++) await editor.press("ArrowUp");
  await editor.press("End");
  await editor.complete("ssh", "sshd");
  await editor.complete("ro", "roles");
  // The list of roles opens by itself.
  await expect.poll(() => editor.suggestions()).toContain("server");
  await editor.screenshot("opened-again");
  await editor.complete("ser", "server");
  await editor.complete(".ta", "tags");
  await editor.press("Escape");
  await expect
    .poll(() => editor.savedText("clan.nix"))
    .toMatch(/sshd = \{ roles = \{ server\.tags = \[ {2}\]; \}; \};/);
});

it("leaves `inherit` where it is while it is typed, and moves `in` to its `let`", async () => {
  await editor.openFile("let.nix");
  await editor.type("let");
  await editor.press("Enter");
  await editor.type("inherit (x) y;");
  await editor.press("Escape");
  await editor.press("Enter");
  await editor.type("inputs = 1;");
  await editor.press("Escape");
  await editor.press("Enter");
  await editor.type("in");
  await editor.press("Escape");
  await editor.press("Enter");
  await expect.poll(() => editor.cursor()).toBe("Ln 5, Col 1");
  await editor.type("inputs");
  await editor.press("Escape");
  await expect
    .poll(() => editor.savedText("let.nix"))
    .toBe("let\n  inherit (x) y;\n  inputs = 1;\nin\ninputs");
});

it("leaves the set where it is that follows the arguments of a module, and indents what is in it", async () => {
  const file = "machines/web/configuration.nix";
  await editor.openFile(file);
  await editor.type("{ pkgs, ... }:");
  await editor.press("Escape");
  // VS Code closes brackets where it knows the colours, which come a moment after a file is opened.
  await expect.poll(() => editor.savedText(file)).toBe("{ pkgs, ... }:");
  await editor.press("Enter");
  await expect.poll(() => editor.cursor()).toBe("Ln 2, Col 1");
  await editor.type("{");
  await editor.press("Enter");
  await expect.poll(() => editor.savedText(file)).toBe("{ pkgs, ... }:\n{\n  \n}");
});
