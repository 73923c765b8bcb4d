/** The command lines handed to `clan`, against what its parser takes. */
import fc from "fast-check";
import { expect, it } from "vitest";
import {
  type ClanInvocation,
  clanArguments,
  invocationOf,
  shellLine,
  taskRefusal,
} from "../../../../client/src/commands/argv.ts";
import { clanCommands } from "../../../../client/src/commands/clan-commands.ts";
import {
  type ClanCommand,
  type Subject,
  subjects,
  type Target,
} from "../../../../client/src/commands/command.ts";
import { parseClan } from "./grammar.ts";

function checkArguments(invocation: ClanInvocation, expected: readonly string[]) {
  expect(clanArguments(invocation)).toEqual({ arguments: expected });
}

function checkRefused(invocation: ClanInvocation, reason: string) {
  expect(clanArguments(invocation)).toEqual({ refused: expect.stringContaining(reason) });
}

/** The command line for a target, or why there is none. */
function lineOf(command: ClanCommand, target: Target): readonly string[] | string {
  const invocation = invocationOf(command, target);
  const vector = "refused" in invocation ? invocation : clanArguments(invocation);
  return "refused" in vector ? vector.refused : vector.arguments;
}

/** With the answer `value` to everything a command asks; `machines` names two. */
function targetOf(asks: readonly Subject[], value: string): Target {
  const answers: Readonly<Record<Subject, Partial<Target>>> = {
    machines: { machines: [value, value] },
    machine: { machines: [value] },
    newMachine: { machines: [value] },
    var: { var: value },
    publicVar: { var: value },
    generator: { generator: value },
    host: { host: value },
    template: { template: value },
    secret: { secret: value },
    newSecret: { secret: value },
    user: { user: value },
    newUser: { user: value },
    ageKey: { ageKey: value },
    group: { group: value },
    newGroup: { group: value },
    provider: { provider: value },
    backup: { backup: value },
  };
  return Object.assign({ root: "file:///clan", machines: [] }, ...asks.map((subject) => answers[subject]));
}

const update = ["machines", "update"];

it.each(clanCommands.map((command) => [command.id, command] as const))(
  "%s: clan takes it, with all answers and with as few as it may have",
  (_id, command) => {
    const { words, asks, options = [] } = command;
    const full = lineOf(command, targetOf(asks, "web/x"));
    const parsed = parseClan(Array.isArray(full) ? full : []);
    const operands = asks.filter((subject) => !("option" in subjects[subject]));
    const asked = asks.flatMap((subject) => {
      const declared = subjects[subject];
      return "option" in declared ? [declared.option] : [];
    });
    expect(parsed.leaf).toBe(words.join(" "));
    expect(parsed.operands).toHaveLength(operands.length + (asks.includes("machines") ? 1 : 0));
    expect(Object.keys(parsed.options)).toEqual([...asked, ...options]);
    const least = asks.filter((subject) => !subjects[subject].shown.startsWith("["));
    const short = lineOf(command, targetOf(least, "web/x"));
    expect(parseClan(Array.isArray(short) ? short : []).leaf).toBe(words.join(" "));
  },
);

