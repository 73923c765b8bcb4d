/** What people meet on the way from a command in the palette, a lens or a menu to the task that runs. */
import { describe, expect, it, test } from "vitest";
import type { Task } from "vscode";
import { clanCommands } from "../../../../client/src/commands/clan-commands.ts";
import { type ClanCommand, subjects, type Target } from "../../../../client/src/commands/command.ts";
import type { TreeEntry } from "../../../../client/src/views/entry.ts";
import { editor } from "../helpers/editor.ts";
import { Machine, settled } from "../helpers/machine.ts";
import { beginTask, endTask } from "../helpers/task-run.ts";
import { clan } from "../views/clan.ts";
import { setUp, started, web } from "./commands.ts";

test("a command for a machine asks which, and runs in the clan's folder", async () => {
  setUp();
  editor.answers.push("web");
  await editor.run("clan.listBackups");
  expect(editor.dialogues.map(({ text, choices }) => [text, choices])).toEqual([
    ["List Backups: home", ["mac", "web"]],
  ]);
  expect(started()).toEqual(["/clan$ /bin/clan backups list web"]);
});

test("a lens that says all asks nothing", async () => {
  setUp();
  await editor.run("clan.updateMachines", web);
  expect(editor.dialogues).toEqual([]);
  expect(started()).toEqual(["/clan$ /bin/clan machines update web"]);
});

test("an entry of a view is for its target, and one without a target asks", async () => {
  setUp();
  const entry = { kind: "machine", id: "x", label: "web", icon: "server" };
  await editor.run("clan.updateMachines", { ...entry, target: web });
  expect(started()).toEqual(["/clan$ /bin/clan machines update web"]);
  editor.started.length = 0;
  await editor.run("clan.listBackups", entry);
  expect(editor.dialogues.map(({ text }) => text)).toEqual(["List Backups: home"]);
  expect(started()).toEqual([]);
});

/** An answer to all that a command asks. */
function answered({ asks }: ClanCommand): Target {
  const everything = {
    machines: ["web"],
    var: "ca/cert",
    generator: "ca",
    host: "root@web",
    template: "small",
    secret: "wifi",
    user: "alice",
    ageKey: "age1abc",
    group: "admins",
    provider: "borgbackup",
    backup: "web-1",
  };
  const fields = asks.map((subject) => subjects[subject].field);
  const answers = Object.entries(everything).filter(([field]) => fields.some((asked) => asked === field));
  return { root: clan.root, machines: [], ...Object.fromEntries(answers), replaces: ["ca/cert"] };
}

it.each(clanCommands.map((command) => [command.id, command] as const))(
  "%s: its terminal takes the keyboard where clan asks in it, and no other",
  async (id, command) => {
    setUp();
    const { interactive, question } = command;
    const { confirm } = question?.(answered(command)) ?? {};
    if (confirm !== undefined) editor.answers.push(confirm);
    await editor.run(id, answered(command));
    expect(editor.started.map(({ presentationOptions }) => presentationOptions.focus)).toEqual([
      interactive === true ? true : undefined,
    ]);
  },
);

test("in a browser it says where programs run, and asks nothing", async () => {
  setUp({ programs: undefined });
  for (const { id } of clanCommands) await editor.run(id, web);
  await editor.run("clan.run");
  expect(new Set(editor.messages)).toEqual(
    new Set([expect.stringMatching(/^warning: Clan cannot run programs in a browser\. .*on a machine/)]),
  );
  expect(started()).toEqual([]);
});

test("in a workspace that is not trusted no program is looked for, and the person may change that", async () => {
  editor.isTrusted = false;
  const programs = new Machine("clan");
  setUp({ programs });
  await editor.run("clan.updateMachines", web);
  await editor.run("clan.run");
  expect(editor.executed).toEqual([]);
  editor.answers.push("Manage Workspace Trust");
  await editor.run("clan.updateMachines", web);
  expect(editor.messages).toHaveLength(3);
  expect(editor.messages[0]).toMatch(/^warning: This workspace is not trusted/);
  expect(programs.looked).toEqual([]);
  expect(started()).toEqual([]);
  await Promise.resolve();
  expect(editor.executed).toEqual([["workbench.trust.manage"]]);
});

