/** The list in which a person ticks the machines a command is for, or presses Enter on one. */
import { type QuickPickItem, QuickPickItemKind, ThemeIcon, window } from "vscode";
import type { ClanSummary } from "../../shared/requests.ts";
import { clanName } from "./clan-name.ts";
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
  const picked = await pickItems(title, `Which machines?${more}`, choiceItems(machineChoices(clan)));
  return chosenMachines(picked.flatMap(({ choice }) => (choice === undefined ? [] : [choice])));
}

/** What is ticked; where nothing is, Enter takes the row it is pressed on. Empty when the person leaves. */
function pickItems(
  title: string,
  placeholder: string,
  items: readonly ChoiceItem[],
): Promise<readonly ChoiceItem[]> {
  const list = window.createQuickPick<ChoiceItem>();
  Object.assign(list, { title, placeholder, items, canSelectMany: true, matchOnDescription: true });
  return new Promise((resolve) => {
    // VS Code leaves it to the arrow keys to move to a row of a list with boxes.
    list.onDidChangeValue((typed) => {
      const found = typed === "" ? undefined : firstMatch(items, typed.toLowerCase());
      list.activeItems = found === undefined ? [] : [found];
    });
    list.onDidAccept(() => {
      const picked = list.selectedItems.length > 0 ? list.selectedItems : list.activeItems;
      // On no row and with nothing ticked, Enter means nothing yet.
      if (picked.length === 0) return;
      resolve(picked);
      list.hide();
    });
    list.onDidHide(() => {
      resolve([]);
      list.dispose();
    });
    list.show();
  });
}

/** The row that is called so, else one whose name begins so, else one that has it in its name. */
function firstMatch(items: readonly ChoiceItem[], typed: string): ChoiceItem | undefined {
  const named = items.filter(({ choice }) => choice !== undefined);
  const find = (fits: (name: string) => boolean) => named.find(({ label }) => fits(label.toLowerCase()));
  return (
    find((name) => name === typed) ??
    find((name) => name.startsWith(typed)) ??
    find((name) => name.includes(typed))
  );
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
