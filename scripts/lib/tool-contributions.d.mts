/** Types of tool-contributions.mjs, for the tests. */
import type { Tool } from "../../server/src/cli/mcp/tools.ts";

export function toolContributions(tools: {
  readonly editorTools: readonly Tool[];
  readonly inputSchemaOf: (tool: Tool) => Readonly<Record<string, unknown>>;
}): Readonly<Record<string, unknown>>[];
