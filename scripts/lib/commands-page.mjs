/**
 * The page docs/commands.md, from the list of commands (client/src/commands/clan-commands.ts).
 *
 *   renderCommands({ commands, … })   ->   "# Commands\n…"
 */

const effects = { reads: "", changes: "changes things", destroys: "cannot be undone" };

export function renderCommands({ commands, paletteTitle, synopsis }) {
  const groups = [...new Set(commands.map(({ group }) => group))];
  return [
    "<!-- Made by `npm run generate:commands` from client/src/commands/clan-commands.ts. -->",
    "# Commands",
    "What of `clan` runs from the editor. All are in the palette (_Clan: …_) and in the list of _Clan: Run…_, which is also among the code actions at the name of a machine. Those for machines are in the menu of each machine in the sidebar, too.",
    "Each runs as a task in the clan's folder, in a terminal you can see, with its arguments as they are: no shell reads them. `CLAN_DIR` is that folder, so that clan takes the clan you chose, also where its flake is not at the root of the repository. None runs in a workspace that is not trusted. _asks_: what is to be lost is named first, and Enter leaves it as it is.",
    "Before _Update Machines_ and _Install Machine_, what speaks against it is asked in one question, each with a way to mend it: files that are not saved or that git does not know, errors in what the machines read, vars that are missing, and machines of which nothing says where they are. Nothing is asked where nothing is known against it, or of tasks of a tasks.json.",
    ...groups.map((group) =>
      [
        `## ${group}`,
        [
          row(["command", "runs", "what it does", ""]),
          row(["---", "---", "---", "---"]),
          ...commands
            .filter((command) => command.group === group)
            .map((command) =>
              row([
                paletteTitle(command),
                `\`${synopsis(command)}\``,
                command.summary,
                [effects[command.effect], command.effect === "destroys" ? "asks" : ""]
                  .filter((note) => note !== "")
                  .join("; "),
              ]),
            ),
        ].join("\n"),
      ].join("\n\n"),
    ),
    "## Tasks",
    "In tasks.json, a task of the type `clan` has the words of a command, and whom it is for:",
    "```json\n" +
      '{ "type": "clan", "command": ["machines", "update"], "machines": ["web", "db"], "options": ["--debug"] }\n' +
      '{ "type": "clan", "command": ["vars", "set"], "machines": ["web"], "var": "ca/key" }\n' +
      "```",
    "Nobody is asked before a task, nor before _Tasks: Rerun Last Task_, which repeats whatever ran last. So these are none of tasks.json:",
    commands
      .filter(({ taskLimit }) => taskLimit !== undefined)
      .map(({ words, taskLimit: { options, because } }) => {
        const only = options === undefined ? "" : ` with ${options.shown}`;
        return `- \`clan ${words.join(" ")}\`${only}: ${because}.`;
      })
      .join("\n"),
  ]
    .join("\n\n")
    .concat("\n");
}

function row(cells) {
  return `| ${cells.join(" | ")} |`;
}
