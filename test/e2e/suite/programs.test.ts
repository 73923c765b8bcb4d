/** Programs the extension runs itself: git, for a file that a flake does not see yet, and nix, for services. */
import { commands, type TextDocument, Uri, workspace } from "vscode";
import { assertEqual, assertFound } from "./assert.ts";
import { insertLine, openClanFile } from "./clan-file.ts";
import { findingAt } from "./findings.ts";

const decoder = new TextDecoder();
const encoder = new TextEncoder();
const instances = "inventory.instances = {";

describe("programs", () => {
  let document: TextDocument;
  beforeEach(async () => {
    document = await openClanFile();
  });
  afterEach(() => commands.executeCommand("workbench.action.files.revert"));
  // What other tests run prints and leaves its own.
  after(async () => {
    await workspace.fs.delete(inFolder("../stand-in.jsonl"));
    await workspace.fs.delete(inFolder("../stand-in.jsonl.out"));
  });

  it("git add -N makes a file visible", async () => {
    const file = Uri.joinPath(document.uri, "../extra.nix");
    await workspace.fs.writeFile(file, encoder.encode("{ }\n"));
    await commands.executeCommand("clan.trackFiles", { files: [file.toString()] });
    const index = await workspace.fs.readFile(inFolder(".git/index"));
    assertEqual(decoder.decode(index).includes("modules/flake-parts/extra.nix"), true);
  });

  it("nix eval tells of a service that cannot be read", async () => {
    const instance = `far = { module = { name = "door"; input = "nixpkgs"; }; roles.lok = { }; };`;
    await insertLine(document, instances, instance);
    await workspace.fs.writeFile(inFolder("../stand-in.jsonl.out"), encoder.encode(JSON.stringify([door])));
    await commands.executeCommand("clan.askNix");
    await findingAt(document, "unknown-role", "lok");
    const record = decoder.decode(await workspace.fs.readFile(inFolder("../stand-in.jsonl")));
    const run = JSON.parse(assertFound(record.trimEnd().split("\n").at(-1), "run"));
    assertEqual([run.program, run.folder], ["nix", inFolder(".").fsPath.replace(/\/$/, "")]);
    assertEqual(run.arguments.slice(2, 6), [
      "eval",
      "--json",
      "--no-write-lock-file",
      ".#clanInternals.inventoryClass",
    ]);
  });
});

/** As `nix` prints a service with the role `lock`. */
const door = {
  input: "nixpkgs",
  name: "door",
  names: ["door"],
  service: {
    manifest: {
      description: "Opens doors.",
      categories: ["Utility"],
      constraints: { maxInstances: null, roles: {} },
      exports: { inputs: [], out: [] },
    },
    roles: { lock: "Keeps it shut." },
    schemas: {},
  },
};

function inFolder(path: string): Uri {
  const folder = assertFound(workspace.workspaceFolders?.[0], "workspace folder");
  return Uri.joinPath(folder.uri, path);
}
