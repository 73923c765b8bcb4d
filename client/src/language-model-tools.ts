/**
 * The tools for AI assistants, for VS Code's chat: what `clan-ls mcp` answers, of the files as they are in the editor. They
 * only read, so nothing is asked before, and they need no trust.
 *
 *   #clan_check   ->   what is wrong in the clan
 */
import {
  Disposable,
  type Extension,
  LanguageModelTextPart,
  type LanguageModelToolInvocationOptions,
  LanguageModelToolResult,
  lm,
} from "vscode";
import type { BaseLanguageClient } from "vscode-languageclient";
import { type AskToolParams, askToolRequest, type ToolAnswer } from "../../shared/requests.ts";

/** What package.json says of one. */
interface Contribution {
  readonly name: string;
  readonly displayName: string;
}

type Input = AskToolParams["input"];

/** Those of the manifest. An answer that is an error is thrown: so the model is told. */
export function registerLanguageModelTools(
  { packageJSON }: Pick<Extension<unknown>, "packageJSON">,
  client: BaseLanguageClient,
): Disposable {
  const tools: readonly Contribution[] = packageJSON.contributes.languageModelTools;
  return Disposable.from(
    ...tools.map(({ name, displayName }) =>
      lm.registerTool<Input>(name, {
        prepareInvocation: () => ({ invocationMessage: displayName }),
        async invoke({ input }: LanguageModelToolInvocationOptions<Input>, token) {
          const question: AskToolParams = { tool: name.replace(/^clan_/, ""), input };
          const { text, isError } = await client.sendRequest<ToolAnswer>(askToolRequest, question, token);
          if (isError) throw new Error(text);
          return new LanguageModelToolResult([new LanguageModelTextPart(text)]);
        },
      }),
    ),
  );
}
