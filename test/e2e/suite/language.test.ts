/** The language server is wired to the editor: findings, completion, quick fixes. */
import { type CodeAction, type CompletionList, commands, type TextDocument, workspace } from "vscode";
import { assertEqual, assertFound } from "./assert.ts";
import { insertLine, openClanFile } from "./clan-file.ts";
import { findingAt } from "./findings.ts";

const afterZerotierRole = "roles.controller";

describe("language", () => {
  let document: TextDocument;
  beforeEach(async () => {
    document = await openClanFile();
  });
  afterEach(() => commands.executeCommand("workbench.action.files.revert"));

  it("marks a role the service does not have, and offers the right one", async () => {
    await insertLine(document, afterZerotierRole, "roles.controler.extraModules = [ ];");
    const finding = await findingAt(document, "unknown-role", "controler");
    const actions = await ask<CodeAction[]>("vscode.executeCodeActionProvider", document.uri, finding.range);
    const fix = assertFound(
      actions.find((action) => action.kind?.value === "quickfix" && action.edit !== undefined),
      "quick fix",
    );
    await workspace.applyEdit(assertFound(fix.edit, "edit"));
    assertEqual(document.getText().includes("roles.controller.extraModules"), true);
  });

  it("completes the roles of a service", async () => {
    // The finding shows that the server knows the clan by now.
    await insertLine(document, afterZerotierRole, "roles.controler.extraModules = [ ];");
    await findingAt(document, "unknown-role", "controler");
    const position = await insertLine(document, afterZerotierRole, "roles.");
    const { items } = await ask<CompletionList>(
      "vscode.executeCompletionItemProvider",
      document.uri,
      position,
      ".",
    );
    const labels = items.map(({ label }) => (typeof label === "string" ? label : label.label));
    assertEqual(
      ["controller", "moon", "peer"].filter((role) => !labels.includes(role)),
      [],
    );
  });
});

/** Asks again when the question was cancelled, as the editor does: the document had just been changed. */
async function ask<T>(command: string, ...args: readonly unknown[]): Promise<T> {
  for (;;) {
    try {
      return await commands.executeCommand<T>(command, ...args);
    } catch (error) {
      if (!(error instanceof Error && error.name === "Canceled")) throw error;
    }
  }
}
