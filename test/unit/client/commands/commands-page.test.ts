/** docs/commands.md says which commands there are. */
import { readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { clanCommands } from "../../../../client/src/commands/clan-commands.ts";
import { paletteTitle, synopsis } from "../../../../client/src/commands/command.ts";
import { renderCommands } from "../../../../scripts/lib/commands-page.mjs";

const page = readFileSync(new URL("../../../../docs/commands.md", import.meta.url), "utf8");

it("is made of the list of commands; `npm run generate:commands` writes it", () => {
  expect(page).toBe(renderCommands({ commands: clanCommands, paletteTitle, synopsis }));
});

it.each([
  "| Install Machine… | `clan machines install MACHINE [--target-host HOST]` |",
  "- `clan machines delete`: it cannot be undone",
])("%s", (part) => {
  expect(page).toContain(part);
});
