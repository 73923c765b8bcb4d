/** See command-contributions.mjs. */
import type { taskRefusal } from "../../client/src/commands/argv.ts";
import type { ClanCommand, isForMachine, paletteTitle } from "../../client/src/commands/command.ts";

export function contributionsOf(list: {
  readonly commands: readonly ClanCommand[];
  readonly run: string;
  readonly paletteTitle: typeof paletteTitle;
  readonly taskRefusal: typeof taskRefusal;
  readonly isForMachine: typeof isForMachine;
  readonly machineItem: string;
}): {
  readonly commands: readonly {
    readonly command: string;
    readonly category: string;
    readonly title: string;
    readonly icon?: string;
  }[];
  readonly viewItems: readonly {
    readonly command: string;
    readonly when: string;
    readonly group: string;
  }[];
  readonly commandPalette: readonly { readonly command: string; readonly when: string }[];
  readonly taskCommands: readonly { readonly words: readonly string[]; readonly summary: string }[];
};
