/** The extension's manifest and the code agree: what VS Code shows before our code runs is what then works. */
import { readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { machineCommandLines } from "../../../client/src/argv.ts";
import { rules } from "../../../server/src/rules/index.ts";
import { machineCommands } from "../../../shared/requests.ts";

const { contributes, capabilities } = JSON.parse(readFileSync("package.json", "utf8"));

it("offers the machine commands that code lenses name", () => {
  const declared = contributes.commands.map(({ command }: { command: string }) => command);
  expect(declared).toEqual(expect.arrayContaining(Object.values(machineCommands)));
});

it("describes as a task exactly the command lines that run as one", () => {
  const [definition] = contributes.taskDefinitions;
  expect(definition.properties.command.enum).toEqual(machineCommandLines);
});

it("offers a setting for exactly the rules there are, saying when each is reported", () => {
  const offered: Record<string, { description: string }> =
    contributes.configuration.properties["clan.rules"].properties;
  const described = rules.map(({ code, severity, summary }) => [code, `${summary} (${severity})`]);
  expect(Object.entries(offered).map(([code, { description }]) => [code, description])).toEqual(described);
});

it("keeps a workspace that is not trusted from naming programs", () => {
  const settings: Record<string, { scope?: string }> = contributes.configuration.properties;
  const { restrictedConfigurations } = capabilities.untrustedWorkspaces;
  const machine = Object.keys(settings).filter((name) => settings[name]?.scope === "machine-overridable");
  expect(machine).toContain("clan.command");
  expect(restrictedConfigurations).toEqual(machine);
});
