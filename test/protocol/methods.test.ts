/** Every method is asked once over the protocol, and answers as a client expects it. */
import { describe, expect, test } from "vitest";
import { DocumentHighlightKind, SymbolKind } from "vscode-languageserver/node";
import { requestHandlers } from "../../server/src/protocol/handlers/index.ts";
import { type TestClient, uriOf } from "./client.ts";
import { clan, file, useClients } from "./clients.ts";

const start = useClients();

/** A method's parameters, and what must be in the answer. */
interface Case {
  readonly params: (client: TestClient) => object;
  readonly answer: unknown;
}

const textDocument = { uri: uriOf(file) };
const range = (line: number, start: number, end: number) => ({
  start: { line, character: start },
  end: { line, character: end },
});

const generators = { uri: uriOf("/clan/machines/web/configuration.nix") };
const machine = `
  #- /clan/machines/web/configuration.nix
  { clan.core.vars.generators.ca = { files.key = { }; script = ""; };
    clan.core.vars.generators.leaf = { dependencies = [ "ca" ]; files.key = { }; script = ""; }; }
`;
const generator = (name: string, line: number, start: number) => ({
  name,
  kind: SymbolKind.Function,
  detail: "web",
  uri: generators.uri,
  range: range(line, start, start + name.length),
  selectionRange: range(line, start, start + name.length),
  data: { root: "/clan" },
});
const ca = generator("ca", 0, 28);
const leaf = generator("leaf", 1, 28);

