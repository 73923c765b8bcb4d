/** What people meet on the way from a command in the palette, a lens or a menu to the task that runs. */
import { describe, expect, it, test } from "vitest";
import { clanCommands } from "../../../../client/src/commands/clan-commands.ts";
import { type ClanCommand, subjects, type Target } from "../../../../client/src/commands/command.ts";
import { createDialogue } from "../../../../client/src/commands/dialogue.ts";
import { registerClanCommands } from "../../../../client/src/commands/run.ts";
import type { ClanSummary, VarsParams, VarsSummary } from "../../../../shared/requests.ts";
import { editor } from "../helpers/editor.ts";
import { Machine, platformOf } from "../helpers/machine.ts";
import { clan, line } from "../views/clan.ts";

const place = line(2);
const vars: VarsSummary = {
  generators: [
    {
      name: "ca",
      files: [
        { name: "key", secret: true, exists: true },
        { name: "cert", secret: false, exists: false },
        { name: "odd", secret: undefined, exists: undefined },
      ],
      replaces: ["ca/key (web)"],
      folder: undefined,
      place,
    },
    {
      name: "ssh",
      files: [{ name: "pub", secret: false, exists: true }],
      replaces: [],
      folder: undefined,
      place,
    },
  ],
  open: undefined,
};

const open = { reason: "the input hosts is not here", place: undefined };

interface Setup {
  readonly programs?: Machine | undefined;
  readonly clans?: readonly ClanSummary[];
  readonly vars?: VarsSummary;
}

/** Registers all commands; what the server was asked for vars. */
function setUp(setup: Setup = {}): VarsParams[] {
  const asked: VarsParams[] = [];
  const programs = "programs" in setup ? setup.programs : new Machine("clan");
  const varsOf = async (params: VarsParams) => {
    asked.push(params);
    return setup.vars ?? vars;
  };
  registerClanCommands(
    platformOf(programs),
    createDialogue(async () => setup.clans ?? [clan], varsOf),
    async () => ({ mistakes: [], untracked: [], missingVars: [], withoutHost: [] }),
  );
  return asked;
}

/** The command lines of what was started, with the folders. */
function started(): string[] {
  return editor.started.map(({ execution }) => {
    const { process, args, options } = execution as unknown as {
      process: string;
      args: readonly string[];
      options: { cwd: string };
    };
    return [`${options.cwd}$`, process, ...args].join(" ");
  });
}

const web = { root: clan.root, machines: ["web"] };

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

it("types a new machine's name until it is a hostname that is free", async () => {
  setUp();
  editor.answers.push("web", "-x", "nb", "new-machine");
  await editor.run("clan.createMachine");
  expect(editor.problems).toEqual([
    "There is a machine web already.",
    "A hostname has letters, digits and dashes, and neither begins nor ends with a dash.",
  ]);
  expect(started()).toEqual(["/clan$ /bin/clan machines create nb"]);
});

it("offers the templates that clan has and those of the clan, and takes one of another flake", async () => {
  setUp({ clans: [{ ...clan, machineTemplates: ["router"] }] });
  editor.answers.push("nb", "Other…", "-t", "x y", "github:me/x#big");
  await editor.run("clan.createMachine");
  expect(editor.dialogues[1]?.choices).toEqual(["new-machine", "flash-installer", "router", "Other…"]);
  expect(editor.problems).toHaveLength(2);
  expect(started()).toEqual(["/clan$ /bin/clan machines create nb --template github:me/x#big"]);
});

it.each([["flash-installer"], ["router"]])("names the template %s", async (template) => {
  setUp({ clans: [{ ...clan, machineTemplates: ["router"] }] });
  editor.answers.push("nb", template);
  await editor.run("clan.createMachine");
  expect(started()).toEqual([`/clan$ /bin/clan machines create nb --template ${template}`]);
});

it("offers the host of the configuration, and asks before disks are wiped", async () => {
  setUp();
  editor.answers.push("web", "root@10.0.0.7 -x", "root@10.0.0.7", "Wipe and Install");
  await editor.run("clan.installMachine");
  expect(editor.dialogues[1]?.options["value"]).toBe("root@web");
  expect(editor.problems).toHaveLength(1);
  expect(started()).toEqual(["/clan$ /bin/clan machines install web --target-host root@10.0.0.7"]);
});

it("leaves the host to clan where none is typed", async () => {
  setUp();
  editor.answers.push("mac", "", "Wipe and Install");
  await editor.run("clan.installMachine");
  expect(editor.dialogues[1]?.options["value"]).toBe("");
  expect(editor.dialogues[2]?.text).toBe("Install mac on the host its configuration names?");
  expect(started()).toEqual(["/clan$ /bin/clan machines install mac"]);
});

it.each([[[]], [["web"]]])("installs nothing where the person leaves after %j", async (answers) => {
  setUp();
  editor.answers.push(...answers);
  await editor.run("clan.installMachine");
  expect(editor.dialogues).toHaveLength(answers.length + 1);
  expect(started()).toEqual([]);
});

it.each([[[]], [["nb"]], [["nb", "Other…"]]])(
  "creates nothing where the person leaves after %j",
  async (answers) => {
    setUp();
    editor.answers.push(...answers);
    await editor.run("clan.createMachine");
    expect(editor.dialogues).toHaveLength(answers.length + 1);
    expect(started()).toEqual([]);
  },
);

test("a clan without machines is explained, and one that may have some is asked for a name", async () => {
  const none = { ...clan, machines: [] };
  setUp({ clans: [none] });
  await editor.run("clan.listBackups");
  expect(editor.messages).toEqual(["information: The clan home has no machines."]);
});

