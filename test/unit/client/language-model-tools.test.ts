/** What an assistant in VS Code's chat gets from our tools. */
import { expect, it } from "vitest";
import type { CancellationToken, LanguageModelTool } from "vscode";
import type { BaseLanguageClient } from "vscode-languageclient";
import { registerLanguageModelTools } from "../../../client/src/language-model-tools.ts";
import { askToolRequest } from "../../../shared/requests.ts";
import { editor } from "./helpers/editor.ts";
import { LanguageClient } from "./helpers/language-client.ts";
import { extensionContext } from "./helpers/machine.ts";

const token = {} as CancellationToken;

function tool(name: string, client = new LanguageClient()): LanguageModelTool<object> {
  registerLanguageModelTools(extensionContext().extension, client as unknown as BaseLanguageClient);
  return editor.registered.get(`tool ${name}`) as LanguageModelTool<object>;
}

it("asks the server, and hands on what it says", async () => {
  const client = new LanguageClient();
  client.answers.set(askToolRequest, () => ({ text: "two machines", isError: false }));
  const input = { folder: "infra" };
  const result = await tool("clan_inventory", client).invoke(
    { input, toolInvocationToken: undefined },
    token,
  );
  expect(result).toMatchObject({ content: [{ value: "two machines" }] });
  expect(client.requests).toEqual([[askToolRequest, { tool: "inventory", input }]]);
});

it("tells the model why there is no answer", async () => {
  const client = new LanguageClient();
  client.answers.set(askToolRequest, () => ({ text: "there is no file x.nix", isError: true }));
  const asked = tool("clan_what_is", client).invoke({ input: {}, toolInvocationToken: undefined }, token);
  await expect(asked).rejects.toThrow("there is no file x.nix");
});

it("says what it does while it does it, and asks nothing: it only reads", async () => {
  const options = { input: {} };
  expect(await tool("clan_check").prepareInvocation?.(options, token)).toEqual({
    invocationMessage: "Check the Clan",
  });
});
