/** The server as a client sees it, over the protocol. */
import { afterEach, describe, expect, test } from "vitest";
import {
  CancellationTokenSource,
  type ClientCapabilities,
  CodeActionRequest,
  CodeLensRequest,
  CompletionRequest,
  DefinitionRequest,
  DidChangeConfigurationNotification,
  DidChangeWatchedFilesNotification,
  DidChangeWorkspaceFoldersNotification,
  DidCloseTextDocumentNotification,
  DocumentDiagnosticRequest,
  FileChangeType,
  HoverRequest,
  LSPErrorCodes,
  type TextDocumentPositionParams,
} from "vscode-languageserver/node";
import { type ClanSummary, filesNotification, inventoryRequest } from "../../shared/requests.ts";
import { type ClientOptions, startClient, type TestClient, uriOf } from "./client.ts";

const started: TestClient[] = [];

async function start(fixture: string, options?: ClientOptions): Promise<TestClient> {
  const client = await startClient(fixture, options);
  started.push(client);
  return client;
}

afterEach(async () => {
  await Promise.all(started.splice(0).map((client) => client.stop()));
});

const clan = `
  #- /clan/clan.nix
  {
    inventory.machines = { web.tags = [ "srv" ]; db = { }; };
    inventory.instances.zerotier.roles = {
      control$0er.machines.web = { };
      peer.tags = [ "s$1rv" ];
      $2
    };
  }
`;
const file = "/clan/clan.nix";

async function labels(client: TestClient, params: TextDocumentPositionParams): Promise<string[]> {
  const answer = await client.connection.sendRequest(CompletionRequest.type, params);
  return (Array.isArray(answer) ? answer : (answer?.items ?? [])).map((item) => item.label);
}

const codes = (diagnostics: readonly { readonly code?: unknown }[]) => diagnostics.map(({ code }) => code);
const isClean = (diagnostics: readonly unknown[]) => diagnostics.length === 0;

describe("a document", () => {
  test("is checked when opened, and again as it is edited", async () => {
    const client = await start(clan);
    client.open(file);
    const [found] = await client.diagnostics(file, (diagnostics) => diagnostics.length > 0);
    expect(found).toMatchObject({
      code: "unknown-role",
      severity: 1,
      source: "clan",
      range: { start: { line: 3, character: 4 }, end: { line: 3, character: 13 } },
    });
    client.change(file, "l", { line: 3, character: 11 });
    await client.diagnostics(file, isClean);
  });

  test("is completed as it stands after edits, not as it is on disk", async () => {
    const client = await start(clan);
    client.open(file);
    client.change(file, "mo", client.at("$2").position);
    const { textDocument, position } = client.at("$2");
    expect(
      await labels(client, { textDocument, position: { ...position, character: position.character + 2 } }),
    ).toEqual(["controller", "moon", "peer"]);
  });

  test("is what is on disk again once closed", async () => {
    const client = await start(clan);
    client.open(file, "{ }");
    await client.connection.sendNotification(DidCloseTextDocumentNotification.type, client.at("$0"));
    expect(codes(await client.diagnostics(file, (diagnostics) => diagnostics.length > 0))).toEqual([
      "unknown-role",
    ]);
  });

  test("that is no file is left alone", async () => {
    const client = await start(clan);
    const textDocument = { uri: "git:/clan/clan.nix?ref=HEAD" };
    const position = { line: 0, character: 0 };
    expect(await client.connection.sendRequest(HoverRequest.type, { textDocument, position })).toBeNull();
  });
});