test("where machines may be missing, a name can be typed that is one", async () => {
  setUp({ clans: [{ ...clan, machines: [], open }] });
  editor.answers.push("Other…", "-x", "ghost");
  await editor.run("clan.listBackups");
  const items = editor.dialogues[0]?.options["items"] as { description: string }[];
  expect(items.map(({ description }) => description)).toEqual([open.reason]);
  expect(editor.problems).toEqual(["This is not the name of a machine."]);
  expect(started()).toEqual(["/clan$ /bin/clan backups list ghost"]);
});

test("where all machines are known none can be typed", async () => {
  setUp();
  await editor.run("clan.listBackups");
  expect(editor.dialogues[0]?.choices).toEqual(["mac", "web"]);
});

it("asks which generator, of the machine chosen, and what is replaced", async () => {
  const asked = setUp();
  editor.answers.push("web", "ca", "Regenerate");
  await editor.run("clan.runGenerator");
  expect(asked).toEqual([{ root: clan.root, machine: "web" }]);
  expect(editor.dialogues[1]).toMatchObject({ text: "Run One Generator: home", choices: ["ca", "ssh"] });
  const items = editor.dialogues[1]?.options["items"] as { description: string }[];
  expect(items.map(({ description }) => description)).toEqual(["key, cert, odd", "pub"]);
  expect(editor.dialogues[2]?.options["detail"]).toMatch(/\nca\/key \(web\)$/);
  expect(started()).toEqual(["/clan$ /bin/clan vars generate web --generator ca"]);
});

test("a generator that replaces nothing runs without a question", async () => {
  setUp();
  editor.answers.push("ssh");
  await editor.run("clan.runGenerator", web);
  expect(started()).toEqual(["/clan$ /bin/clan vars generate web --generator ssh"]);
});

test("a generator that is typed may replace anything: the question says so", async () => {
  setUp({ vars: { ...vars, open } });
  editor.answers.push("Other…", "a/b", "new", "Regenerate");
  await editor.run("clan.runGenerator", web);
  expect(editor.problems).toEqual(["This is not the name of a generator."]);
  expect(editor.dialogues.at(-1)?.options["detail"]).toMatch(
    /\nall that new made before\nall that generators made which depend on it$/,
  );
  expect(started()).toEqual(["/clan$ /bin/clan vars generate web --generator new"]);
});

test("from the row of a generator it is that one, with what it replaces", async () => {
  setUp();
  editor.answers.push("Regenerate");
  await editor.run("clan.runGenerator", { ...web, within: "ca" });
  expect(editor.dialogues.map(({ text }) => text)).toEqual(["Regenerate ca?"]);
  expect(started()).toEqual(["/clan$ /bin/clan vars generate web --generator ca"]);
});

test("a row whose generator is gone by now asks as if it were typed", async () => {
  setUp();
  await editor.run("clan.runGenerator", { ...web, within: "gone" });
  expect(editor.dialogues[0]?.options["detail"]).toMatch(/all that gone made before/);
  expect(started()).toEqual([]);
});

test("a machine without generators has none to run, which is said", async () => {
  setUp({ vars: { generators: [], open: undefined } });
  await editor.run("clan.runGenerator", web);
  expect(editor.messages).toEqual(["information: Run One Generator: home: this machine has none."]);
});

it("offers all vars to set, saying which are secret and which have a value", async () => {
  setUp();
  editor.answers.push("ca/cert");
  await editor.run("clan.setVar", web);
  const items = editor.dialogues[0]?.options["items"] as { label: string; description: string }[];
  expect(items.map(({ label, description }) => [label, description])).toEqual([
    ["ca/key", "secret, has a value"],
    ["ca/cert", "has no value yet"],
    ["ca/odd", ""],
    ["ssh/pub", "has a value"],
  ]);
  expect(started()).toEqual(["/clan$ /bin/clan vars set web ca/cert"]);
});

it("prints no secret: neither one that is known nor one that may be", async () => {
  setUp({ vars: { ...vars, open } });
  await editor.run("clan.getVar", web);
  expect(editor.dialogues[0]?.choices).toEqual(["ca/cert", "ssh/pub"]);
});

it("says that a machine has no public vars", async () => {
  const [ca] = vars.generators;
  if (ca === undefined) throw new Error("there is a generator");
  setUp({ vars: { generators: [{ ...ca, files: ca.files.slice(0, 1) }], open } });
  await editor.run("clan.getVar", web);
  expect(editor.messages).toEqual(["information: Get Public Var: home: this machine has none."]);
});

test("from the row of a generator only its vars are offered", async () => {
  setUp();
  await editor.run("clan.setVar", { ...web, within: "ssh" });
  expect(editor.dialogues[0]?.choices).toEqual(["ssh/pub"]);
});

it("lets a var be typed where there may be more", async () => {
  setUp({ vars: { ...vars, open } });
  editor.answers.push("Other…", "ca", "new/key");
  await editor.run("clan.setVar", web);
  expect(editor.problems).toEqual(["A var is written as GENERATOR/FILE."]);
  expect(started()).toEqual(["/clan$ /bin/clan vars set web new/key"]);
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

describe("while something else runs", () => {
  /** It is running already. */
  async function begin(command: string, target: Target): Promise<void> {
    await editor.run(command, target);
    editor.running.push(...editor.started.splice(0));
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
    expect(editor.executed).toEqual([["workbench.action.terminal.focus"]]);
    editor.answers.push("Stop It");
    await editor.run("clan.updateMachines", of("web"));
    expect(editor.running).toEqual([]);
    expect(editor.started).toEqual([]);
  });
});
