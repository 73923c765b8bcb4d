/** Syntax errors are left to the server that Nix IDE runs, and taken back when it runs none: a stand-in is installed. */
import { commands, languages, type TextDocument, workspace } from "vscode";
import { insertLine, openClanFile } from "./clan-file.ts";
import { codeOf, findingAt, untilFindings } from "./findings.ts";

const machines = "inventory.machines = {";

describe("beside Nix IDE", () => {
  let document: TextDocument;
  before(async () => {
    await runServer(false);
    document = await openClanFile();
    await insertLine(document, "roles.controller", "roles.controler.extraModules = [ ];");
    await insertLine(document, machines, "broken = { ) };");
  });
  after(async () => {
    await commands.executeCommand("workbench.action.files.revert");
    await runServer(undefined);
  });

  it("without a server reports syntax errors", async () => {
    await findingAt(document, "syntax-error", ")");
  });

  it("leaves them to its server, and only them", async () => {
    await runServer(true);
    await untilFindings(() => !hasSyntaxError(document) && languages.getDiagnostics(document.uri).length > 0);
  });

  it("reports them again when it runs none any more", async () => {
    await runServer(false);
    await findingAt(document, "syntax-error", ")");
  });
});

function hasSyntaxError({ uri }: TextDocument): boolean {
  return languages.getDiagnostics(uri).some((finding) => codeOf(finding) === "syntax-error");
}

async function runServer(value: boolean | undefined): Promise<void> {
  await workspace.getConfiguration("nix").update("enableLanguageServer", value, true);
}
