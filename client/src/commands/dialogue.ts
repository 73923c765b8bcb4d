/** The lists, boxes and questions in which a person says what a command is for. */
import { env, FileType, type QuickPickItem, Uri, window, workspace } from "vscode";
import type { ClanSummary, VarsParams, VarsSummary } from "../../../shared/requests.ts";
import { clanName } from "../clan-name.ts";
import { type Inventory, pickClan } from "../inventory.ts";
import { explainNoMachines, pickMachines } from "../machine-picker.ts";
import { machineChoices } from "../selection.ts";
import type { Dialogue } from "./choose.ts";
import type { Question, Subject, Target } from "./command.ts";
import {
  ageKeyProblem,
  generatorProblem,
  hostProblem,
  machineProblem,
  memberProblem,
  newMachineProblem,
  plainProblem,
  secretProblem,
  templateProblem,
  varProblem,
} from "./names.ts";

/** Asks the server for the vars of a machine as they are now. Rejects when it does not run. */
export type VarsOf = (params: VarsParams) => Promise<VarsSummary>;

/** Asks clan for the names of the backups of a machine. None where it does not say. */
export type BackupsOf = (target: Target) => Promise<readonly string[]>;

/** Dialogues of VS Code about the clans of the workspace. */
export function createDialogue(inventory: Inventory, varsOf: VarsOf, backupsOf: BackupsOf): Dialogue {
  return {
    async pickClan(root) {
      const clans = await inventory();
      return pickClan(root === undefined ? clans : clans.filter((clan) => clan.root === root));
    },
    ask: (subject, { title }, clan, target) =>
      asks[subject]({ title: `${title}: ${clanName(clan)}`, clan, target, varsOf, backupsOf }),
    confirm,
  };
}

interface Asked {
  /** Of the list or box. */
  readonly title: string;
  readonly clan: ClanSummary;
  /** As far as it is known. */
  readonly target: Target;
  readonly varsOf: VarsOf;
  readonly backupsOf: BackupsOf;
}

type Ask = (asked: Asked) => Promise<Partial<Target> | undefined>;

const asks: Readonly<Record<Subject, Ask>> = {
  async machines({ title, clan }) {
    const machines = await pickMachines(title, clan);
    return machines && { machines };
  },
  async machine({ title, clan }) {
    if (clan.open === undefined && explainNoMachines(clan)) return undefined;
    const items = machineChoices(clan)
      .filter(({ kind }) => kind === "machine")
      .map(({ label, description, machines }) => ({ label, description, answer: { machines } }));
    const typed = (name: string) => ({ machines: [name] });
    return pickOrType(title, "Which machine?", items, clan.open?.reason, typed, machineProblem);
  },
  async newMachine({ title, clan }) {
    const names = clan.machines.map(({ name }) => name);
    const validateInput = (name: string) => newMachineProblem(name, names);
    const name = await window.showInputBox({
      title,
      prompt: "The hostname of the new machine",
      validateInput,
    });
    return name === undefined ? undefined : { machines: [name] };
  },
  async host({ title, clan, target }) {
    const { targetHost } = clan.machines.find(({ name }) => name === target.machines[0]) ?? {};
    const host = await window.showInputBox({
      title,
      prompt: "Where to install, as USER@HOST:PORT. Empty: as the machine's configuration says",
      value: targetHost ?? "",
      validateInput: hostProblem,
    });
    return host === undefined ? undefined : host === "" ? {} : { host };
  },
  async template({ title, clan }) {
    const item = (label: string, description: string, answer: Partial<Target>) => ({
      label,
      description,
      answer,
    });
    const items = [
      item("new-machine", "what clan begins with where none is named", {}),
      item("flash-installer", "an installer to flash on a USB stick, of clan", {
        template: "flash-installer",
      }),
      ...clan.machineTemplates.map((name) => item(name, "of this clan", { template: name })),
    ];
    const typed = (template: string) => ({ template });
    const others = "of another flake, as FLAKE#NAME";
    return pickOrType(title, "Which template?", items, others, typed, templateProblem);
  },
  async generator(asked) {
    const { generators, open } = await varsOfMachine(asked);
    const items = generators.map(({ name, files, replaces }) => ({
      label: name,
      description: files.map((file) => file.name).join(", "),
      answer: { generator: name, replaces },
    }));
    const typed = (generator: string) => ({
      generator,
      replaces: [`all that ${generator} made before`, "all that generators made which depend on it"],
    });
    const { within } = asked.target;
    if (within !== undefined) return items.find(({ label }) => label === within)?.answer ?? typed(within);
    return pickOrType(asked.title, "Which generator?", items, open?.reason, typed, generatorProblem);
  },
  secret: (asked) => pickShared(asked, "secrets", "Which secret?", (secret) => ({ secret }), secretProblem),
  newSecret: ({ title }) =>
    typeName(title, "The name of the secret", (secret) => ({ secret }), secretProblem),
  user: (asked) => pickShared(asked, "users", "Which user?", (user) => ({ user }), memberProblem),
  newUser: ({ title }) => typeName(title, "The name of the new user", (user) => ({ user }), memberProblem),
  ageKey: ({ title }) =>
    typeName(title, "The user's public age key, age1…", (ageKey) => ({ ageKey }), ageKeyProblem),
  group: (asked) => pickShared(asked, "groups", "Which group?", (group) => ({ group }), memberProblem),
  newGroup: (asked) => pickShared(asked, "groups", "Which group?", (group) => ({ group }), memberProblem),
  async provider({ title }) {
    const typed = (provider: string) => ({ provider });
    const items = ["borgbackup", "localbackup"].map((label) => ({ label, answer: typed(label) }));
    return pickOrType(title, "Which provider of backups?", items, "of another service", typed, plainProblem);
  },
  async backup({ title, target, backupsOf }) {
    const typed = (backup: string) => ({ backup });
    const names = await backupsOf(target);
    // Newest first: their names end with when they were made.
    const items = [...names]
      .sort()
      .reverse()
      .map((label) => ({ label, answer: typed(label) }));
    return pickOrType(title, "Which backup?", items, "by its name", typed, plainProblem);
  },
  var: (asked) => pickVar(asked, () => true, true),
  // Of one that is not listed nobody knows whether it is a secret.
  publicVar: (asked) => pickVar(asked, (secret) => secret === false, false),
};

