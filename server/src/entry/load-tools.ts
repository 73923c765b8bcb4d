/** The tools for assistants: few ask for them, so they are no part of the start. */
import type { AskTool } from "../protocol/environment.ts";

export async function loadTools(): Promise<AskTool> {
  const { askInEditor } = await import("../cli/mcp/in-editor.ts");
  return askInEditor;
}
