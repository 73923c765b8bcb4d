/**
 * Every command of clan that asks no question, in a real VS Code, with answers that a shell would read as something else: each reaches
 * clan as one word. (What asks first is tested by key strokes; all command lines by themselves in test/unit/client/commands.)
 */
import { existsSync } from "node:fs";
import { Uri, workspace } from "vscode";
import { clanCommands } from "../../../client/src/commands/clan-commands.ts";
import { type ClanCommand, subjects, type Target } from "../../../client/src/commands/command.ts";
import { assertEqual, assertFound } from "./assert.ts";
import { openClanFile } from "./clan-file.ts";
import { lineRunBy } from "./line-run-by.ts";

const hostile = `a'b"c d;touch pwned $(touch pwned) \`touch pwned\` |& * ~ \\ %PATH%`;

/** Those that are deployed ask about the machines of the example, which git does not know all of. */
const asksNothing = (command: ClanCommand) =>
  command.deploys !== true && command.question?.(targetOf(command)) === undefined;

function targetOf({ asks }: ClanCommand): Target {
  const folder = assertFound(workspace.workspaceFolders?.[0], "workspace folder");
  const target: Record<string, unknown> = { root: folder.uri.toString(), machines: [] };
  for (const subject of asks) {
    const { field } = subjects[subject];
    target[field] = field === "machines" ? [hostile] : field === "var" ? `${hostile}/${hostile}` : hostile;
  }
  return target as unknown as Target;
}

/** As docs/commands.md shows the line: operands in the order they are asked, and options behind them. */
function expected(command: ClanCommand): string[] {
  const target = targetOf(command);
  const values = command.asks.map((subject) => {
    const declared = subjects[subject];
    const value = target[declared.field];
    const words = Array.isArray(value) ? value.map(String) : [String(value)];
    return "option" in declared
      ? { options: [declared.option, ...words], operands: [] }
      : { options: [], operands: words };
  });
  return [
    ...command.words,
    ...values.flatMap(({ operands }) => operands),
    ...values.flatMap(({ options }) => options),
    ...(command.options ?? []),
  ];
}

describe("hostile names", () => {
  before(openClanFile);

  // One of those that ask for the same: test/unit/client/commands/argv.test.ts has the lines of all.
  const shapes = new Map(
    clanCommands.filter(asksNothing).map((one) => [JSON.stringify([one.asks, one.options?.length]), one]),
  );
  for (const command of shapes.values())
    it(`${command.id}: clan ${command.words.join(" ")}`, async () => {
      assertEqual(await lineRunBy(command.id, targetOf(command)), expected(command));
      const folder = assertFound(workspace.workspaceFolders?.[0], "workspace folder");
      assertEqual(existsSync(Uri.joinPath(folder.uri, "pwned").fsPath), false);
    });
});