async function typeName(
  title: string,
  prompt: string,
  typed: (name: string) => Partial<Target>,
  problem: (name: string) => string | undefined,
): Promise<Partial<Target> | undefined> {
  const name = await window.showInputBox({ title, prompt, validateInput: problem });
  return name === undefined ? undefined : typed(name);
}

/** One of those that clan keeps in `sops/`, of which only the names of the folders are read; or another, that is typed. */
async function pickShared(
  { title, clan }: Asked,
  kind: "secrets" | "users" | "groups",
  placeHolder: string,
  typed: (name: string) => Partial<Target>,
  problem: (name: string) => string | undefined,
): Promise<Partial<Target> | undefined> {
  const names = await foldersIn(Uri.joinPath(Uri.parse(clan.root), "sops", kind));
  const items = names.map((label) => ({ label, answer: typed(label) }));
  return pickOrType(title, placeHolder, items, "by its name", typed, problem);
}

async function foldersIn(folder: Uri): Promise<readonly string[]> {
  const entries = await Promise.resolve(workspace.fs.readDirectory(folder)).catch(() => []);
  return entries
    .filter(([, type]) => (type & FileType.Directory) !== 0)
    .map(([name]) => name)
    .sort();
}

function varsOfMachine({ clan, target, varsOf }: Asked): Promise<VarsSummary> {
  return varsOf({ root: clan.root, machine: target.machines[0] ?? "" });
}

async function pickVar(
  asked: Asked,
  isOffered: (secret: boolean | undefined) => boolean,
  mayType: boolean,
): Promise<Partial<Target> | undefined> {
  const { generators, open } = await varsOfMachine(asked);
  const { within } = asked.target;
  const asking = generators.filter(({ name }) => within === undefined || name === within);
  const items = asking.flatMap(({ name, files }) =>
    files
      .filter(({ secret }) => isOffered(secret))
      .map((file) => ({
        label: `${name}/${file.name}`,
        description: [
          ...(file.secret === true ? ["secret"] : []),
          ...(file.exists === undefined ? [] : [file.exists ? "has a value" : "has no value yet"]),
        ].join(", "),
        answer: { var: `${name}/${file.name}` },
      })),
  );
  const typed = (variable: string) => ({ var: variable });
  return pickOrType(asked.title, "Which var?", items, mayType ? open?.reason : undefined, typed, varProblem);
}

/** One of the items; where there may be more than are listed (`open` says why), a name can be typed. */
async function pickOrType<T>(
  title: string,
  placeHolder: string,
  items: readonly (QuickPickItem & { readonly answer: T })[],
  open: string | undefined,
  typed: (name: string) => T,
  problem: (name: string) => string | undefined,
): Promise<T | undefined> {
  const other = { label: "Other…", description: open ?? "", answer: undefined };
  const offered = [...items, ...(open === undefined ? [] : [other])];
  if (offered.length === 0) {
    void window.showInformationMessage(`${title}: this machine has none.`);
    return undefined;
  }
  const item = await window.showQuickPick(offered, { title, placeHolder, matchOnDescription: true });
  if (item === undefined || item.answer !== undefined) return item?.answer;
  const name = await window.showInputBox({ title, prompt: placeHolder, validateInput: problem });
  return name === undefined ? undefined : typed(name);
}

/**
 * Enter presses the first button, which must do no harm. "Cancel" VS Code adds itself, always last, so the first is one
 * for those who would rather see the command and run it themselves.
 */
async function confirm({ message, detail, confirm: does }: Question, line: string): Promise<boolean> {
  const copies = "Copy Command";
  const answer = await window.showWarningMessage(message, { modal: true, detail }, copies, does);
  if (answer === copies) {
    await env.clipboard.writeText(line);
    window.setStatusBarMessage(`Copied: ${line}`, shownFor);
  }
  return answer === does;
}

/** In milliseconds. */
const shownFor = 5000;
