/** What the menus of rows do that no command of clan does: go to, explain, rename, copy, reveal. */
import { commands, type Disposable, env, Range, Uri } from "vscode";
import { toLocation } from "../show-places.ts";
import type { TreeEntry } from "./entry.ts";
import { entryCommands } from "./entry-commands.ts";

type Action = (entry: TreeEntry) => Promise<void>;

/** Those of runs and of affected machines are where these are followed, and those that ask with the wizards. */
type Elsewhere =
  | "stop"
  | "showTerminal"
  | "updateAffected"
  | "compareWith"
  | "refreshAffected"
  | "addMembers"
  | "newGenerator";

const actions: Readonly<Record<Exclude<keyof typeof entryCommands, Elsewhere>, Action>> = {
  goToDefinition,
  async showDocumentation(entry) {
    await goToDefinition(entry);
    await commands.executeCommand("editor.action.showHover");
  },
  async reveal({ folder }) {
    if (folder !== undefined) await commands.executeCommand("revealInExplorer", Uri.parse(folder));
  },
  async rename(entry) {
    await goToDefinition(entry);
    await commands.executeCommand("editor.action.rename");
  },
  // The editor's own list of what can be done at a name: each entry can be looked at before (Ctrl+Enter).
  async change(entry) {
    await goToDefinition(entry);
    await commands.executeCommand("editor.action.refactor");
  },
  async remove(entry) {
    await goToDefinition(entry);
    await commands.executeCommand("editor.action.codeAction", { kind: removal, apply: "never" });
  },
  copyName: ({ name, label }) => copy(name ?? label),
  async copyPath({ folder }) {
    if (folder !== undefined) await copy(Uri.parse(folder).fsPath);
  },
};

/** The kind of actions of the server that take something out of the clan. */
const removal = "refactor.remove";

/** Until disposed. */
export function registerEntryCommands(): Disposable[] {
  return Object.entries(actions).map(([name, act]) =>
    // The palette does not have them: nobody else calls them.
    commands.registerCommand(entryCommands[name as keyof typeof actions].id, act),
  );
}

async function goToDefinition({ place }: TreeEntry): Promise<void> {
  if (place === undefined) return;
  const { uri, range } = toLocation(place);
  // The cursor before the name, and the name not selected: what is typed next must not replace it.
  await commands.executeCommand("vscode.open", uri, { selection: new Range(range.start, range.start) });
}

async function copy(text: string): Promise<void> {
  await env.clipboard.writeText(text);
}
