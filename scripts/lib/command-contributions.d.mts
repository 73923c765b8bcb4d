/** See command-contributions.mjs. */
import type { taskRefusal } from "../../client/src/commands/argv.ts";
import type {
  ClanCommand,
  isForGenerator,
  isForMachine,
  paletteTitle,
  takesAny,
} from "../../client/src/commands/command.ts";
import type { entryCommands, onKinds, whenOf } from "../../client/src/views/entry-commands.ts";

export function contributionsOf(list: {
  readonly commands: readonly ClanCommand[];
  readonly run: string;
  readonly paletteTitle: typeof paletteTitle;
  readonly taskRefusal: typeof taskRefusal;
  readonly isForMachine: typeof isForMachine;
  readonly isForGenerator: typeof isForGenerator;
  readonly takesAny: typeof takesAny;
  readonly entryCommands: typeof entryCommands;
  readonly onKinds: typeof onKinds;
  readonly whenOf: typeof whenOf;
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
