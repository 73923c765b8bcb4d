/** See commands-page.mjs. */
import type { ClanCommand, paletteTitle, synopsis } from "../../client/src/commands/command.ts";

export function renderCommands(list: {
  readonly commands: readonly ClanCommand[];
  readonly paletteTitle: typeof paletteTitle;
  readonly synopsis: typeof synopsis;
}): string;
