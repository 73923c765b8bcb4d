/** Rename as clients of different abilities get it. */
import { afterEach, describe, expect, test, vi } from "vitest";
import {
  type ClientCapabilities,
  ShowMessageNotification,
  type WorkspaceEdit,
  type WorkspaceEditClientCapabilities,
} from "vscode-languageserver/node";
import { uriOf } from "./client.ts";
import { useClients } from "./clients.ts";

const start = useClients();

const clan = `
  #- /clan/clan.nix
  { inventory.machines.we$0b = { }; machines.db.imports = [ ./machines/web/more.nix ]; inventory.instances.sshd.roles.server.tags = [ "al$1l" ]; }
  #- /clan/machines/web/configuration.nix
  { networking.hostName = "web"; }
  #- /clan/machines/web/more.nix
  { }
`;
const file = uriOf("/clan/clan.nix");
const configuration = uriOf("/clan/machines/web/configuration.nix");

async function rename(workspaceEdit: NonNullable<ClientCapabilities["workspace"]>["workspaceEdit"]) {
  const client = await start(clan, {
    capabilities: { workspace: workspaceEdit === undefined ? {} : { workspaceEdit } },
  });
  const messages: string[] = [];
  client.connection.onNotification(
    ShowMessageNotification.type,
    ({ message }) => void messages.push(message),
  );
  const edit = await client.connection.sendRequest("textDocument/rename", {
    ...client.at("$0"),
    newName: "www",
  });
  return { edit, messages };
}

const edit = (line: number, start: number, end: number, newText: string) => ({
  range: { start: { line, character: start }, end: { line, character: end } },
  newText,
});

const textEdits = { [file]: [edit(0, 21, 24, "www")], [configuration]: [edit(0, 24, 29, '"www"')] };

describe("a machine with a folder", () => {
  test("for an editor with a preview", async () => {
    const { edit: found, messages } = await rename({
      documentChanges: true,
      resourceOperations: ["create", "rename", "delete"],
      changeAnnotationSupport: {},
    });
    expect(found).toEqual({
      documentChanges: [
        {
          textDocument: { uri: file, version: null },
          edits: [edit(0, 21, 24, "www"), { ...edit(0, 67, 70, "www"), annotationId: "files" }],
        },
        {
          textDocument: { uri: configuration, version: null },
          edits: [edit(0, 24, 29, '"www"')],
        },
        {
          kind: "rename",
          oldUri: uriOf("/clan/machines/web"),
          newUri: uriOf("/clan/machines/www"),
          annotationId: "files",
        },
      ],
      changeAnnotations: {
        files: {
          label: "Files and folders that clan finds by the name, and paths to them",
          needsConfirmation: false,
          description: "Afterwards, run git add on the moved files: a flake does not see others.",
        },
      },
    });
    expect(messages).toEqual(["Afterwards, run git add on the moved files: a flake does not see others."]);
  });

  test("for an editor that moves files, but shows nothing", async () => {
    const { edit: found, messages } = await rename({ documentChanges: true, resourceOperations: ["rename"] });
    expect(found).toEqual({
      documentChanges: [
        {
          textDocument: { uri: file, version: null },
          edits: [edit(0, 21, 24, "www"), edit(0, 67, 70, "www")],
        },
        { textDocument: { uri: configuration, version: null }, edits: [edit(0, 24, 29, '"www"')] },
        { kind: "rename", oldUri: uriOf("/clan/machines/web"), newUri: uriOf("/clan/machines/www") },
      ],
    });
    expect(messages).toEqual(["Afterwards, run git add on the moved files: a flake does not see others."]);
  });

  test("for an editor that changes texts only", async () => {
    const { edit: found, messages } = await rename(undefined);
    expect(found).toEqual({ changes: textEdits });
    expect(messages[0]).toContain("This editor cannot rename files. Rename machines/web to machines/www.");
  });
});

