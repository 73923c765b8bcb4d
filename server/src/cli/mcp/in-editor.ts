/**
 * The tools of `clan-ls mcp` for an assistant in an editor: of the files as they are there, unsaved edits included.
 *
 *   askInEditor({ tool: "inventory", input: {} }, workspace)   ->   { text: "{ \"machines\": …", isError: false }
 */
import * as z from "zod";
import type { AskToolParams, ToolAnswer } from "../../../../shared/requests.ts";
import type { Clan } from "../../clan/model.ts";
import type { Snapshot } from "../../project/snapshot.ts";
import { projectFilesIn } from "../open-clans.ts";
import { answerFrom, type Tool, tools } from "./tools.ts";

/** Those that need no program. */
export const editorTools: readonly Tool[] = tools.filter(({ asksGit }) => asksGit !== true);

/** What an editor can have more of than one, and the command line is told. */
const folder = z.string().optional().describe("Folder of the clan; only needed where several are open");

/** What a tool takes in an editor. */
function inputOf({ input }: Tool) {
  return z.object({ ...input, folder });
}

/** The same as JSON Schema, for package.json. */
export function inputSchemaOf(tool: Tool): Readonly<Record<string, unknown>> {
  return z.toJSONSchema(inputOf(tool), { io: "input" });
}

/** What an editor has open. */
export interface Opened {
  readonly snapshot: Snapshot;
  readonly clans: (snapshot: Snapshot) => readonly Clan[];
}

export function askInEditor({ tool: name, input }: AskToolParams, { snapshot, clans }: Opened): ToolAnswer {
  const tool = editorTools.find((one) => one.name === name);
  if (tool === undefined) return refusal(`there is no tool ${name}`);
  const read = inputOf(tool).safeParse(input);
  if (!read.success) return refusal(z.prettifyError(read.error));
  const { folder: wanted, ...rest } = read.data;
  const all = clans(snapshot);
  const roots = [...new Set(all.map(({ root }) => root))];
  const found = roots.filter((root) => wanted === undefined || isCalled(root, wanted));
  const [root, ...others] = found;
  if (roots.length === 0) return refusal("no clan is open");
  if (root === undefined || others.length > 0)
    return refusal(`say which clan you mean: folder is one of ${roots.join(", ")}`);
  const at = (state: Snapshot) => clans(state).filter((clan) => clan.root === root);
  return answerFrom(tool, rest, {
    root,
    snapshot,
    clans: at(snapshot),
    evaluate: at,
    projectFiles: projectFilesIn(root, snapshot),
    isWhole: true,
  });
}

/** By its whole path, or the last of its names. */
function isCalled(root: string, wanted: string): boolean {
  const name = wanted.replace(/\/+$/, "");
  return root === name || root.endsWith(`/${name}`);
}

function refusal(text: string): ToolAnswer {
  return { text, isError: true };
}
