/**
 * Before a deploy, what speaks against it is named in one question, each with a way to mend it. Enter mends; it never deploys.
 *
 *   web reads clan.nix with an error in it, and disk.nix is not saved
 *     ->   "Update web? …"   [Save All] [Show Error] [Update Anyway]
 */
import {
  commands,
  Position,
  ProgressLocation,
  Range,
  type TextDocument,
  Uri,
  window,
  workspace,
} from "vscode";
import {
  type DeployProblemsParams,
  type DeployProblemsSummary,
  machineCommands,
  type PlaceArgument,
  trackFilesCommand,
} from "../../../shared/requests.ts";
import { listed } from "../listed.ts";
import type { ClanCommand, Target } from "./command.ts";

/** Asks the server what it knows against it, as the files are now. Rejects when it does not run. */
export type DeployProblemsOf = (params: DeployProblemsParams) => Promise<DeployProblemsSummary>;

/** One thing that speaks against it. */
interface Worry {
  /** A sentence. */
  readonly says: string;
  /** What the button says that mends it. */
  readonly mend: string;
  /** Whether the question is then asked anew; without it, the person goes on elsewhere. */
  readonly run: () => Promise<"again" | "elsewhere">;
}

/** Whether the command may run: nothing is known against it, or the person wants it all the same. */
export async function mayDeploy(
  { title, words, deploys }: ClanCommand,
  target: Target,
  problemsOf: DeployProblemsOf,
): Promise<boolean> {
  if (deploys !== true) return true;
  const tracked = new Set<string>();
  for (;;) {
    const asked = { root: target.root, machines: target.machines };
    // A large clan takes a moment. A server that does not answer knows nothing; that it does not is said elsewhere.
    const problems = await window.withProgress(
      { location: ProgressLocation.Window, title: "Clan: checking before the deploy" },
      () => problemsOf(asked).catch(() => undefined),
    );
    const worries = [
      ...unsavedFiles(target.root),
      ...(problems === undefined ? [] : worriesOf(problems, target, words.at(-1) === "update", tracked)),
    ];
    if (worries.length === 0) return true;
    const [verb = title] = title.split(" ");
    const anyway = `${verb} Anyway`;
    const answer = await window.showWarningMessage(
      `${verb} ${namesOf(target.machines)} now?`,
      { modal: true, detail: worries.map(({ says }) => `• ${says}`).join("\n") },
      ...worries.map(({ mend }) => mend),
      anyway,
    );
    if (answer === anyway) return true;
    const chosen = worries.find(({ mend }) => mend === answer);
    if (chosen === undefined || (await chosen.run()) === "elsewhere") return false;
  }
}

/** What is deployed is what is on disk. */
function unsavedFiles(root: string): Worry[] {
  const { scheme, path } = Uri.parse(root);
  const unsaved = workspace.textDocuments.filter(
    ({ isDirty, uri }) => isDirty && uri.scheme === scheme && uri.path.startsWith(`${path}/`),
  );
  if (unsaved.length === 0) return [];
  const names = listed(unsaved.map(({ uri }) => workspace.asRelativePath(uri)));
  return [
    {
      says: `Unsaved changes will not be deployed: ${names}.`,
      mend: "Save All",
      run: () => saveAll(unsaved),
    },
  ];
}

async function saveAll(documents: readonly TextDocument[]): Promise<"again" | "elsewhere"> {
  // One that cannot be saved has said why: it would be asked about for ever.
  for (const document of documents) if (!(await document.save())) return "elsewhere";
  return "again";
}

function worriesOf(
  { mistakes, untracked, missingVars, withoutHost }: DeployProblemsSummary,
  { root }: Target,
  isUpdate: boolean,
  tracked: Set<string>,
): Worry[] {
  const worries: Worry[] = [];
  const unknown = untracked.filter((file) => !tracked.has(file));
  const [mistake] = mistakes;
  if (mistake !== undefined)
    worries.push({
      says: `${counted(mistakes.length, "error")} in the configuration. The first: ${firstLine(mistake.message)}`,
      mend: "Show Error",
      run: () => show(mistake.place),
    });
  if (unknown.length > 0)
    worries.push({
      says: `Not in Git, so Nix does not see them: ${listed(unknown.map((file) => workspace.asRelativePath(Uri.parse(file))))}.`,
      mend: "Add to Git",
      async run() {
        await commands.executeCommand(trackFilesCommand, { files: unknown });
        for (const file of unknown) tracked.add(file);
        return "again";
      },
    });
  if (missingVars.length > 0)
    worries.push({
      says: `Missing vars: ${missingVars.map(({ machine, generators }) => `${listed(generators)} of ${machine}`).join("; ")}. clan generates them first, and may ask for input.`,
      mend: "Generate Vars",
      async run() {
        await commands.executeCommand(machineCommands.generateVars, {
          root,
          machines: missingVars.map(({ machine }) => machine),
        });
        return "elsewhere";
      },
    });
  // Where to install is asked, or said, by itself.
  const [hostless] = isUpdate ? withoutHost : [];
  if (hostless !== undefined)
    worries.push({
      says: `No address for ${listed(withoutHost.map(({ machine }) => machine))}: set \`deploy.targetHost\`.`,
      mend: "Show Machine",
      run: async () => (hostless.place === undefined ? "elsewhere" : show(hostless.place)),
    });
  return worries;
}

async function show({ uri, range: { start } }: PlaceArgument): Promise<"elsewhere"> {
  const at = new Position(start.line, start.character);
  const document = await workspace.openTextDocument(Uri.parse(uri));
  await window.showTextDocument(document, { selection: new Range(at, at) });
  return "elsewhere";
}

function namesOf(machines: readonly string[]): string {
  return machines.length === 0 ? "all machines" : listed(machines);
}

function counted(count: number, thing: string): string {
  return count === 1 ? `One ${thing}` : `${count} ${thing}s`;
}

function firstLine(message: string): string {
  return message.split("\n")[0] ?? "";
}