describe("a word in code that is switched off", () => {
  const fixture = `
    #- /clan/clan.nix
    { lib, ... }: { inventory.machines.we$0b = { }; machines = lib.optionalAttrs false { web = { }; }; }
  `;
  const renameIn = async (workspaceEdit: WorkspaceEditClientCapabilities) => {
    const client = await start(fixture, { capabilities: { workspace: { workspaceEdit } } });
    const found = await client.connection.sendRequest("textDocument/rename", {
      ...client.at("$0"),
      newName: "www",
    });
    return { found, messages: client.messages };
  };

  test("is asked about where there is a preview", async () => {
    const { found, messages } = await renameIn({ documentChanges: true, changeAnnotationSupport: {} });
    expect(found).toMatchObject({
      documentChanges: [
        { edits: [edit(0, 35, 38, "www"), { ...edit(0, 83, 86, "www"), annotationId: "perhaps" }] },
      ],
      changeAnnotations: { perhaps: { needsConfirmation: true } },
    });
    expect(messages).toEqual([
      "Words in code that is switched off, or that could mean something else, are not ticked. Tick those that are meant.",
    ]);
  });

  test("and told of where there is none", async () => {
    const { found, messages } = await renameIn({});
    expect(found).toEqual({ changes: { [file]: [edit(0, 35, 38, "www")] } });
    expect(messages).toEqual([
      "Not changed, as it is switched off or could mean something else: clan.nix:1.",
    ]);
  });
});

describe("what is surely meant needs no tick, and so is not left out by an Apply", () => {
  const capabilities = {
    workspace: { workspaceEdit: { documentChanges: true, changeAnnotationSupport: {} } },
  };
  const renameAt = async (fixture: string, newName: string) => {
    const client = await start(fixture, { capabilities });
    const found = await client.connection.sendRequest<WorkspaceEdit>("textDocument/rename", {
      ...client.at("$0"),
      newName,
    });
    const annotations = Object.values(found.changeAnnotations ?? {});
    return {
      needed: annotations.map(({ needsConfirmation }) => needsConfirmation),
      messages: client.messages,
    };
  };

  test("in the script of a generator", async () => {
    const fixture = `
      #- /clan/clan.nix
      { inventory.machines.web = { }; }
      #- /clan/machines/web/configuration.nix
      { clan.core.vars.generators.ca = { files.k$0ey = { }; script = "echo > $out/key"; }; }
    `;
    expect(await renameAt(fixture, "pem")).toEqual({ needed: [false], messages: [] });
  });

  test("where not all of the clan is known, which is said", async () => {
    const fixture = `
      #- /clan/clan.nix
      { fleet, ... }: { inventory.machines = { we$0b = { }; \${fleet.host} = { }; }; }
    `;
    const { needed, messages } = await renameAt(fixture, "www");
    expect(needed).toEqual([false]);
    expect(messages).toEqual([
      expect.stringMatching(/^Not all of the clan is known \(.+\): there may be more places\.$/),
    ]);
  });
});

test("what cannot be renamed says why", async () => {
  const client = await start(clan, { capabilities: { textDocument: { rename: { prepareSupport: true } } } });
  expect(client.initialized.capabilities.renameProvider).toEqual({ prepareProvider: true });
  const reason = "The tag “all” is predefined: clan itself gives it.";
  await expect(client.connection.sendRequest("textDocument/prepareRename", client.at("$1"))).rejects.toThrow(
    reason,
  );
  await expect(
    client.connection.sendRequest("textDocument/rename", { ...client.at("$1"), newName: "x" }),
  ).rejects.toThrow(reason);
});

describe("what takes too long", () => {
  afterEach(() => vi.restoreAllMocks());

  /** Work enough for the clock to be looked at: that is not done at each step. */
  const busy = clan.replace(
    "inventory.instances",
    "meta.description = toString (builtins.foldl' (a: b: a + b) 0 (builtins.genList (n: n) 2000)); inventory.instances",
  );

  /** Each look at the clock finds it so much later. */
  function slowClock(milliseconds: number): void {
    let now = performance.now();
    vi.spyOn(performance, "now").mockImplementation(() => {
      now += milliseconds;
      return now;
    });
  }

  test("a rename says so, and not that the machine would be gone", async () => {
    const client = await start(busy);
    await client.connection.sendRequest("textDocument/hover", client.at("$0"));
    slowClock(11_000);
    await expect(
      client.connection.sendRequest("textDocument/rename", { ...client.at("$0"), newName: "www" }),
    ).rejects.toThrow("It took too long");
  });

  test("and can be tried again", async () => {
    const client = await start(busy);
    await client.connection.sendRequest("textDocument/hover", client.at("$0"));
    slowClock(11_000);
    const request = () =>
      client.connection.sendRequest("textDocument/rename", { ...client.at("$0"), newName: "www" });
    await expect(request()).rejects.toThrow("It took too long");
    vi.restoreAllMocks();
    expect(await request()).toEqual({ changes: textEdits });
  });

  test("no step by itself: it is done", async () => {
    const client = await start(clan);
    slowClock(2);
    expect(
      await client.connection.sendRequest("textDocument/rename", { ...client.at("$0"), newName: "www" }),
    ).toEqual({ changes: textEdits });
  });
});
