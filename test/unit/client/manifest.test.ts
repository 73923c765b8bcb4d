/** The extension's manifest and the code agree: what VS Code shows before our code runs is what then works. */
import { readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { taskRefusal } from "../../../client/src/commands/argv.ts";
import { clanCommands } from "../../../client/src/commands/clan-commands.ts";
import {
  isForGenerator,
  isForMachine,
  paletteTitle,
  takesAny,
} from "../../../client/src/commands/command.ts";
import { entryCommands, onKinds, whenOf } from "../../../client/src/views/entry-commands.ts";
import { contributionsOf } from "../../../scripts/lib/command-contributions.mjs";
import { ruleSettings } from "../../../scripts/lib/rule-pages.mjs";
import { rules } from "../../../server/src/rules/all.ts";
import { machineCommands } from "../../../shared/requests.ts";

const { contributes, capabilities } = JSON.parse(readFileSync("package.json", "utf8"));

const made = contributionsOf({
  commands: clanCommands,
  run: machineCommands.run,
  paletteTitle,
  taskRefusal,
  isForMachine,
  isForGenerator,
  takesAny,
  entryCommands,
  onKinds,
  whenOf,
});

it("offers the commands of the list; `npm run generate:commands` writes them", () => {
  expect(contributes.commands.slice(0, made.commands.length)).toEqual(made.commands);
  expect(contributes.menus.commandPalette).toEqual(made.commandPalette);
  expect(contributes.menus["view/item/context"]).toEqual(made.viewItems);
});

it("offers each command once, and those that code lenses name", () => {
  const declared: string[] = contributes.commands.map(({ command }: { command: string }) => command);
  expect(declared).toEqual([...new Set(declared)]);
  expect(declared).toEqual(expect.arrayContaining(Object.values(machineCommands)));
});

it("describes as a task exactly the command lines that run as one", () => {
  const { command } = contributes.taskDefinitions[0].properties;
  expect(command.enum).toEqual(made.taskCommands.map(({ words }) => words));
  expect(command.enumDescriptions).toEqual(made.taskCommands.map(({ summary }) => summary));
  const lines = clanCommands.map(({ words }) => words.join(" "));
  const refused = [
    "machines delete",
    "vars get",
    "backups restore",
    "secrets get",
    "secrets remove",
    "secrets users remove",
  ];
  expect(command.enum.map((words: string[]) => words.join(" "))).toEqual(
    [...new Set(lines)].filter((line) => !refused.includes(line)),
  );
});

it("offers a setting for exactly the rules there are, saying when each is reported", () => {
  expect(contributes.configuration.properties["clan.rules"].properties).toEqual(ruleSettings(rules));
});

it("keeps a workspace that is not trusted from naming programs", () => {
  const settings: Record<string, { scope?: string }> = contributes.configuration.properties;
  const { restrictedConfigurations } = capabilities.untrustedWorkspaces;
  const machine = Object.keys(settings).filter((name) => settings[name]?.scope === "machine-overridable");
  expect(machine).toContain("clan.command");
  expect(restrictedConfigurations).toEqual(machine);
});
