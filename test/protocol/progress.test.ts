/** What takes its time is shown while it does: the first evaluation, and long lists. */
import { expect, test } from "vitest";
import { ProgressType, type WorkspaceSymbol, WorkspaceSymbolRequest } from "vscode-languageserver/node";
import { clan, file, isNotClean, useClients } from "./clients.ts";

const start = useClients();
const capabilities = { window: { workDoneProgress: true } };

test("the first evaluation, project by project", async () => {
  const client = await start(`${clan}  #- /lab/clan.nix\n  { inventory.machines.pi = { }; }`, {
    capabilities,
    folders: ["/clan", "/lab"],
  });
  await client.diagnostics(file, isNotClean);
  await expect
    .poll(() => client.progress)
    .toEqual([
      { kind: "begin", title: "Clan", percentage: 0, cancellable: true },
      { kind: "report", percentage: 0, message: "Reading /clan" },
      { kind: "report", percentage: 50, message: "Reading /lab" },
      { kind: "end" },
    ]);
});

test("nothing for a client that shows none, or where there is nothing to read", async () => {
  const silent = await start(clan);
  await silent.diagnostics(file, isNotClean);
  const empty = await start("#- /clan/README\nno clan", { capabilities });
  await empty.connection.sendRequest(WorkspaceSymbolRequest.type, { query: "" });
  expect([...silent.progress, ...empty.progress]).toEqual([]);
});

const many = Array.from({ length: 250 }, (_, index) => `inventory.machines.m${index} = { };`).join("\n");

test("a long list comes in pieces to a client that wants it so", async () => {
  const client = await start(`#- /clan/clan.nix\n{ ${many} }`);
  const pieces: WorkspaceSymbol[][] = [];
  const token = "symbols";
  client.connection.onProgress(
    new ProgressType<WorkspaceSymbol[]>(),
    token,
    (piece) => void pieces.push(piece),
  );
  const answer = await client.connection.sendRequest(WorkspaceSymbolRequest.type, {
    query: "",
    partialResultToken: token,
  });
  expect(answer).toEqual([]);
  expect(pieces.map((symbols) => symbols.length)).toEqual([100, 100, 50]);
  expect(new Set(pieces.flat().map(({ name }) => name)).size).toBe(250);
});

test("and whole to one that does not", async () => {
  const client = await start(`#- /clan/clan.nix\n{ ${many} }`);
  const answer = await client.connection.sendRequest(WorkspaceSymbolRequest.type, { query: "" });
  expect(answer?.length).toBe(250);
});
