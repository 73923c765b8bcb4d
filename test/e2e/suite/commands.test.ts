/** Commands of clan run as tasks: one that asks for nothing, and one that is told whom it is for. */
import { workspace } from "vscode";
import { assertEqual, assertFound } from "./assert.ts";
import { openClanFile } from "./clan-file.ts";
import { lineRunBy } from "./line-run-by.ts";

describe("commands", () => {
  before(openClanFile);

  it("runs a command of the whole clan", async () => {
    assertEqual(await lineRunBy("clan.showNetworks"), ["network", "overview"]);
  });

  it("runs a command for a machine", async () => {
    const folder = assertFound(workspace.workspaceFolders?.[0], "workspace folder");
    const chosen = { root: folder.uri.toString(), machines: ["hetzner-01"] };
    assertEqual(await lineRunBy("clan.connectToMachine", chosen), ["ssh", "hetzner-01"]);
  });
});