it("has the command lines it always had", () => {
  const lines = (id: string, target: Partial<Target>) => {
    const command = clanCommands.find((one) => one.id === id);
    const line = command && lineOf(command, { root: "file:///clan", machines: [], ...target });
    return Array.isArray(line) ? line.join(" ") : line;
  };
  expect(lines("clan.updateMachines", { machines: ["a", "b"] })).toBe("machines update a b");
  expect(lines("clan.updateMachines", {})).toBe("machines update");
  const ca = { machines: ["web"], generator: "ca" };
  expect(lines("clan.generateVars", ca)).toBe("vars generate web --generator ca");
  expect(lines("clan.regenerateVars", ca)).toBe("vars generate web --generator ca --regenerate");
  const shared = { machines: ["web"], group: "admins", secret: "wifi", user: "alice" };
  expect(lines("clan.addMachineToGroup", shared)).toBe("secrets groups add-machine admins web");
  expect(lines("clan.addSecretToMachine", shared)).toBe("secrets machines add-secret web wifi");
  expect(lines("clan.addSecretUser", { ...shared, machines: [], ageKey: "age1x" })).toBe(
    "secrets users add alice --age-key age1x",
  );
  expect(lines("clan.restoreBackup", { machines: ["web"], provider: "borgbackup", backup: "b::1" })).toBe(
    "backups restore web borgbackup b::1",
  );
  expect(lines("clan.generateVars", { machines: ["web"], generator: "-r" })).toBe(
    "vars generate web --generator=-r",
  );
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

it("refuses names that would be read as something else", () => {
  checkRefused({ command: update, machines: ["web", "--target-host"] }, "“--target-host”");
  checkRefused({ command: update, machines: ["-"] }, "“-”");
  checkRefused({ command: update, machines: [""] }, "“”");
  checkRefused({ command: update, machines: ["a\nb"] }, "would not read");
  // VS Code puts something in the place of a variable in a task.
  checkRefused({ command: update, machines: ["${command:x}"] }, "would not read");
  checkRefused({ command: ["vars", "set"], machines: ["web"], var: "-r" }, "“-r”");
});

it("refuses options that do not begin as one", () => {
  checkRefused({ command: update, machines: [], options: ["web"] }, "“web” as a machine");
});

it("refuses commands that are no leaf, and other numbers of operands than they take", () => {
  for (const command of [[], ["machines"], ["machines", "morph"], ["--debug", "vars"]])
    checkRefused({ command, machines: ["web"] }, "There is no command");
  checkRefused({ command: ["machines", "delete"], machines: [] }, "one machine");
  checkRefused({ command: ["machines", "delete"], machines: ["a", "b"] }, "one machine");
  checkRefused({ command: ["show"], machines: ["web"] }, "no machine");
  checkRefused({ command: ["vars", "set"], machines: ["web"] }, "a var");
  checkRefused({ command: update, var: "ca/key" }, "no var");
  checkRefused({ command: update, names: ["wifi"] }, "no names");
  checkRefused({ command: ["secrets", "get"] }, "takes SECRET");
  checkRefused({ command: ["secrets", "groups", "add-user"], names: ["admins"] }, "takes GROUP USER");
  checkRefused({ command: ["secrets", "get"], names: ["-x"] }, "“-x”");
});

it("lets no task destroy or reveal what nobody was asked about", () => {
  const refuses = (line: string) => {
    const words = line.split(" ");
    const from = words.findIndex((word) => word.startsWith("-"));
    const [command, options] = from === -1 ? [words, []] : [words.slice(0, from), words.slice(from)];
    return taskRefusal({ command, options }) !== undefined;
  };
  expect(
    [
      "machines delete",
      "vars get",
      "machines install --yes",
      "machines install --debug --ye",
      "vars generate --regenerate",
      "vars generate -g ca",
      "vars generate --gen=ca",
      "secrets get",
      "secrets remove",
      "secrets users remove",
      "backups restore",
    ].filter((line) => !refuses(line)),
  ).toEqual([]);
  expect(
    ["machines install", "machines update", "machines update --debug", "vars generate"].filter(refuses),
  ).toEqual([]);
});

it("never lets an answer become an option or several words, whatever it is", () => {
  const odd = fc.oneof(
    fc.string(),
    fc.constantFrom(
      "-y",
      "--yes",
      "a b",
      'a"b',
      "a'b",
      "a\nb",
      "$(id)",
      "; id",
      "--",
      "-oProxyCommand=id",
      "${x}",
    ),
  );
  fc.assert(
    fc.property(fc.constantFrom(...clanCommands), odd, (command, value) => {
      const { words, asks, options = [] } = command;
      const target = targetOf(asks, value);
      const line = lineOf(command, target);
      if (!Array.isArray(line)) return;
      const parsed = parseClan(line);
      expect(parsed.leaf).toBe(words.join(" "));
      expect(new Set([...parsed.operands, ...Object.values(parsed.options).flat(), value])).toEqual(
        new Set([value]),
      );
      const known = Object.values(subjects).flatMap((subject) =>
        "option" in subject ? [subject.option] : [],
      );
      expect(Object.keys(parsed.options).filter((name) => !known.some((one) => one === name))).toEqual(
        options,
      );
    }),
  );
});

it("shows a command line as a shell reads it", () => {
  const command = clanCommands.find(({ id }) => id === "clan.deleteMachine") ?? expect.fail("no command");
  expect(shellLine(command, { root: "", machines: ["web"] })).toBe("clan machines delete web");
  expect(shellLine(command, { root: "", machines: ["it's; rm"] })).toBe(
    "clan machines delete 'it'\\''s; rm'",
  );
  expect(shellLine(command, { root: "", machines: ["-x"] })).toBeUndefined();
});