test("trust that is granted is enough for the next command", async () => {
  editor.isTrusted = false;
  setUp();
  await editor.run("clan.updateMachines", web);
  editor.trust();
  await editor.run("clan.updateMachines", web);
  expect(started()).toHaveLength(1);
});

test("without a clan it says what is missing", async () => {
  setUp({ clans: [] });
  await editor.run("clan.listBackups");
  await editor.run("clan.showClan");
  expect(editor.messages).toEqual([
    "information: There is no clan in this workspace: no flake.nix that defines one, and no clan.nix.",
    "information: There is no clan in this workspace: no flake.nix that defines one, and no clan.nix.",
  ]);
});

const lab = { ...clan, root: "file:///clan/lab%20two", name: undefined };

test("of several clans it asks which, by name and folder, and takes that", async () => {
  setUp({ clans: [clan, lab] });
  editor.answers.push("lab two");
  await editor.run("clan.showClan");
  const [list] = editor.dialogues;
  expect(list?.choices).toEqual(["home", "lab two"]);
  const items = list?.options["items"] as { description: string }[];
  expect(items.map(({ description }) => description)).toEqual(["/clan", "lab two"]);
  expect(started()).toEqual(["/clan/lab two$ /bin/clan show"]);
});

test("of several clans none is taken by itself", async () => {
  setUp({ clans: [clan, lab] });
  await editor.run("clan.showClan");
  expect(editor.dialogues).toHaveLength(1);
  expect(started()).toEqual([]);
});

test("a lens of one of several clans does not ask for the clan", async () => {
  setUp({ clans: [clan, lab] });
  editor.answers.push("");
  await editor.run("clan.installMachine", { root: lab.root, machines: ["web"] });
  expect(editor.dialogues[0]?.text).toBe("Install Machine: lab two");
});

test("a task is named after its folder where that is not the workspace's", async () => {
  setUp({ clans: [clan, lab] });
  await editor.run("clan.updateMachines", web);
  await editor.run("clan.updateMachines", { root: lab.root, machines: [] });
  expect(editor.started.map(({ name, definition }) => [name, definition])).toEqual([
    ["machines update web", { type: "clan", command: ["machines", "update"], machines: ["web"] }],
    [
      "machines update (all machines) in lab two",
      { type: "clan", command: ["machines", "update"], machines: [], folder: "lab two" },
    ],
  ]);
});

test("what destroys asks first: the first button does no harm, and the line that would run can be copied", async () => {
  setUp();
  editor.answers.push("Copy Command");
  await editor.run("clan.deleteMachine", web);
  const [question] = editor.dialogues;
  expect(question).toMatchObject({
    kind: "warning",
    text: "Delete web?",
    choices: ["Copy Command", "Delete"],
    options: { modal: true },
  });
  expect(editor.clipboard).toBe("clan machines delete web");
  expect(editor.statusMessages).toEqual(["Copied: clan machines delete web"]);
  expect(started()).toEqual([]);
});

test("a question that is left copies and runs nothing", async () => {
  setUp();
  await editor.run("clan.deleteMachine", web);
  expect([editor.clipboard, started()]).toEqual(["", []]);
});

test("a question that is confirmed runs, and copies nothing", async () => {
  setUp();
  editor.answers.push("Delete");
  await editor.run("clan.deleteMachine", web);
  expect([editor.clipboard, started()]).toEqual(["", ["/clan$ /bin/clan machines delete web"]]);
});

it.each(["-rf", "a\nb", "${env:HOME}", ""])(
  "a machine called %j is no word of a command line",
  async (name) => {
    setUp();
    await editor.run("clan.updateMachines", { root: clan.root, machines: [name] });
    expect(editor.messages).toEqual([`error: clan would not read “${name}” as a name.`]);
    expect(started()).toEqual([]);
  },
);

