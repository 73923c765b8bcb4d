/** What the server says of places is wired to the editor: outline, colours, lenses that show where something is. */
import {
  type CodeLens,
  ConfigurationTarget,
  commands,
  type DocumentSymbol,
  type SemanticTokens,
  type SemanticTokensLegend,
  type TextDocument,
  workspace,
} from "vscode";
import { assertEqual, assertFound } from "./assert.ts";
import { openClanFile } from "./clan-file.ts";

describe("places", () => {
  let document: TextDocument;
  beforeEach(async () => {
    document = await openClanFile();
  });

  it("outlines machines and instances with their roles", async () => {
    const symbols = await until(() =>
      commands.executeCommand<DocumentSymbol[]>("vscode.executeDocumentSymbolProvider", document.uri),
    );
    const zerotier = assertFound(
      symbols.find(({ name }) => name.startsWith("zerotier")),
      "instance",
    );
    const roles = zerotier.children.map(({ name }) => name);
    assertEqual(roles.includes("controller"), true);
  });

  it("colours words by their own token types", async () => {
    const legend = await until(() =>
      commands.executeCommand<SemanticTokensLegend>(
        "vscode.provideDocumentSemanticTokensLegend",
        document.uri,
      ),
    );
    assertEqual(legend.tokenTypes.includes("clanMachine"), true);
    const { data } = await until(() =>
      commands.executeCommand<SemanticTokens>("vscode.provideDocumentSemanticTokens", document.uri),
    );
    assertEqual(data.length > 0 && data.length % 5, 0);
  });

  it("shows the machines of a role from the lens above it", async () => {
    // By default only roles have one whose machines are computed: a hint says the others.
    const lenses = () => workspace.getConfiguration("clan.codeLens");
    await lenses().update("roles", "always", ConfigurationTarget.Global);
    const command = await until(async () => {
      const found = await commands.executeCommand<CodeLens[]>(
        "vscode.executeCodeLensProvider",
        document.uri,
        100,
      );
      return found.find((lens) => lens.command?.command === "clan.showPlaces")?.command;
    });
    await lenses().update("roles", undefined, ConfigurationTarget.Global);
    await commands.executeCommand(command.command, ...(command.arguments ?? []));
    await commands.executeCommand("closeReferenceSearch");
  });
});

/** Asks again until there is an answer: the server may not be ready. */
async function until<T>(ask: () => Thenable<T | undefined>): Promise<T> {
  for (;;) {
    const answer = await ask();
    if (answer !== undefined && !(Array.isArray(answer) && answer.length === 0)) return answer;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}
