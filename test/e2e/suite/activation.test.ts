/** The extension starts with the first Nix file, and brings its commands. */
import { commands, extensions, LanguageModelTextPart, lm, window, workspace } from "vscode";
import { assertEqual, assertFound } from "./assert.ts";

const extensionId = "clan-nix.vscode-clan";

describe("activation", () => {
  it("happens for a Nix file", async () => {
    const [file] = await workspace.findFiles("flake.nix", undefined, 1);
    const document = await workspace.openTextDocument(assertFound(file, "flake.nix"));
    await window.showTextDocument(document);
    assertEqual(document.languageId, "nix");
    const extension = assertFound(extensions.getExtension(extensionId), "extension");
    await extension.activate();
    assertEqual(extension.isActive, true);
  });

  it("registers every command of the manifest", async () => {
    const { packageJSON } = assertFound(extensions.getExtension(extensionId), "extension");
    const registered = new Set(await commands.getCommands());
    const declared: { command: string }[] = packageJSON.contributes.commands;
    const missing = declared.map(({ command }) => command).filter((command) => !registered.has(command));
    assertEqual(missing, []);
  });

  it("brings its tools for assistants, which answer about the clan that is open", async () => {
    const { packageJSON } = assertFound(extensions.getExtension(extensionId), "extension");
    const declared: { name: string }[] = packageJSON.contributes.languageModelTools;
    const known = new Set(lm.tools.map(({ name }) => name));
    assertEqual(
      declared.map(({ name }) => name).filter((name) => !known.has(name)),
      [],
    );
    const machinesNow = async (): Promise<string[]> => {
      const { content } = await lm.invokeTool("clan_inventory", {
        input: {},
        toolInvocationToken: undefined,
      });
      const [part] = content;
      const { machines } = JSON.parse(part instanceof LanguageModelTextPart ? part.value : "{}");
      return Object.keys(machines);
    };
    let machines = await machinesNow();
    // In a web worker the server is handed the files after it has started, and no event says that it has them all.
    while (machines.length === 0) {
      await new Promise((resolve) => setTimeout(resolve, 200));
      machines = await machinesNow();
    }
    assertEqual(machines, ["hetzner-01", "hetzner-02", "macmini-01"]);
  });
});
