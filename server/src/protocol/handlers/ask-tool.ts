/** clan/askTool, a request of our own: the tools of `clan-ls mcp`, for an assistant in the editor. */
import { type AskToolParams, askToolRequest, type ToolAnswer } from "../../../../shared/requests.ts";
import type { RequestHandler } from "./handler.ts";

const unanswered: ToolAnswer = { text: "clan-ls could not answer this", isError: true };

export const askToolHandler: RequestHandler<AskToolParams, ToolAnswer> = {
  method: askToolRequest,
  about: {
    title: "Tools for assistants",
    summary:
      "What an AI assistant asks about the clans that are open, unsaved edits included: findings, the inventory, vars, what a service, a role, an option or a word is, and what an edit would break. It is not a method of the Language Server Protocol.",
    entities: {
      machine: "Its tags, and the roles it is in.",
      instance: "Its service, and who is in its roles.",
      service: "What it does, and its roles.",
      setting: "Type, default and description.",
      option: "The same, and the options below it.",
      generator: "Its files and prompts, and whether they are there. Never a secret.",
    },
  },
  capability: () => ({}),
  empty: unanswered,
  load: (session) => session.loadTools(),
  handle: (session, question) =>
    session.askTool?.(question, { snapshot: session.workspace.snapshot(), clans: session.clans }) ??
    unanswered,
};
