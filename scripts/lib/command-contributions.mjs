/**
 * What package.json says of the commands of clan (client/src/commands/clan-commands.ts): their titles, when the palette
 * shows them, and which run as a task.
 *
 *   contributionsOf({ commands, run, always, … })   ->   { commands: […], commandPalette: […], taskCommands: […] }
 */

/** `commands`: the list; `run`: the id of the command that lists them. */
export function contributionsOf({ commands, run, paletteTitle, taskRefusal }) {
  const tasks = new Map(
    commands
      .filter(({ words }) => taskRefusal({ command: words }) === undefined)
      // The first one with these words is the one that asks for no option.
      .map(({ words, summary }) => [words.join(" "), { words, summary }])
      .reverse(),
  );
  return {
    commands: [
      { command: run, category: "Clan", title: "Run…" },
      ...commands.map((command) => ({
        command: command.id,
        category: "Clan",
        title: paletteTitle(command),
      })),
    ],
    commandPalette: commands
      .filter(({ everywhere }) => !everywhere)
      .map(({ id }) => ({ command: id, when: "clan.hasClan" })),
    taskCommands: [...tasks.values()].reverse(),
  };
}
