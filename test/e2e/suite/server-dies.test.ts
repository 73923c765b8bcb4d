/** A language server that dies is started again, and knows what was typed and not saved. */
import { readdirSync, readFileSync } from "node:fs";
import { commands, languages, type TextDocument } from "vscode";
import { assertEqual, assertFound } from "./assert.ts";
import { insertLine, openClanFile } from "./clan-file.ts";
import { findingAt, untilFindings } from "./findings.ts";

/** Of this extension host. */
function serverProcess(): number | undefined {
  const numbers = readdirSync("/proc").filter((name) => /^\d+$/.test(name));
  return numbers.map(Number).find((pid) => {
    try {
      const parent = /^PPid:\s+(\d+)$/m.exec(readFileSync(`/proc/${pid}/status`, "utf8"))?.[1];
      const line = readFileSync(`/proc/${pid}/cmdline`, "utf8");
      return Number(parent) === process.pid && line.includes("clan-ls.js");
    } catch {
      // It has ended meanwhile.
      return false;
    }
  });
}

describe("a server that dies", () => {
  let document: TextDocument;
  beforeEach(async () => {
    document = await openClanFile();
  });
  afterEach(() => commands.executeCommand("workbench.action.files.revert"));

  it("is started again, and reads the documents as they are in the editor", async () => {
    await insertLine(document, "roles.controller", "roles.controler.extraModules = [ ];");
    await findingAt(document, "unknown-role", "controler");
    const before = assertFound(serverProcess(), "server");
    process.kill(before, "SIGKILL");
    // Typed while there is none.
    await insertLine(document, "roles.controller", "roles.contoller.extraModules = [ ];");
    // By what it says: the range of an old finding may cover the new word.
    await untilFindings(() =>
      languages.getDiagnostics(document.uri).some(({ message }) => message.includes("contoller")),
    );
    assertEqual(serverProcess() === before, false);
    assertFound(serverProcess(), "server");
  });
});