test("what destroys is refused at once where it cannot run", async () => {
  setUp();
  await editor.run("clan.deleteMachine", { root: clan.root, machines: ["-rf"] });
  expect(editor.messages).toEqual(["error: clan would not read “-rf” as a name."]);
});

test("a generator that cannot be handed over is refused with the reason", async () => {
  setUp();
  await editor.run("clan.regenerateVars", { ...web, generator: "${x}", replaces: [] });
  expect(editor.messages).toEqual(["error: “${x}” cannot be handed to clan."]);
});

test("without the program it says how to get it, and starts nothing", async () => {
  setUp({ programs: new Machine() });
  await editor.run("clan.updateMachines", web);
  expect(editor.messages).toEqual([expect.stringMatching(/^error: clan was not found\./)]);
  expect(started()).toEqual([]);
});

test("“Run…” lists all commands below their groups, with what each does and its line", async () => {
  setUp();
  editor.answers.push("Show Clan");
  await editor.run("clan.run");
  const [list] = editor.dialogues;
  expect(list?.text).toBe("Run");
  // “backups” and “clan vars” find commands as well as their titles do.
  expect(list?.options).toMatchObject({ matchOnDescription: true, matchOnDetail: true });
  expect(list?.choices).toHaveLength(clanCommands.length);
  const items = list?.options["items"] as {
    label: string;
    kind?: number;
    description?: string;
    detail?: string;
    iconPath?: { id: string };
  }[];
  const headings = items.filter(({ kind }) => kind === -1).map(({ label }) => label);
  expect(headings).toEqual([...new Set(clanCommands.map(({ group }) => group))]);
  expect(items[0]?.label).toBe("Machines");
  const icons = new Set(items.filter(({ kind }) => kind !== -1).map(({ iconPath }) => iconPath?.id));
  expect(icons).toEqual(new Set(["edit", "eye", "warning"]));
  expect(items.find(({ label }) => label === "Delete Machine…")).toMatchObject({
    description: "clan machines delete MACHINE",
    detail: "Deletes a machine from the clan, with its folder and vars.",
    iconPath: { id: "warning" },
  });
  expect(items.find(({ label }) => label === "Show Clan")?.iconPath?.id).toBe("eye");
  expect(items.find(({ label }) => label === "Fix Vars…")?.iconPath?.id).toBe("edit");
  expect(started()).toEqual(["/clan$ /bin/clan show"]);
});

test("“Run…” that is left runs nothing", async () => {
  setUp();
  await editor.run("clan.run");
  expect(editor.dialogues).toHaveLength(1);
  expect(started()).toEqual([]);
});

test("“Run…” of a machine has its commands alone, and is for it", async () => {
  setUp();
  editor.answers.push("List Backups…");
  await editor.run("clan.run", web);
  const [list] = editor.dialogues;
  expect(list?.text).toBe("Run web");
  expect(list?.choices).not.toContain("Show Clan");
  expect(list?.choices).not.toContain("Create Machine…");
  expect(started()).toEqual(["/clan$ /bin/clan backups list web"]);
});

describe("from the menu of rows", () => {
  const row = (...machines: readonly string[]): TreeEntry => ({
    kind: machines.length === 1 ? "machine" : "group",
    id: machines.join(),
    label: machines.join(),
    icon: "",
    target: { root: clan.root, machines },
  });
  const elsewhere = { ...row("db"), target: { root: "file:///other", machines: ["db"] } };

  it.each([
    [row("web"), undefined, "machines update web"],
    [row("web"), [row("web")], "machines update web"],
    [row("web"), [row("web"), row("mac")], "machines update mac web"],
    [row("web"), [row("web"), elsewhere, { ...row("x"), target: undefined } as never], "machines update web"],
    [row("mac", "web"), [row("mac", "web"), row("web")], "machines update mac web"],
  ])("a command for any number takes all that are selected", async (entry, selected, line) => {
    setUp();
    await editor.run("clan.updateMachines", entry, selected);
    expect(started()).toEqual([`/clan$ /bin/clan ${line}`]);
  });

  it("one for a single machine takes the one whose menu it is", async () => {
    setUp();
    await editor.run("clan.listBackups", row("web"), [row("mac"), row("web")]);
    expect(started()).toEqual(["/clan$ /bin/clan backups list web"]);
  });
});

