/** Requests that are overtaken or fail. */
import { describe, expect, test } from "vitest";
import {
  CancellationTokenSource,
  CompletionRequest,
  HoverRequest,
  LSPErrorCodes,
} from "vscode-languageserver/node";
import { clan, file, useClients } from "./clients.ts";

const start = useClients();

describe("requests that are overtaken", () => {
  test("by a change of their document are refused", async () => {
    const client = await start(clan);
    client.open(file);
    let asked: Promise<unknown> | undefined;
    await client.together(() => {
      asked = client.connection.sendRequest(HoverRequest.type, client.at("$2"));
      client.change(file, "x", client.at("$2").position);
    });
    await expect(asked).rejects.toMatchObject({ code: LSPErrorCodes.ContentModified });
  });

  test("by more of the word are answered about the text that was asked of, if what they answer is a list to choose from", async () => {
    const client = await start(clan);
    client.open(file);
    const slowly = await client.connection.sendRequest(CompletionRequest.type, client.at("$2"));
    let asked: Promise<unknown> | undefined;
    await client.together(() => {
      asked = client.connection.sendRequest(CompletionRequest.type, client.at("$2"));
      client.change(file, "\n\nx", client.at("$2").position);
      client.change(file, "y", client.at("$2").position);
    });
    expect(slowly).toMatchObject({ items: expect.arrayContaining([expect.anything()]) });
    expect(await asked).toEqual(slowly);
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