describe("answers", () => {
  test("hover", async () => {
    const client = await start(clan, {
      capabilities: { textDocument: { hover: { contentFormat: ["markdown", "plaintext"] } } },
    });
    expect(await client.connection.sendRequest(HoverRequest.type, client.at("$1"))).toEqual({
      contents: { kind: "markdown", value: "**tag** `srv`\n\nMachines: `web`" },
      range: { start: { line: 4, character: 19 }, end: { line: 4, character: 22 } },
    });
  });

  test("definition", async () => {
    const client = await start(clan);
    expect(await client.connection.sendRequest(DefinitionRequest.type, client.at("$1"))).toEqual([
      { uri: uriOf(file), range: { start: { line: 1, character: 39 }, end: { line: 1, character: 42 } } },
    ]);
  });

  test("a completion as a snippet, or plain for a client without them", async () => {
    const params = async (capabilities: ClientCapabilities) => {
      const client = await start(clan, { capabilities });
      const answer = await client.connection.sendRequest(CompletionRequest.type, client.at("$2"));
      const items = Array.isArray(answer) ? answer : (answer?.items ?? []);
      return items.find((item) => item.label === "moon")?.textEdit?.newText;
    };
    const snippets = { textDocument: { completion: { completionItem: { snippetSupport: true } } } };
    expect(await params(snippets)).toBe("moon = { $0 };");
    expect(await params({})).toBe("moon = {  };");
  });

  test("a fix for a finding", async () => {
    const client = await start(clan);
    client.open(file);
    const { textDocument, position } = client.at("$0");
    const actions = await client.connection.sendRequest(CodeActionRequest.type, {
      textDocument,
      range: { start: position, end: position },
      context: { diagnostics: [] },
    });
    expect(actions).toMatchObject([
      {
        title: "Change to `controller`",
        kind: "quickfix",
        isPreferred: true,
        edit: { changes: { [uriOf(file)]: [{ newText: "controller" }] } },
      },
    ]);
  });

  test("lenses on machines, for a client that has the commands", async () => {
    const lenses = async (commands: boolean) => {
      const client = await start(clan, { initializationOptions: { commands } });
      const answer = await client.connection.sendRequest(CodeLensRequest.type, client.at("$0"));
      return [client.initialized.capabilities.codeLensProvider, answer?.map(({ command }) => command)];
    };
    const [provider, commands] = await lenses(true);
    expect(provider).toEqual({});
    expect(commands).toContainEqual({
      title: "Generate vars",
      command: "clan.generateVars",
      arguments: [{ root: "file:///clan", machines: ["web"] }],
    });
    expect(await lenses(false)).toEqual([undefined, []]);
  });

  test("the inventory", async () => {
    const client = await start(clan);
    const clans = await client.connection.sendRequest<ClanSummary[]>(inventoryRequest);
    expect(clans).toEqual([
      {
        root: "file:///clan",
        machines: [
          { name: "db", class: "nixos", tags: ["all", "nixos"] },
          { name: "web", class: "nixos", tags: ["all", "nixos", "srv"] },
        ],
        tags: [
          { name: "all", machines: ["db", "web"] },
          { name: "nixos", machines: ["db", "web"] },
          { name: "srv", machines: ["web"] },
        ],
      },
    ]);
  });
});

describe("columns", () => {
  const code = `
    #- /clan/clan.nix
    { meta.description = "é€😀"; inventory.instances.sshd.roles.clint = { }; }
  `;
  test.each([
    { unit: "utf-8", column: 65 },
    { unit: "utf-16", column: 60 },
    { unit: "utf-32", column: 59 },
  ])("in $unit, as the client prefers", async ({ unit, column }) => {
    const client = await start(code, { capabilities: { general: { positionEncodings: [unit, "utf-16"] } } });
    expect(client.initialized.capabilities.positionEncoding).toBe(unit);
    const [found] = await client.diagnostics(file, (diagnostics) => diagnostics.length > 0);
    expect(found?.range.start).toEqual({ line: 0, character: column });
    client.open(file);
    client.change(file, "e", { line: 0, character: column + 3 });
    client.change(file, "", { line: 0, character: column + 4 }, { line: 0, character: column + 5 });
    const hovered = await client.connection.sendRequest(HoverRequest.type, {
      textDocument: { uri: uriOf(file) },
      position: { line: 0, character: column },
    });
    expect(hovered?.range?.end).toEqual({ line: 0, character: column + 5 });
  });
});

describe("requests that are overtaken", () => {
  test("by a change of their document are refused", async () => {
    const client = await start(clan);
    client.open(file);
    let asked: Promise<unknown> | undefined;
    await client.together(() => {
      asked = client.connection.sendRequest(CompletionRequest.type, client.at("$2"));
      client.change(file, "x", client.at("$2").position);
    });
    await expect(asked).rejects.toMatchObject({ code: LSPErrorCodes.ContentModified });
  });

  test("by being cancelled are refused", async () => {
    const client = await start(clan);
    const source = new CancellationTokenSource();
    let asked: Promise<unknown> | undefined;
    await client.together(() => {
      asked = client.connection.sendRequest(CompletionRequest.type, client.at("$2"), source.token);
      source.cancel();
    });
    await expect(asked).rejects.toMatchObject({ code: LSPErrorCodes.RequestCancelled });
  });
});

test("a handler that fails is logged with its stack, and answered with nothing", async () => {
  const client = await start(clan);
  client.files.readFile = () => {
    throw new Error("the disk is on fire");
  };
  expect(await client.connection.sendRequest(HoverRequest.type, client.at("$1"))).toBeNull();
  expect(client.log.join("\n")).toMatch(/^textDocument\/hover: Error: the disk is on fire\n\s+at /m);
});

