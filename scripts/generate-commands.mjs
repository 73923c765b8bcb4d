#!/usr/bin/env node
/**
 * Writes docs/commands.md, and what package.json says of the commands of clan, from their list.
 *
 *   npm run generate:commands
 */
import { readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { contributionsOf } from "./lib/command-contributions.mjs";
import { renderCommands } from "./lib/commands-page.mjs";
import { importTypeScript } from "./lib/import-typescript.mjs";
import { root } from "./lib/paths.mjs";
import { say } from "./lib/process.mjs";

const { clanCommands, paletteTitle, synopsis, taskRefusal, machineCommands, ...menus } =
  await importTypeScript(`
  export { clanCommands } from "./client/src/commands/clan-commands.ts";
  export { isForGenerator, isForMachine, paletteTitle, synopsis, takesAny } from "./client/src/commands/command.ts";
  export { taskRefusal } from "./client/src/commands/argv.ts";
  export { entryCommands, onKinds, whenOf } from "./client/src/views/entry-commands.ts";
  export { machineCommands } from "./shared/requests.ts";
`);

const page = path.join(root, "docs/commands.md");
writeFileSync(page, renderCommands({ commands: clanCommands, paletteTitle, synopsis }));

const { commands, commandPalette, viewItems, taskCommands } = contributionsOf({
  commands: clanCommands,
  run: machineCommands.run,
  paletteTitle,
  taskRefusal,
  ...menus,
});
const file = path.join(root, "package.json");
const manifest = JSON.parse(readFileSync(file, "utf8"));
const { contributes } = manifest;
const made = new Set(commands.map(({ command }) => command));
contributes.commands = [...commands, ...contributes.commands.filter(({ command }) => !made.has(command))];
contributes.menus = { ...contributes.menus, commandPalette, "view/item/context": viewItems };
const { command } = contributes.taskDefinitions[0].properties;
command.enum = taskCommands.map(({ words }) => words);
command.enumDescriptions = taskCommands.map(({ summary }) => summary);
writeFileSync(file, `${JSON.stringify(manifest, undefined, 2)}\n`);
say(`wrote ${page} and ${file}`);
