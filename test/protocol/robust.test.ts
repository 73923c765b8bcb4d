/** No question is answered with an error, whatever it is about. */
import { describe, expect, test } from "vitest";
import { requestHandlers } from "../../server/src/protocol/handlers/index.ts";
import { uriOf } from "./client.ts";
import { file, useClients } from "./clients.ts";

const start = useClients();

const texts = {
  "an empty document": "",
  "a document of spaces": " \n\t\r\n ",
  "a document that cannot be read": '{ a = [ ; inventory.machines = { web."',
  "a document that is no Nix": "\u0000\uffff😀 ]]]} ''${",
  "a document in one long line": `{ inventory.machines = { ${"web = { tags = [ ]; }; ".repeat(200)} }; }`,
};
const uris = [
  uriOf("/nowhere/x.nix"),
  "git:/clan/clan.nix?ref=HEAD",
  "untitled:Untitled-7",
  "%",
  "",
  "file:",
];
const nowhere = { line: 4_000_000, character: 4_000_000 };
const positions = [{ line: 0, character: 0 }, { line: 0, character: 17 }, nowhere];

/** Parameters for any method: each takes what it knows of. */
function paramsAt(uri: string, position: (typeof positions)[number]) {
  const range = { start: position, end: nowhere };
  const item = { name: "x", kind: 12, uri, range, selectionRange: range, data: { root: "/nowhere" } };
  return {
    textDocument: { uri },
    position,
    positions: [position, nowhere],
    range,
    context: { diagnostics: [], includeDeclaration: true },
    newName: "new",
    query: "x",
    previousResultId: "7",
    item,
    label: "x",
    data: 4_000,
    root: uri,
    machine: "web",
    files: [{ oldUri: uri, newUri: uri }],
  };
}

describe.each(requestHandlers.map(({ method }) => method))("%s", (method) => {
  test("about any text, at any place", async () => {
    const client = await start("#- /clan/flake.nix\n{ outputs = _: { }; }");
    for (const text of Object.values(texts)) {
      client.open(file, text);
      for (const position of positions)
        await client.connection.sendRequest(method, paramsAt(uriOf(file), position)).catch(expectRefusal);
    }
    expect(client.log).toEqual([]);
  });

  test("about documents that are not there", async () => {
    const client = await start("#- /clan/clan.nix\n{ inventory.machines.web = { }; }");
    for (const uri of uris)
      await client.connection.sendRequest(method, paramsAt(uri, nowhere)).catch(expectRefusal);
    expect(client.log).toEqual([]);
  });
});

/** A rename is refused with the reason, for a person to read. */
function expectRefusal(error: unknown): void {
  expect(error).toMatchObject({ code: expect.any(Number), message: expect.stringMatching(/^[A-Z`].*\.$/) });
}
