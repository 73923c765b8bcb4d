/**
 * `clan-ls mcp [DIR]`: the tools over the Model Context Protocol. The library for that is bundled by itself, without the
 * tools, which are handed in.
 *
 *   { "method": "tools/call", "params": { "name": "check" } }   ->   what `clan-ls check` finds, as text
 */
import { McpServer } from "@modelcontextprotocol/sdk/server/mcp.js";
import type { Transport } from "@modelcontextprotocol/sdk/shared/transport.js";
import type { ToolAnswer } from "../../../../shared/requests.ts";
import type { Tool } from "./tools.ts";

export interface Toolbox {
  readonly version: string;
  readonly tools: readonly Tool[];
  readonly ask: (tool: Tool, input: Readonly<Record<string, unknown>>) => Promise<ToolAnswer>;
}

/** Listens until the transport ends. */
export async function serveMcp({ version, tools, ask }: Toolbox, transport: Transport): Promise<void> {
  const server = new McpServer({ name: "clan-ls", version });
  for (const tool of tools) {
    const { name, title, description, input: inputSchema } = tool;
    // None of them writes anything, or reaches beyond the files here.
    const annotations = { readOnlyHint: true, openWorldHint: false };
    server.registerTool(name, { title, description, inputSchema, annotations }, async (input) => {
      const { text, isError } = await ask(tool, input);
      return { content: [{ type: "text" as const, text }], isError };
    });
  }
  await server.connect(transport);
}
