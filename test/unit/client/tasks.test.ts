/** The tasks that are offered, what a tasks.json runs or is refused, and what is said when a task has ended. */
import { describe, expect, it, test } from "vitest";
import { Task, TaskScope, Uri, type WorkspaceFolder } from "vscode";
import {
  type ClanTaskDefinition,
  clanTask,
  clanTaskProvider,
  folderOfTask,
} from "../../../client/src/tasks.ts";
import type { ClanSummary } from "../../../shared/requests.ts";
import { editor } from "./helpers/editor.ts";
import { Machine } from "./helpers/machine.ts";
import { clan } from "./views/clan.ts";

const infra = (): WorkspaceFolder => ({ uri: Uri.parse("file:///clan"), name: "clan", index: 0 });

interface Process {
  readonly process: string;
  readonly args: readonly string[];
  readonly options: { readonly cwd: string; readonly env?: Readonly<Record<string, string>> };
}

function lineOf({ execution }: Task): string {
  const { process, args, options } = execution as unknown as Process;
  return [`${options.cwd}$`, process, ...args].join(" ");
}

test("clan takes the clan of the folder, whatever the environment says", async () => {
  const environments = async (definition: Partial<ClanTaskDefinition>) => {
    const task = await resolved(definition);
    return (task?.execution as unknown as Process | undefined)?.options.env;
  };
  expect(await environments({ command: ["show"] })).toEqual({ CLAN_DIR: "/clan" });
  expect(await environments({ command: ["show"], folder: "infra" })).toEqual({ CLAN_DIR: "/clan/infra" });
});

const never = { isCancellationRequested: false } as never;

/** What is offered: names and lines. */
async function offered(
  machine: Machine,
  clans: readonly ClanSummary[] = [clan],
): Promise<Map<string, string>> {
  const tasks = await clanTaskProvider(machine, async () => clans).provideTasks(never);
  return new Map((tasks ?? []).map((task) => [task.name, lineOf(task)]));
}

function taskOf(definition: Partial<ClanTaskDefinition>, scope: Task["scope"] = infra()): Task {
  const whole = { type: "clan", ...definition };
  return new Task(whole, scope as WorkspaceFolder, "mine", "clan", undefined, []);
}

/** As VS Code asks for a task of tasks.json before it runs it. */
async function resolved(
  definition: Partial<ClanTaskDefinition>,
  { machine = new Machine("clan"), scope = infra() as Task["scope"] } = {},
): Promise<Task | undefined> {
  const provider = clanTaskProvider(machine, async () => [clan]);
  return (await provider.resolveTask(taskOf(definition, scope), never)) ?? undefined;
}

/** What its terminal says in place of a run, and how that ends. */
async function refusal(definition: Partial<ClanTaskDefinition>): Promise<unknown[]> {
  const task = await resolved(definition);
  if (task === undefined) throw new Error("there is no task");
  const { callback } = task.execution as unknown as {
    callback(): Promise<{
      onDidWrite(listener: (text: string) => void): void;
      onDidClose(listener: (code: number) => void): void;
      open(): void;
    }>;
  };
  const terminal = await callback();
  const said: unknown[] = [];
  terminal.onDidWrite((text) => said.push(text));
  terminal.onDidClose((code) => said.push(code));
  terminal.open();
  return said;
}

describe("what is offered", () => {
  it.each([
    [["clan", "direnv"], "/clan$ /bin/clan show"],
    [["direnv"], "/clan$ /bin/direnv exec /clan clan show"],
    [[], "/clan$ clan show"],
  ])("starts nothing: of %j", async (programs, expected) => {
    const machine = new Machine(...programs);
    expect((await offered(machine)).get("show")).toBe(expected);
    expect(machine.ran).toEqual([]);
  });

  it("is what needs no answer, or can be for all machines", async () => {
    const tasks = await offered(new Machine("clan"));
    expect(tasks.get("machines update (all machines)")).toBe("/clan$ /bin/clan machines update");
    expect(tasks.get("show")).toBe("/clan$ /bin/clan show");
    const names = [...tasks.keys()].join();
    for (const asks of ["install", "delete", "backups", "ssh", "vars set"]) expect(names).not.toContain(asks);
  });

  it("is there for each clan, in its folder", async () => {
    const tasks = await offered(new Machine("clan"), [clan, { ...clan, root: "file:///clan/lab" }]);
    expect(tasks.get("show")).toBe("/clan$ /bin/clan show");
    expect(tasks.get("show in lab")).toBe("/clan/lab$ /bin/clan show");
  });

  it("is nothing without a clan", async () => {
    expect([...(await offered(new Machine("clan"), []))]).toEqual([]);
  });

  it("takes the way to clan that is set", async () => {
    editor.settings.set("clan.command", { globalValue: ["nix", "develop", "-c", "clan"] });
    expect((await offered(new Machine("nix"))).get("show")).toBe("/clan$ /bin/nix develop -c clan show");
  });

  it("looks for no program in a workspace that is not trusted", async () => {
    editor.isTrusted = false;
    const machine = new Machine("clan", "direnv");
    expect((await offered(machine)).get("show")).toBe("/clan$ clan show");
    expect(machine.looked).toEqual([]);
  });

  it("says clan where there is none: the terminal then tells", async () => {
    expect((await offered(new Machine())).get("show")).toBe("/clan$ clan show");
    editor.settings.set("clan.command", { globalValue: ["gone", "x"] });
    expect((await offered(new Machine())).get("show")).toBe("/clan$ gone x show");
  });
});

