/**
 * What package.json says of the commands of clan (client/src/commands/clan-commands.ts): their titles, when the palette
 * shows them, the menus of rows in the views, and which run as a task.
 *
 *   contributionsOf({ commands, run, always, … })   ->   { commands: […], commandPalette: […], viewItems: […], taskCommands: […] }
 */

/** `commands`: the list; `run`: the id of the command that lists them. */
export function contributionsOf({
  commands,
  run,
  paletteTitle,
  taskRefusal,
  isForMachine,
  isForGenerator,
  takesAny,
  entryCommands,
  onKinds,
  whenOf,
}) {
  const any = (command) =>
    !takesAny(command) ? [] : command.group === "Vars" ? ["group", "generators"] : ["group"];
  const on = (command, ...others) =>
    onKinds("machine", ...any(command), ...(command.group === "Vars" ? others : []));
  const forMachine = commands.filter(isForMachine);
  const entries = Object.values(entryCommands);
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
      ...entries.map(({ id, title, icon }) => ({
        command: id,
        category: "Clan",
        title,
        ...(icon === undefined ? {} : { icon: `$(${icon})` }),
      })),
    ],
    viewItems: [
      ...forMachine
        .filter(({ icon }) => icon !== undefined)
        .map((command, index) => ({
          command: command.id,
          when: `view == clan.machines && ${on(command)}`,
          group: `inline@${index + 1}`,
        })),
      ...forMachine.map((command, index) => ({
        command: command.id,
        when: on(command, "vars"),
        group: `${groups.indexOf(command.group) + 1}_${command.group.toLowerCase()}@${index + 1}`,
      })),
      ...commands
        .filter(isForGenerator)
        .map(({ id }, index) => ({ command: id, when: onKinds("generator"), group: `1_vars@${index + 1}` })),
      ...entries
        .filter(({ icon }) => icon !== undefined)
        .map((entry) => ({ command: entry.id, when: whenOf(entry), group: "inline@0" })),
      ...entries.map((entry) => ({ command: entry.id, when: whenOf(entry), group: entry.group })),
    ],
    commandPalette: commands
      .filter(({ everywhere }) => !everywhere)
      .map(({ id }) => ({ command: id, when: "clan.hasClan" }))
      .concat(
        entries.map(({ id, inPalette }) => ({ command: id, when: inPalette ? "clan.hasClan" : "false" })),
      ),
    taskCommands: [...tasks.values()].reverse(),
  };
}
