/** The list with boxes that is open, as a person ticks and confirms it. */
import type { QuickPickItem } from "vscode";
import { editor } from "../helpers/editor.ts";
import { settled } from "../helpers/machine.ts";

interface OpenList {
  readonly list: {
    readonly title: string;
    readonly placeholder: string;
    readonly items: readonly QuickPickItem[];
    selectedItems: readonly QuickPickItem[];
    hide(): void;
  };
  accept(): void;
}

async function openList(): Promise<OpenList> {
  await settled();
  const open = editor.registration<OpenList>("open list");
  editor.registered.delete("open list");
  return open;
}

/** Ticks these and no others; answers what the list says. Nothing to tick: leaves it. */
export async function tick(...labels: readonly string[]) {
  const { list, accept } = await openList();
  const said = {
    title: list.title,
    placeholder: list.placeholder,
    rows: list.items.map(({ label, description }) => [label, description].filter(Boolean).join(" · ")),
    ticked: list.selectedItems.map(({ label }) => label),
  };
  list.selectedItems = list.items.filter(({ label }) => labels.includes(label));
  if (labels.length > 0) accept();
  else list.hide();
  await settled();
  return said;
}
