/** The list in which a person ticks the machines a command is for, or presses Enter on one. */
import { type QuickPickItem, QuickPickItemKind, ThemeIcon, window } from "vscode";
import type { ClanSummary } from "../../shared/requests.ts";
import { clanName } from "./clan-name.ts";
import { pickMany } from "./pick-many.ts";
import { chosenMachines, type MachineChoice, machineChoices } from "./selection.ts";

interface ChoiceItem extends QuickPickItem {
  readonly choice?: MachineChoice;
}

const headings = { all: "", tag: "tags", machine: "machines" } as const;
const icons = { all: "server-environment", tag: "tag", machine: "vm" } as const;

/**
 * The machines to name, empty for all. Undefined when the person leaves the list, or the clan has no machines;
 * the last is said.
 */
export async function pickMachines(title: string, clan: ClanSummary): Promise<readonly string[] | undefined> {
  if (explainNoMachines(clan)) return undefined;
  const more = clan.open === undefined ? "" : ` There may be more than are listed: ${clan.open.reason}.`;
  const isRow = ({ choice }: ChoiceItem) => choice !== undefined;
  const items = choiceItems(machineChoices(clan));
  const picked = await pickMany(items, isRow, { title, placeholder: `Which machines?${more}` });
  return chosenMachines(picked.flatMap(({ choice }) => (choice === undefined ? [] : [choice])));
}

/** Whether there is no machine to choose, which is said. */
export function explainNoMachines(clan: ClanSummary): boolean {
  if (clan.machines.length > 0) return false;
  const why = clan.open === undefined ? "" : ` that can be seen without running Nix: ${clan.open.reason}`;
  void window.showInformationMessage(`The clan ${clanName(clan)} has no machines${why}.`);
  return true;
}

function choiceItems(choices: readonly MachineChoice[]): ChoiceItem[] {
  return choices.flatMap((choice, index): ChoiceItem[] => {
    const { kind, label, description } = choice;
    const item = { label, description, iconPath: new ThemeIcon(icons[kind]), choice };
    if (choices[index - 1]?.kind === kind) return [item];
    return [{ label: headings[kind], kind: QuickPickItemKind.Separator }, item];
  });
}
