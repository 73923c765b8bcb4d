/** The protocol of the tools for assistants, on this process's standard streams: a bundle of its own, as few ask for it. */
import { StdioServerTransport } from "@modelcontextprotocol/sdk/server/stdio.js";
import { serveMcp, type Toolbox } from "../cli/mcp/server.ts";

export function serveMcpStdio(toolbox: Toolbox): Promise<void> {
  return serveMcp(toolbox, new StdioServerTransport());
}
