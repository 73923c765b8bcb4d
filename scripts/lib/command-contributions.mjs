/**
 * What package.json says of the commands of clan (client/src/commands/clan-commands.ts): their titles, when the palette
 * shows them, the menus of machines in the views, and which run as a task.
 *
 *   contributionsOf({ commands, run, always, … })   ->   { commands: […], commandPalette: […], viewItems: […], taskCommands: […] }
 */

/** `commands`: the list; `run`: the id of the command that lists them. */
export function contributionsOf({ commands, run, paletteTitle, taskRefusal, isForMachine, machineItem }) {
  const onMachine = `viewItem == ${machineItem}`;
  const forMachine = commands.filter(isForMachine);
  const groups = [...new Set(commands.map(({ group }) => group))];
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
        ...(command.icon === undefined ? {} : { icon: `$(${command.icon})` }),
      })),
    ],
    viewItems: [
      ...forMachine
        .filter(({ icon }) => icon !== undefined)
        .map(({ id }, index) => ({
          command: id,
          when: `view == clan.machines && ${onMachine}`,
          group: `inline@${index + 1}`,
        })),
      ...forMachine.map(({ id, group }, index) => ({
        command: id,
        when: onMachine,
        group: `${groups.indexOf(group) + 1}_${group.toLowerCase()}@${index + 1}`,
      })),
    ],
    commandPalette: commands
      .filter(({ everywhere }) => !everywhere)
      .map(({ id }) => ({ command: id, when: "clan.hasClan" })),
    taskCommands: [...tasks.values()].reverse(),
  };
}
