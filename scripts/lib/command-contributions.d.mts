/** See command-contributions.mjs. */
import type { taskRefusal } from "../../client/src/commands/argv.ts";
import type { ClanCommand, paletteTitle } from "../../client/src/commands/command.ts";

export function contributionsOf(list: {
  readonly commands: readonly ClanCommand[];
  readonly run: string;
  readonly paletteTitle: typeof paletteTitle;
  readonly taskRefusal: typeof taskRefusal;
}): {
  readonly commands: readonly {
    readonly command: string;
    readonly category: string;
    readonly title: string;
  }[];
  readonly commandPalette: readonly { readonly command: string; readonly when: string }[];
  readonly taskCommands: readonly { readonly words: readonly string[]; readonly summary: string }[];
};
