/** The command lines handed to `clan`, against what its parser takes. */
import fc from "fast-check";
import { expect, it } from "vitest";
import {
  type ClanInvocation,
  clanArguments,
  generatorOptions,
  machineCommandLines,
} from "../../../client/src/argv.ts";

function checkArguments(invocation: ClanInvocation, expected: readonly string[]) {
  expect(clanArguments(invocation)).toEqual({ arguments: expected });
}

function checkRefused(invocation: ClanInvocation, reason: string) {
  expect(clanArguments(invocation)).toEqual({ refused: expect.stringContaining(reason) });
}

const update = ["machines", "update"];

it("names machines after the leaf command", () => {
  checkArguments({ command: update, machines: ["hetzner-01", "hetzner-02"] }, [
    "machines",
    "update",
    "hetzner-01",
    "hetzner-02",
  ]);
  checkArguments({ command: ["vars", "generate"], machines: ["web"] }, ["vars", "generate", "web"]);
});

it("generates one generator, anew where that is asked for", () => {
  const generate = { command: ["vars", "generate"], machines: ["web"] };
  const words = (generator: string, again: boolean) => {
    const vector = clanArguments({ ...generate, options: generatorOptions(generator, again) });
    return "arguments" in vector ? vector.arguments.join(" ") : vector.refused;
  };
  expect(words("ca", false)).toBe("vars generate web --generator ca");
  expect(words("ca", true)).toBe("vars generate web --generator ca --regenerate");
  expect(words("-r", false)).toBe("vars generate web --generator=-r");
});

it("names no machine for all of them", () => {
  checkArguments({ command: update, machines: [] }, ["machines", "update"]);
});

it("puts options last, where `--tags a b` cannot swallow a machine", () => {
  checkArguments({ command: update, machines: ["web"], options: ["--tags", "a", "b"] }, [
    "machines",
    "update",
    "web",
    "--tags",
    "a",
    "b",
  ]);
});

it("refuses a name that would be read as an option, and an empty one", () => {
  checkRefused({ command: update, machines: ["web", "--target-host"] }, "`--target-host`");
  checkRefused({ command: update, machines: ["-"] }, "`-`");
  checkRefused({ command: update, machines: [""] }, "``");
});

it("refuses options that do not begin as one", () => {
  checkRefused({ command: update, machines: [], options: ["web"] }, "`web` as a machine");
});

it("refuses commands that are no leaf, take other arguments, or destroy", () => {
  for (const command of [
    [],
    ["machines"],
    ["machines", "install"],
    ["machines", "delete"],
    ["--debug", "vars"],
  ]) {
    checkRefused({ command, machines: ["web"] }, "cannot run as a task");
  }
});

it("never lets a machine become an option, whatever its name", () => {
  const invocation = fc.record({
    command: fc.constantFrom(...machineCommandLines),
    machines: fc.array(fc.string()),
    options: fc.constantFrom([], ["--debug"], ["--option", "cores", "2"]),
  });
  fc.assert(
    fc.property(invocation, (given) => {
      const vector = clanArguments(given);
      if ("refused" in vector) return;
      const firstOption = vector.arguments.findIndex((argument) => argument.startsWith("-"));
      const optionsFrom = given.command.length + given.machines.length;
      expect(firstOption).toBe(given.options.length === 0 ? -1 : optionsFrom);
      expect(vector.arguments.slice(0, optionsFrom)).toEqual([...given.command, ...given.machines]);
    }),
  );
});
