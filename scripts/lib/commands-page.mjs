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
    "The commands of `clan` that run from the editor. All are in the palette (_Clan: …_) and in the list of _Clan: Run…_, which is also a code action on the name of a machine. Commands for a machine are also in its menu in the sidebar.",
    "Each runs as a task in the clan's folder, in a terminal you can see. Arguments are passed as they are, without a shell. `CLAN_DIR` is set to that folder, so that clan works on the clan you chose, even if its flake is not at the root of the repository. Nothing runs in an untrusted workspace. _asks_: it first lists what will be lost, and Enter cancels.",
    "Before _Update Machines_ and _Install Machine_, Clan checks for unsaved changes, files that are not in Git, errors in the configuration of the machines, missing vars, and machines without an address. If it finds any, it asks once, and each can be fixed from there; Enter never deploys. Tasks of a tasks.json run without this question.",
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
    "In tasks.json, a task of the type `clan` names a command and what it is for:",
    "```json\n" +
      '{ "type": "clan", "command": ["machines", "update"], "machines": ["web", "db"], "options": ["--debug"] }\n' +
      '{ "type": "clan", "command": ["vars", "set"], "machines": ["web"], "var": "ca/key" }\n' +
      '{ "type": "clan", "command": ["secrets", "users", "add-secret"], "names": ["alice", "wifi"] }\n' +
      "```",
    "Tasks run without a question, and so does _Tasks: Rerun Last Task_. So these commands cannot be tasks:",
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