describe("the workspace", () => {
  test("files that change on disk are read again", async () => {
    const client = await start(clan, {
      capabilities: { workspace: { didChangeWatchedFiles: { dynamicRegistration: true } } },
    });
    await client.diagnostics(file, (diagnostics) => diagnostics.length > 0);
    expect(client.registered).toContain("workspace/didChangeWatchedFiles");
    client.files.write(file, "{ }");
    await client.connection.sendNotification(DidChangeWatchedFilesNotification.type, {
      changes: [{ uri: uriOf(file), type: FileChangeType.Changed }],
    });
    await client.diagnostics(file, isClean);
  });

  test("a clan below the folder is found with the document that is opened", async () => {
    const client = await start(`
      #- /clan/flake.nix
      { outputs = _: { }; }
      #- /clan/lab/flake.nix
      { outputs = _: { }; }
      #- /clan/lab/clan.nix
      { inventory.instances.sshd.roles.clint = { }; }
    `);
    client.open("/clan/lab/clan.nix");
    const found = await client.diagnostics("/clan/lab/clan.nix", (diagnostics) => diagnostics.length > 0);
    expect(codes(found)).toEqual(["unknown-role"]);
  });

  test("a document outside of all folders is read with its flake", async () => {
    const client = await start(clan, { folders: [] });
    client.open(file);
    expect(codes(await client.diagnostics(file))).toEqual(["unknown-role"]);
  });

  test("folders come and go", async () => {
    const client = await start(clan, {
      folders: ["/other"],
      capabilities: { workspace: { workspaceFolders: true } },
    });
    const folder = { uri: uriOf("/clan"), name: "clan" };
    await client.connection.sendNotification(DidChangeWorkspaceFoldersNotification.type, {
      event: { added: [folder], removed: [] },
    });
    await client.diagnostics(file, (diagnostics) => diagnostics.length > 0);
    await client.connection.sendNotification(DidChangeWorkspaceFoldersNotification.type, {
      event: { added: [], removed: [folder] },
    });
    await client.diagnostics(file, isClean);
  });

  test("files are handed in where the server cannot read them", async () => {
    const client = await start(clan, { withoutFiles: true });
    const text = client.files.readFile(file) ?? "";
    await client.connection.sendNotification(filesNotification, { files: { [uriOf(file)]: text } });
    await client.diagnostics(file, (diagnostics) => diagnostics.length > 0);
    await client.connection.sendNotification(filesNotification, { files: { [uriOf(file)]: null } });
    await client.diagnostics(file, isClean);
  });

  test("files may be those of another file system", async () => {
    const capabilities = { workspace: { workspaceFolders: true } };
    const client = await start(clan, { withoutFiles: true, folders: [], capabilities });
    const uri = "vscode-vfs://github/clan/clan.nix";
    await client.connection.sendNotification(DidChangeWorkspaceFoldersNotification.type, {
      event: { added: [{ uri: "vscode-vfs://github/clan", name: "clan" }], removed: [] },
    });
    await client.connection.sendNotification(filesNotification, {
      files: { [uri]: '{ meta.name = "home"; }' },
    });
    const clans = await client.connection.sendRequest<ClanSummary[]>(inventoryRequest);
    expect(clans.map(({ root, name }) => [root, name])).toEqual([["vscode-vfs://github/clan", "home"]]);
  });
});

describe("settings", () => {
  const capabilities = { workspace: { configuration: true } };

  test("give rules another severity, or none", async () => {
    const client = await start(clan, { capabilities, settings: { rules: { "unknown-role": "hint" } } });
    const [found] = await client.diagnostics(file, (diagnostics) => diagnostics.length > 0);
    expect(found?.severity).toBe(4);
  });

  test("are taken as they change, also from a client that cannot be asked", async () => {
    const client = await start(clan);
    await client.diagnostics(file, (diagnostics) => diagnostics.length > 0);
    await client.connection.sendNotification(DidChangeConfigurationNotification.type, {
      settings: { clan: { rules: { "unknown-role": "off" } } },
    });
    await client.diagnostics(file, isClean);
  });

  test("that make no sense are named in the log, and the others taken", async () => {
    const client = await start(clan, {
      capabilities,
      settings: { rules: { "unknown-role": "hint", "unknown-rule": "off", "unknown-tag": 3 } },
    });
    const [found] = await client.diagnostics(file, (diagnostics) => diagnostics.length > 0);
    expect(found?.severity).toBe(4);
    expect(client.log).toEqual([
      "clan.rules: there is no rule unknown-rule",
      "clan.rules.unknown-tag: expected one of error, warning, information, hint, off",
    ]);
  });
});

describe("a client that asks for diagnostics", () => {
  const capabilities = {
    textDocument: { diagnostic: {} },
    workspace: { diagnostics: { refreshSupport: true } },
  };

  test("is pushed those of files it has not open", async () => {
    const client = await start(clan, { capabilities });
    await client.diagnostics(file, (diagnostics) => diagnostics.length > 0);
    client.open(file);
    await client.diagnostics(file, isClean);
    const report = await client.connection.sendRequest(DocumentDiagnosticRequest.type, client.at("$0"));
    expect(report).toMatchObject({ kind: "full", items: [{ code: "unknown-role" }] });
  });
});