describe("while something else runs", () => {
  /** It is running already. */
  async function begin(command: string, target: Target): Promise<void> {
    await editor.run(command, target);
    for (const task of editor.started.splice(0)) await beginTask(task);
  }
  const of = (...machines: readonly string[]) => ({ root: clan.root, machines });

  it.each([
    ["the same machine", "clan.updateMachines", of("web"), "clan.generateVars", of("web", "mac")],
    ["all machines", "clan.updateMachines", of(), "clan.updateMachines", of("web")],
    ["one of all", "clan.updateMachines", of("web"), "clan.updateMachines", of()],
  ])("on %s, a second one is not begun", async (_, first, target, second, other) => {
    setUp();
    await begin(first, target);
    await editor.run(second, other);
    expect(editor.started).toEqual([]);
    expect(editor.dialogues.map(({ choices }) => choices)).toEqual([["Show Terminal", "Stop It"]]);
    expect(editor.messages).toEqual([
      `warning: clan machines update ${target.machines[0] ?? "(all machines)"} is still running. Two runs on the same machine would interfere: wait for it to finish, or stop it.`,
    ]);
    expect(editor.running).toHaveLength(1);
  });

  it.each([
    ["another machine", "clan.updateMachines", of("web"), "clan.updateMachines", of("mac")],
    ["what only reads is begun", "clan.updateMachines", of("web"), "clan.listBackups", of("web")],
    ["a person's own shell", "clan.connectToMachine", of("web"), "clan.updateMachines", of("web")],
    ["what only reads is running", "clan.listBackups", of("web"), "clan.updateMachines", of("web")],
  ])("does not mind: %s", async (_, first, target, second, other) => {
    setUp();
    await begin(first, target);
    await editor.run(second, other);
    expect(editor.started).toHaveLength(1);
    expect(editor.messages).toEqual([]);
  });

  it("shows the terminal, or stops it; the new one is begun by the person", async () => {
    setUp();
    await begin("clan.updateMachines", of("web"));
    editor.answers.push("Show Terminal");
    await editor.run("clan.updateMachines", of("web"));
    expect(editor.executed).toEqual([["show terminal", "machines update web"]]);
    editor.answers.push("Stop It");
    const stopped = editor.run("clan.updateMachines", of("web"));
    await settled();
    // As Ctrl+C does, which clan answers by ending what it has begun.
    expect(editor.executed.at(-1)).toEqual(["type", "\x03"]);
    await endTask(editor.executionOf(editor.running[0] as Task), 1);
    await stopped;
    expect(editor.started).toEqual([]);
  });

  const update = {
    definition: { type: "clan", command: ["machines", "update"], machines: ["web"] },
    name: "Mine",
  };

  it.each(["clan.updateMachines", "clan.generateVars"])(
    "on the same machine, a task that is started by itself is ended: after %s",
    async (first) => {
      setUp();
      await begin(first, of("web"));
      await beginTask(update);
      expect(editor.running.map(({ name }) => name)).not.toContain("Mine");
      expect(editor.messages).toEqual([
        expect.stringMatching(/is still running, so “Mine” was not started\. Two runs/),
      ]);
    },
  );

  it("a task for another machine goes on, and one of another kind", async () => {
    setUp();
    await begin("clan.updateMachines", of("mac"));
    await beginTask(update);
    await beginTask({ ...update, definition: { ...update.definition, type: "npm" } });
    expect(editor.running).toHaveLength(3);
    expect(editor.messages).toEqual([]);
  });
});
