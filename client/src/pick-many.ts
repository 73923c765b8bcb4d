/** A list in which a person ticks rows, or presses Enter on one. */
import { type QuickPickItem, window } from "vscode";

export interface ManyOptions<T> {
  readonly title: string;
  readonly placeholder: string;
  /** Ticked from the start. */
  readonly picked?: readonly T[];
  readonly matchOnDetail?: boolean;
  readonly ignoreFocusOut?: boolean;
}

/**
 * What is ticked; where nothing is, Enter takes the row it is pressed on. Empty when the person leaves. `isRow`: false for
 * headings.
 */
export function pickMany<T extends QuickPickItem>(
  items: readonly T[],
  isRow: (item: T) => boolean,
  { title, placeholder, picked = [], matchOnDetail = false, ignoreFocusOut = false }: ManyOptions<T>,
): Promise<readonly T[]> {
  const list = window.createQuickPick<T>();
  Object.assign(list, {
    title,
    placeholder,
    items,
    canSelectMany: true,
    matchOnDescription: true,
    matchOnDetail,
    ignoreFocusOut,
  });
  list.selectedItems = picked;
  const rows = items.filter(isRow);
  return new Promise((resolve) => {
    // VS Code leaves it to the arrow keys to move to a row of a list with boxes.
    list.onDidChangeValue((typed) => {
      const found = typed === "" ? undefined : firstMatch(rows, typed.toLowerCase());
      list.activeItems = found === undefined ? [] : [found];
    });
    list.onDidAccept(() => {
      const chosen = list.selectedItems.length > 0 ? list.selectedItems : list.activeItems;
      // On no row and with nothing ticked, Enter means nothing yet.
      if (chosen.length === 0) return;
      resolve(chosen);
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
function firstMatch<T extends QuickPickItem>(rows: readonly T[], typed: string): T | undefined {
  const find = (fits: (name: string) => boolean) => rows.find(({ label }) => fits(label.toLowerCase()));
  return (
    find((name) => name === typed) ??
    find((name) => name.startsWith(typed)) ??
    find((name) => name.includes(typed))
  );
}