const cases: Readonly<Record<string, Case>> = {
  "textDocument/diagnostic": {
    params: () => ({ textDocument }),
    answer: { kind: "full", items: [{ code: "unknown-role", range: range(3, 4, 13) }] },
  },
  "textDocument/completion": {
    params: (client) => client.at("$2"),
    answer: {
      isIncomplete: false,
      items: expect.arrayContaining([expect.objectContaining({ label: "moon" })]),
    },
  },
  // Documented only if it was offered: test/protocol/answers.test.ts.
  "completionItem/resolve": {
    params: () => ({ label: "moon" }),
    answer: { label: "moon" },
  },
  // With edits: test/protocol/typing.test.ts.
  "textDocument/onTypeFormatting": {
    params: (client) => ({ ...client.at("$2"), ch: ".", options: { tabSize: 2, insertSpaces: true } }),
    answer: [],
  },
  "textDocument/hover": {
    params: (client) => client.at("$1"),
    answer: {
      contents: {
        kind: "markdown",
        value: "**tag** `srv`\n\nMachines: `web`\n\nDefined in [clan.nix:2](file:///clan/clan.nix#L2)",
      },
      range: range(4, 19, 22),
    },
  },
  "textDocument/definition": {
    params: (client) => client.at("$1"),
    answer: [{ uri: textDocument.uri, range: range(1, 39, 42) }],
  },
  "textDocument/declaration": {
    params: (client) => client.at("$1"),
    answer: [{ uri: textDocument.uri, range: range(1, 39, 42) }],
  },
  "textDocument/references": {
    params: (client) => ({ ...client.at("$1"), context: { includeDeclaration: false } }),
    answer: [{ uri: textDocument.uri, range: range(4, 19, 22) }],
  },
  "textDocument/documentHighlight": {
    params: (client) => client.at("$1"),
    answer: [
      { range: range(1, 39, 42), kind: DocumentHighlightKind.Write },
      { range: range(4, 19, 22), kind: DocumentHighlightKind.Read },
    ],
  },
  "textDocument/documentLink": {
    params: (client) => {
      client.open("/clan/more.nix", "{ imports = [ ./clan.nix ]; }");
      return { textDocument: { uri: uriOf("/clan/more.nix") } };
    },
    answer: [{ range: range(0, 14, 24), target: textDocument.uri }],
  },
  "textDocument/rename": {
    params: (client) => ({ ...client.at("$1"), newName: "public" }),
    answer: {
      changes: {
        [textDocument.uri]: [
          { range: range(1, 38, 43), newText: '"public"' },
          { range: range(4, 18, 23), newText: '"public"' },
        ],
      },
    },
  },
  "textDocument/prepareRename": {
    params: (client) => client.at("$1"),
    answer: { range: range(4, 19, 22), placeholder: "srv" },
  },
  "workspace/willRenameFiles": {
    params: () => ({ files: [{ oldUri: uriOf("/clan/machines/web"), newUri: uriOf("/clan/machines/www") }] }),
    answer: {
      changes: {
        [textDocument.uri]: [
          { range: range(1, 25, 28), newText: "www" },
          { range: range(3, 23, 26), newText: "www" },
        ],
      },
    },
  },
  "textDocument/codeAction": {
    params: () => ({
      textDocument,
      range: range(3, 5, 5),
      context: { diagnostics: [], only: ["quickfix"] },
    }),
    answer: [
      {
        title: "Change to `controller`",
        kind: "quickfix",
        isPreferred: true,
        edit: { changes: { [textDocument.uri]: [{ newText: "controller" }] } },
      },
      { title: "Change to `moon`" },
      { title: "Change to `peer`" },
      { title: "Remove `controler`" },
      {
        title: "Ignore unknown-role here",
        edit: { changes: { [textDocument.uri]: [{ newText: " # clan-ls: ignore unknown-role" }] } },
      },
      { title: "Ignore unknown-role in this file" },
    ],
  },
  "textDocument/codeLens": {
    params: () => ({ textDocument }),
    answer: expect.arrayContaining([
      {
        range: range(1, 25, 28),
        command: {
          title: "Generate vars",
          command: "clan.generateVars",
          arguments: [{ root: "file:///clan", machines: ["web"] }],
        },
      },
      {
        range: range(4, 4, 8),
        command: {
          title: "1 machine: web",
          command: "clan.showPlaces",
          arguments: [
            {
              from: { uri: textDocument.uri, range: range(4, 4, 8) },
              places: [{ uri: textDocument.uri, range: range(1, 25, 28) }],
            },
          ],
        },
      },
    ]),
  },
  "textDocument/documentSymbol": {
    params: () => ({ textDocument }),
    answer: [
      { name: "web", detail: "nixos", selectionRange: range(1, 25, 28), children: [{ name: "srv" }] },
      { name: "db", children: [] },
      {
        name: "zerotier",
        range: { start: { line: 2, character: 22 }, end: { line: 6, character: 4 } },
        children: [{ name: "controler" }, { name: "peer" }],
      },
    ],
  },
  "workspace/symbol": {
    params: () => ({ query: "zeropeer" }),
    answer: [
      { name: "peer", containerName: "zerotier", location: { uri: textDocument.uri, range: range(4, 4, 8) } },
    ],
  },
  "textDocument/inlayHint": {
    params: () => ({ textDocument, range: { start: range(4, 0, 0).start, end: range(4, 0, 30).end } }),
    answer: [{ position: { line: 4, character: 23 }, label: "1 machine", paddingLeft: true, tooltip: "web" }],
  },
  "textDocument/semanticTokens/full": {
    params: () => ({ textDocument }),
    // Lines and columns from the token before, length, type, modifiers: web, srv, db, zerotier, controler, …
    answer: {
      resultId: "1",
      data: [
        ...[1, 25, 3, 0, 1],
        ...[0, 14, 3, 1, 1],
        ...[0, 8, 2, 0, 1],
        ...[1, 22, 8, 2, 1],
        ...[1, 4, 9, 3, 0],
        ...[0, 19, 3, 0, 0],
        ...[1, 4, 4, 3, 0],
        ...[0, 15, 3, 1, 0],
      ],
    },
  },
  "textDocument/semanticTokens/full/delta": {
    params: () => ({ textDocument, previousResultId: "0" }),
    answer: { resultId: "1", data: expect.arrayContaining([25]) },
  },
  "textDocument/semanticTokens/range": {
    params: () => ({ textDocument, range: { start: range(4, 0, 0).start, end: range(4, 0, 30).end } }),
    answer: { data: [4, 4, 4, 3, 0, 0, 15, 3, 1, 0] },
  },
  "textDocument/foldingRange": {
    params: () => ({ textDocument }),
    answer: [
      { startLine: 0, startCharacter: 1, endLine: 6, endCharacter: 4, kind: "region" },
      { startLine: 2, startCharacter: 40, endLine: 5, endCharacter: 4, kind: "region" },
    ],
  },
  "textDocument/selectionRange": {
    params: () => ({ textDocument, positions: [{ line: 3, character: 6 }] }),
    answer: [
      { range: range(3, 4, 13), parent: { range: range(3, 4, 26), parent: { range: range(3, 4, 33) } } },
    ],
  },
  "textDocument/prepareCallHierarchy": {
    params: () => ({ textDocument: generators, position: { line: 1, character: 29 } }),
    answer: [leaf],
  },
  "callHierarchy/incomingCalls": {
    params: () => ({ item: ca }),
    answer: [{ from: leaf, fromRanges: [range(1, 55, 57)] }],
  },
  "callHierarchy/outgoingCalls": {
    params: () => ({ item: leaf }),
    answer: [{ to: ca, fromRanges: [range(1, 55, 57)] }],
  },
  "clan/deployProblems": {
    params: () => ({ root: "file:///clan", machines: [] }),
    answer: {
      mistakes: expect.arrayContaining([
        {
          message: expect.stringContaining("controler"),
          place: { uri: textDocument.uri, range: range(3, 4, 13) },
        },
      ]),
      untracked: [],
      missingVars: expect.arrayContaining([
        { machine: "web", generators: expect.arrayContaining(["ca", "leaf"]) },
      ]),
      withoutHost: [],
    },
  },
  "clan/thingAt": {
    params: (client) => client.at("$0"),
    answer: expect.objectContaining({ root: "file:///clan" }),
  },
  "clan/vars": {
    params: () => ({ root: "file:///clan", machine: "web" }),
    answer: {
      generators: expect.arrayContaining([
        {
          name: "ca",
          files: [{ name: "key", secret: true, exists: false }],
          replaces: [],
          place: { uri: generators.uri, range: range(0, 28, 30) },
        },
        {
          name: "leaf",
          files: [{ name: "key", secret: true, exists: false }],
          replaces: [],
          place: { uri: generators.uri, range: range(1, 28, 32) },
        },
      ]),
    },
  },
  // All services of this clan are known: there is nothing to ask.
  "clan/services": {
    params: () => ({ root: "file:///clan" }),
    answer: expect.arrayContaining([
      expect.objectContaining({
        name: "zerotier",
        input: null,
        roles: expect.arrayContaining([
          { name: "controller", description: expect.any(String), minMachines: 1, maxMachines: 1 },
        ]),
      }),
    ]),
  },
  "clan/newInstance": {
    params: () => ({ root: "file:///clan", name: "ssh", service: "sshd", input: null, roles: [] }),
    answer: { edit: { changes: { [textDocument.uri]: [expect.anything()] } }, problems: [], missing: [] },
  },
  "clan/newMembers": {
    params: () => ({ root: "file:///clan", instance: "zerotier", role: "peer", machines: ["db"], tags: [] }),
    answer: {
      edit: { changes: { [textDocument.uri]: [{ newText: "\n    peer.machines.db = { };" }] } },
      problems: [],
    },
  },
  "clan/generatorPlaces": {
    params: () => ({ root: "file:///clan", machine: "web" }),
    answer: [{ uri: generators.uri, machines: ["web"], isNew: false }],
  },
  "clan/newGenerator": {
    params: () => ({ root: "file:///clan", uri: generators.uri, name: "x", kind: "prompt", share: false }),
    answer: { edit: { changes: { [generators.uri]: [expect.anything()] } }, problems: [] },
  },
  "clan/newMachine": {
    params: () => ({ root: uriOf("/clan"), name: "nb", class: "darwin" }),
    answer: {
      changes: { [textDocument.uri]: [{ newText: expect.stringContaining("nb = { machineClass") }] },
    },
  },
  // With edits: test/protocol/adopt.test.ts.
  "clan/adoption": {
    params: () => ({ root: uriOf("/clan") }),
    answer: {
      clan: { machines: expect.arrayContaining(["web"]) },
      steps: expect.arrayContaining([
        expect.objectContaining({ command: "clan secrets key generate", done: false }),
      ]),
    },
  },
  "clan/adopt": {
    params: () => ({ root: uriOf("/clan"), move: [{ name: "old", tags: [] }] }),
    answer: { edit: null, problems: ["There is no clan in this flake yet."] },
  },
  "clan/secrets": { params: () => ({ root: uriOf("/clan") }), answer: [] },
  "clan/secretToGenerator": {
    params: () => ({ root: uriOf("/clan"), uri: generators.uri, tool: "age", name: "x" }),
    answer: { edit: null, problems: [] },
  },
  "clan/removeMachine": {
    params: () => ({ root: uriOf("/clan"), name: "web" }),
    answer: {
      changes: { [textDocument.uri]: expect.arrayContaining([expect.objectContaining({ newText: "" })]) },
    },
  },
  "clan/document": {
    params: () => ({ uri: "clan-docs:/services/zerotier.md" }),
    answer: expect.stringMatching(/^# zerotier\n[\s\S]*\n## Role `controller`\n/),
  },
  "clan/askTool": {
    params: () => ({ tool: "inventory", input: {} }),
    answer: { isError: false, text: expect.stringMatching(/"zerotier"/) },
  },
  "clan/nixQuestions": { params: () => ({}), answer: [] },
  "clan/inventory": {
    params: () => ({}),
    answer: [
      {
        root: "file:///clan",
        machines: [
          {
            name: "db",
            class: "nixos",
            tags: ["all", "nixos"],
            place: { uri: textDocument.uri, range: range(1, 47, 49) },
          },
          {
            name: "web",
            class: "nixos",
            tags: ["all", "nixos", "srv"],
            place: { uri: textDocument.uri, range: range(1, 25, 28) },
          },
        ],
        tags: [
          { name: "all", machines: ["db", "web"] },
          { name: "nixos", machines: ["db", "web"] },
          { name: "srv", machines: ["web"] },
        ],
        instances: [
          {
            name: "zerotier",
            service: "zerotier",
            place: { uri: textDocument.uri, range: range(2, 22, 30) },
            roles: [
              {
                name: "controler",
                place: { uri: textDocument.uri, range: range(3, 4, 13) },
                members: [{ machine: "web", viaTags: [] }],
              },
              {
                name: "peer",
                place: { uri: textDocument.uri, range: range(4, 4, 8) },
                members: [{ machine: "web", viaTags: ["srv"] }],
              },
            ],
          },
        ],
      },
    ],
  },
};

test("there is a case for every method", () => {
  expect(Object.keys(cases).sort()).toEqual(requestHandlers.map(({ method }) => method).sort());
});

describe("the server answers", () => {
  test.each(Object.entries(cases))("%s", async (method, { params, answer }) => {
    const client = await start(clan + machine, {
      initializationOptions: { commands: true },
      settings: { codeLens: { machines: "always", roles: "always" } },
      capabilities: {
        workspace: { configuration: true },
        textDocument: {
          documentSymbol: { hierarchicalDocumentSymbolSupport: true },
          hover: { contentFormat: ["markdown", "plaintext"] },
          diagnostic: {},
        },
      },
    });
    client.open(file);
    expect(await client.connection.sendRequest(method, params(client))).toMatchObject(Object(answer));
  });
});