describe("a task of tasks.json", () => {
  it("runs where and for whom it says", async () => {
    const update = ["machines", "update"];
    const lines = [
      { command: update },
      { command: update, machines: ["web"], folder: "lab" },
      { command: update, folder: "/else/where" },
      { command: update, options: ["--debug"], folder: "." },
      { command: ["vars", "set"], machines: ["web"], var: "ca/key" },
    ].map(async (definition) => {
      const task = await resolved(definition);
      return task && lineOf(task);
    });
    expect(await Promise.all(lines)).toEqual([
      "/clan$ /bin/clan machines update",
      "/clan/lab$ /bin/clan machines update web",
      "/else/where$ /bin/clan machines update",
      "/clan$ /bin/clan machines update --debug",
      "/clan$ /bin/clan vars set web ca/key",
    ]);
  });

  it("keeps its definition, by which VS Code knows it", async () => {
    const definition = { command: ["show"], folder: "lab" };
    expect((await resolved(definition))?.definition).toEqual({ type: "clan", ...definition });
    expect((await resolved({ command: ["nonsense"] }))?.name).toBe("mine");
  });

  it("of the whole workspace runs in the first folder, and nowhere without one", async () => {
    editor.folders = ["file:///first", "file:///second"];
    const task = await resolved({ command: ["show"] }, { scope: TaskScope.Workspace });
    expect(task && lineOf(task)).toBe("/first$ /bin/clan show");
    editor.folders = [];
    expect(await resolved({ command: ["show"] }, { scope: TaskScope.Workspace })).toBeUndefined();
  });

  it("of another folder than the first runs there", async () => {
    editor.folders = ["file:///first", "file:///second"];
    const second = { uri: Uri.parse("file:///second"), name: "second", index: 1 };
    const task = await resolved({ command: ["show"] }, { scope: second });
    expect(task && lineOf(task)).toBe("/second$ /bin/clan show");
    expect(folderOfTask(taskOf({ command: ["show"] }, second))?.fsPath).toBe("/second");
  });

  it.each<[Partial<ClanTaskDefinition>, RegExp]>([
    [
      { command: ["machines", "delete"], machines: ["web"] },
      /it cannot be undone.*Run it from the command palette\.\r\n$/,
    ],
    [{ command: ["machines", "install"], machines: ["web"], options: ["--ye"] }, /it would wipe disks/],
    [{ command: ["vars", "generate"], options: ["--regenerate"] }, /it replaces existing files/],
    [{ command: ["vars", "get"], machines: ["web"], var: "ca/key" }, /it would also print secrets/],
    [{ command: ["nonsense"] }, /There is no command “clan nonsense”/],
    [{ command: ["show"], machines: ["web"] }, /takes no machine\.\r\n$/],
    [{ command: ["machines", "update"], machines: ["-x"] }, /would not read “-x” as a name/],
  ])("says in its terminal why it does not run: %j", async (definition, reason) => {
    expect(await refusal(definition)).toEqual([expect.stringMatching(reason), 1]);
  });

  it("looks for no program where it is refused", async () => {
    const machine = new Machine("clan", "direnv");
    await resolved({ command: ["nonsense"] }, { machine });
    expect(machine.looked).toEqual([]);
  });
});

it.each([
  [{ command: ["machines", "update"] }, "machines update (all machines)"],
  [{ command: ["machines", "update"], machines: ["db", "web"] }, "machines update db web"],
  [{ command: ["vars", "set"], machines: ["web"], var: "ca/key" }, "vars set web ca/key"],
  [{ command: ["show"], options: ["--debug"], folder: "lab" }, "show --debug in lab"],
])("a task is called by all that tells it from others: %j", (definition, name) => {
  const task = clanTask({ type: "clan", ...definition }, Uri.parse("file:///clan"), ["/bin/clan"]);
  expect(task).toMatchObject({ name, source: "clan", scope: { name: "clan" }, problemMatchers: [] });
});

test("a task outside of the workspace's folders belongs to the workspace", () => {
  const task = clanTask({ type: "clan", command: ["show"] }, Uri.parse("file:///else"), []);
  expect(task).toMatchObject({ scope: TaskScope.Workspace, execution: { process: "clan", args: ["show"] } });
});

it.each([
  [infra(), undefined, "/clan"],
  [infra(), "lab", "/clan/lab"],
  [infra(), "/lab", "/lab"],
  [TaskScope.Workspace, undefined, "/clan"],
])("a task ran in the folder it says", (scope, folder, expected) => {
  expect(folderOfTask(taskOf({ command: ["show"], ...(folder && { folder }) }, scope))?.fsPath).toBe(
    expected,
  );
});

test("a task of a workspace without folders ran nowhere that is known", () => {
  editor.folders = [];
  expect(folderOfTask(taskOf({ command: ["show"] }, TaskScope.Workspace))).toBeUndefined();
});
