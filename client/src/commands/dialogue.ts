/** The lists, boxes and questions in which a person says what a command is for. */
import { env, type QuickPickItem, window } from "vscode";
import type { ClanSummary, VarsParams, VarsSummary } from "../../../shared/requests.ts";
import { clanName } from "../clan-name.ts";
import { type Inventory, pickClan } from "../inventory.ts";
import { explainNoMachines, pickMachines } from "../machine-picker.ts";
import { machineChoices } from "../selection.ts";
import type { Dialogue } from "./choose.ts";
import type { Question, Subject, Target } from "./command.ts";
import {
  generatorProblem,
  hostProblem,
  machineProblem,
  newMachineProblem,
  templateProblem,
  varProblem,
} from "./names.ts";

/** Asks the server for the vars of a machine as they are now. Rejects when it does not run. */
export type VarsOf = (params: VarsParams) => Promise<VarsSummary>;

/** Dialogues of VS Code about the clans of the workspace. */
export function createDialogue(inventory: Inventory, varsOf: VarsOf): Dialogue {
  return {
    async pickClan(root) {
      const clans = await inventory();
      return pickClan(root === undefined ? clans : clans.filter((clan) => clan.root === root));
    },
    ask: (subject, { title }, clan, target) =>
      asks[subject]({ title: `${title}: ${clanName(clan)}`, clan, target, varsOf }),
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
  var: (asked) => pickVar(asked, () => true, true),
  // Of one that is not listed nobody knows whether it is a secret.
  publicVar: (asked) => pickVar(asked, (secret) => secret === false, false),
};

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
