/**
 * Completion in tasks.json of what the manifest's schema cannot know, from the clans as they are: machines, vars, folders.
 *
 *   { "type": "clan", "command": ["machines", "update"], "machines": ["▮"] }   ->   db, web
 */
import { getLocation, type Location, parse } from "jsonc-parser";
import {
  CompletionItem,
  CompletionItemKind,
  type Disposable,
  languages,
  Range,
  type TextDocument,
  Uri,
  workspace,
} from "vscode";
import type { ClanSummary } from "../../shared/requests.ts";
import type { VarsOf } from "./commands/dialogue.ts";
import type { Inventory } from "./inventory.ts";
import { type ClanTaskDefinition, taskFolder, taskType } from "./tasks.ts";

const selector = [
  { language: "jsonc", pattern: "**/.vscode/tasks.json" },
  { pattern: "**/*.code-workspace" },
];

/** A name that can be written, and what is said of it. */
interface Offer {
  readonly name: string;
  readonly detail: string | undefined;
  readonly kind: CompletionItemKind;
}

/** Until disposed. */
export function registerTaskCompletion(inventory: Inventory, varsOf: VarsOf): Disposable {
  return languages.registerCompletionItemProvider(
    selector,
    {
      async provideCompletionItems(document, position) {
        const text = document.getText();
        const location = getLocation(text, document.offsetAt(position));
        const found = taskAt(location, text);
        if (found === undefined) return [];
        const offers = await offersFor(found, document, await inventory(), varsOf);
        const range = rangeOf(location, document) ?? new Range(position, position);
        return offers.map((offer) => itemOf(offer, range));
      },
    },
    '"',
  );
}

interface FoundTask {
  readonly field: string;
  readonly task: Partial<ClanTaskDefinition>;
}

/** The task of the type `clan` the cursor is in, and the field whose value it is at. */
function taskAt({ path, isAtPropertyKey }: Location, text: string): FoundTask | undefined {
  // In a workspace's file, tasks lie below `tasks`.
  const start = path[0] === "tasks" && path[1] === "tasks" ? 1 : 0;
  const [tasks, index, field] = path.slice(start);
  if (isAtPropertyKey || tasks !== "tasks" || typeof index !== "number" || typeof field !== "string")
    return undefined;
  const root = parse(text);
  const task = (start === 0 ? root : root?.tasks)?.tasks?.[index];
  return task?.type === taskType ? { field, task } : undefined;
}

async function offersFor(
  { field, task }: FoundTask,
  { uri }: TextDocument,
  clans: readonly ClanSummary[],
  varsOf: VarsOf,
): Promise<Offer[]> {
  const folder = workspace.getWorkspaceFolder(uri) ?? workspace.workspaceFolders?.[0];
  if (folder === undefined) return [];
  if (field === "folder") return clans.map((clan) => folderOffer(clan, folder.uri));
  const root = taskFolder(folder, task.folder).toString().replace(/\/$/, "");
  const clan = clans.find((one) => one.root.replace(/\/$/, "") === root);
  if (clan === undefined) return [];
  if (field === "machines") return machineOffers(clan, task.machines);
  const [machine] = task.machines ?? [];
  return field === "var" && machine !== undefined
    ? varOffers(await varsOf({ root: clan.root, machine }))
    : [];
}

function folderOffer({ root, name }: ClanSummary, folder: Uri): Offer {
  const relative = workspace.asRelativePath(Uri.parse(root), false);
  const isFolder = root.replace(/\/$/, "") === folder.toString().replace(/\/$/, "");
  return { name: isFolder ? "." : relative, detail: name, kind: CompletionItemKind.Folder };
}

/** Those that are named already are left out. */
function machineOffers({ machines }: ClanSummary, named: readonly unknown[] = []): Offer[] {
  return machines
    .filter(({ name }) => !named.includes(name))
    .map(({ name, targetHost, tags }) => ({
      name,
      detail: targetHost ?? tags.join(", "),
      kind: CompletionItemKind.Struct,
    }));
}

function varOffers({ generators }: Awaited<ReturnType<VarsOf>>): Offer[] {
  return generators.flatMap(({ name, files }) =>
    files.map((file) => ({
      name: `${name}/${file.name}`,
      detail: file.secret === true ? "secret" : undefined,
      kind: CompletionItemKind.Variable,
    })),
  );
}

/** Of the string the cursor is in, its quotes included. */
function rangeOf({ previousNode }: Location, document: TextDocument): Range | undefined {
  if (previousNode?.type !== "string") return undefined;
  const { offset, length } = previousNode;
  return new Range(document.positionAt(offset), document.positionAt(offset + length));
}

function itemOf({ name, detail, kind }: Offer, range: Range): CompletionItem {
  const text = JSON.stringify(name);
  const item = new CompletionItem(text, kind);
  item.insertText = text;
  item.filterText = text;
  item.range = range;
  if (detail !== undefined) item.detail = detail;
  return item;
}
