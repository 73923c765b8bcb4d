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

  it("is started again each time, until it has died five times; then when the person asks", async () => {
    await insertLine(document, "roles.controller", "roles.controler.extraModules = [ ];");
    await findingAt(document, "unknown-role", "controler");
    for (let death = 0; death < 6; death++) {
      const pid = await until(serverProcess).catch(() => undefined);
      if (pid === undefined) break;
      process.kill(pid, "SIGKILL");
      await until(() => serverProcess() !== pid || undefined);
    }
    assertEqual(serverProcess(), undefined);
    await commands.executeCommand("clan.restartServer");
    assertFound(serverProcess(), "server");
    await insertLine(document, "roles.controller", "roles.contoller.extraModules = [ ];");
    await untilFindings(() =>
      languages.getDiagnostics(document.uri).some(({ message }) => message.includes("contoller")),
    );
  });
});

/** Longer than it waits with one that died. */
const longest = 8_000;

async function until<T>(find: () => T | undefined): Promise<T> {
  for (const end = Date.now() + longest; Date.now() < end; ) {
    const found = find();
    if (found !== undefined) return found;
    // No event tells of a process that starts or ends.
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  throw new Error("it did not come");
}
