/** What a person is told when a `clan` task ends, and what is in Problems until it runs again. */
import { describe, expect, it, vi } from "vitest";
import { type Task, TaskScope } from "vscode";
import { reportRuns } from "../../../../client/src/runs/report.ts";
import { Runs } from "../../../../client/src/runs/runs.ts";
import { editor } from "../helpers/editor.ts";
import { settled } from "../helpers/machine.ts";
import { beginTask, endTask } from "../helpers/task-run.ts";
import { clan } from "../views/clan.ts";

/** Follows tasks from now on. Answers the deletions that are asked about. */
function follow(inventory = async () => [clan]): unknown[] {
  const deletions: unknown[] = [];
  reportRuns(new Runs(inventory), inventory, async (done, folder, machine) => {
    deletions.push([done, folder.fsPath, machine]);
  });
  return deletions;
}

async function runs(
  task: Partial<Task>,
  exitCode: number | undefined,
  text?: Parameters<typeof beginTask>[1],
): Promise<void> {
  await endTask(await beginTask(task, text), exitCode);
}

/** "file:line:column-column message (source)" of what is in Problems. */
function problems(): string[] {
  return [...editor.diagnostics].flatMap((byUri) =>
    [...byUri].flatMap(([uri, found]) =>
      found.map(({ range: { start, end }, message, source }) => {
        const at = [start.line, start.character, end.character].join(":");
        return `${uri}:${at} ${message} (${source})`;
      }),
    ),
  );
}

const update = {
  definition: { type: "clan", command: ["machines", "update"], machines: ["web"] },
  name: "machines update web",
};
const several = {
  definition: { type: "clan", command: ["machines", "update"], machines: ["db", "mail", "web"] },
  name: "machines update db mail web",
};
const file = "file:///clan/modules/x.nix";
const copy = "/nix/store/0123456789abcdfghijklmnpqrsvwxyz-source";
const undefinedVariable = `error: undefined variable 'undef'\r\n       at ${copy}/modules/x.nix:2:7:\r\n`;

describe("a run that failed", () => {
  it("names the machine and the first error, and leads to its place", async () => {
    editor.files.set(file, "{\n  a = undef;\n}\n");
    editor.answers.push("Show");
    follow();
    await runs(update, 1, undefinedVariable);
    expect(editor.messages).toEqual(["error: clan machines update web failed: undefined variable 'undef'."]);
    expect(editor.dialogues[0]?.choices).toEqual(["Show", "Show Terminal"]);
    expect(editor.shown).toMatchObject([[file, { start: { line: 1, character: 6 } }]]);
    expect(problems()).toEqual([`${file}:1:6:11 undefined variable 'undef' (clan machines update web)`]);
  });

  it("leaves what it found in Problems until the same task runs again", async () => {
    editor.files.set(file, "{\n  a = undef;\n}\n");
    follow();
    await runs(update, 1, undefinedVariable);
    await runs({}, 0, "");
    expect(problems()).toHaveLength(1);
    await runs(update, 1, undefinedVariable);
    expect(problems()).toHaveLength(1);
    await runs(update, 0, "");
    expect(problems()).toEqual([]);
  });

  it("shows the place in the nearest file of the workspace that the trace names", async () => {
    editor.files.set(file, "{\n  a = undef;\n}\n");
    editor.files.set("file:///nix/store/lib.nix", "{ }");
    const trace = `error:\n       … while x\n         at ${copy}/modules/x.nix:2:3:\n       … while y\n         at /nix/store/lib.nix:1:1:\n\n       error: bad\n`;
    follow();
    await runs(update, 1, trace);
    expect(problems()).toEqual([`${file}:1:2:3 bad (clan machines update web)`]);
  });

  it("shows its terminal where no file has the place", async () => {
    editor.answers.push("Show Terminal");
    follow();
    await runs(update, 1, undefinedVariable);
    expect(editor.dialogues[0]?.choices).toEqual(["Show Terminal"]);
    expect(editor.executed).toEqual([["show terminal", "machines update web"]]);
    expect(problems()).toEqual([]);
  });

  it("tells the machines that failed from those that are done", async () => {
    follow();
    await runs(
      several,
      1,
      "[db] error: disk full\n[db] failed with error: x\n[mail] failed with error: no route\n",
    );
    expect(editor.messages).toEqual([
      "error: clan machines update db mail web failed on db, mail: disk full (db). Done: web.",
    ]);
  });

  it("names the machine of an update of all", async () => {
    follow();
    const all = {
      definition: { ...update.definition, machines: [] },
      name: "machines update (all machines)",
    };
    await runs(all, 1, "[mac] failed with error: no route\n");
    expect(editor.messages).toEqual(["error: clan machines update (all machines) failed on mac: no route."]);
  });

  it("says all the same what failed when the server does not run", async () => {
    follow(() => Promise.reject(new Error("the server does not run")));
    await runs(update, 1, "error: disk full\n");
    expect(editor.messages).toEqual(["error: clan machines update web failed: disk full."]);
  });

  it("is read as a whole, though the end of what it printed comes after its own", async () => {
    follow();
    let goOn = () => undefined as unknown;
    const late = new Promise<void>((resolve) => {
      goOn = resolve;
    });
    await runs(update, 1, async function* () {
      yield "error: disk";
      await late;
      yield " full\n";
    });
    expect(editor.messages).toEqual([]);
    goOn();
    await settled();
    expect(editor.messages).toEqual(["error: clan machines update web failed: disk full."]);
  });

  it("waits no longer than two seconds for the end of what was printed", async () => {
    vi.useFakeTimers({ toFake: ["setTimeout"] });
    follow();
    await runs(update, 1, async function* () {
      yield "error: disk full\n";
      await new Promise(() => undefined);
    });
    expect(editor.messages).toEqual([]);
    vi.advanceTimersByTime(2000);
    vi.useRealTimers();
    await settled();
    expect(editor.messages).toEqual(["error: clan machines update web failed: disk full."]);
  });

  it("is not mixed up with what another terminal prints", async () => {
    follow();
    await beginTask({}, "error: other\n");
    const execution = await beginTask(update, "error: mine\n");
    await beginTask({ name: "vars list" }, "error: another\n");
    await endTask(execution, 1);
    expect(editor.messages).toEqual(["error: clan machines update web failed: mine."]);
  });
});

describe("what a terminal prints is not read", () => {
  /** What was read of a terminal while this runs. */
  async function readWhile(running: Partial<Task> | undefined): Promise<number> {
    follow();
    let read = 0;
    async function* lines() {
      for (; read < 50; read++) yield "error: secret\n";
    }
    if (running !== undefined) await beginTask(running);
    editor.events.terminalRuns.fire({
      terminal: { processId: Promise.resolve(1) },
      execution: { read: lines },
    });
    await settled();
    return read;
  }

  it.each([
    ["of a shell", undefined],
    ["of other tasks", { definition: { type: "npm", command: ["show"] } }],
    ["of a secret", { definition: { type: "clan", command: ["secrets", "get"], names: ["wifi"] } }],
    ["of a shell on a machine", { definition: { type: "clan", command: ["ssh"], machines: ["web"] } }],
  ])("%s", async (_name, task) => {
    expect(await readWhile(task)).toBe(0);
  });

  it("but of a run of clan it is", async () => {
    expect(await readWhile({})).toBe(50);
  });

  it("and nothing of it is told where a shell on a machine ended with an error", async () => {
    follow();
    await runs(
      { definition: { type: "clan", command: ["ssh"], machines: ["web"] }, name: "ssh web" },
      1,
      "error: x\n",
    );
    expect(editor.messages).toEqual(["error: clan ssh web: ended with exit code 1."]);
  });
});

describe("when a task ends", () => {
  /** What was said, and the deletions that were asked about. */
  async function ends(task: Partial<Task>, exitCode: number | undefined): Promise<unknown[]> {
    const deletions = follow();
    await runs(task, exitCode);
    return deletions;
  }

  it.each([
    [{ name: "machines update web", source: "clan" }, "clan machines update web"],
    [{ name: "clan: mine", source: "clan" }, "clan mine"],
    [{ name: "clan: mine", source: "Workspace" }, "clan mine"],
    [{ name: "Nightly update", source: "Workspace" }, "Nightly update"],
  ])("it is called as the person knows it: %j", async (task, name) => {
    await ends(task, 0);
    expect(editor.messages).toEqual([]);
    expect(editor.statusMessages).toEqual([`$(check) ${name}: done.`]);
  });

  it.each([
    [several, "clan machines update: done for db, mail, web."],
    [{ ...several, name: "Nightly", source: "Workspace" }, "Nightly: done for db, mail, web."],
  ])("names the machines, where there were several", async (task, says) => {
    await ends(task, 0);
    expect(editor.statusMessages).toEqual([`$(check) ${says}`]);
  });

  it("says with what it failed, and shows its terminal", async () => {
    editor.answers.push("Show Terminal");
    await ends({}, 3);
    expect(editor.messages).toEqual(["error: clan show: ended with exit code 3."]);
    expect(editor.executed).toEqual([["show terminal", "show"]]);
  });

  it("shows the newest terminal where it is not known which is its own", async () => {
    editor.answers.push("Show Terminal");
    const execution = await beginTask({});
    editor.terminals.length = 0;
    follow();
    await endTask(execution, 3);
    expect(editor.messages).toEqual([]);
    const other = await beginTask({});
    editor.terminals.length = 0;
    await endTask(other, 3);
    expect(editor.executed).toEqual([["workbench.action.terminal.focus"]]);
  });

  it("leaves the terminal where the person does not ask for it", async () => {
    await ends({}, 3);
    expect(editor.dialogues[0]?.choices).toEqual(["Show Terminal"]);
    expect(editor.executed).toEqual([]);
  });

  it("says why one was refused, not how its terminal ended", async () => {
    await ends({ definition: { type: "clan", command: ["machines", "delete"], machines: ["web"] } }, 1);
    expect(editor.messages).toEqual([expect.stringMatching(/cannot run as a task: it cannot be undone/)]);
  });

  it.each([
    [{ definition: { type: "npm", command: ["show"] } }, 0],
    [{ definition: { type: "npm", command: ["show"] } }, 1],
    [{}, undefined],
  ])("says nothing of other tasks, nor of one that was ended: %j", async (task, exitCode) => {
    expect(await ends(task, exitCode)).toEqual([]);
    expect([editor.messages, editor.statusMessages]).toEqual([[], []]);
  });

  const deletion = { type: "clan", command: ["machines", "delete"], machines: ["web"] };

  it("goes on to what is left of a machine that is deleted", async () => {
    const task = { definition: deletion, name: "machines delete web" };
    expect(await ends(task, 0)).toEqual([["clan machines delete web: done.", "/clan", "web"]]);
    expect(editor.messages).toEqual([]);
  });

  it("says no more of another command for a machine", async () => {
    expect(await ends({ definition: { ...deletion, command: ["machines", "update"] } }, 0)).toEqual([]);
    expect(editor.statusMessages).toEqual(["$(check) clan show: done."]);
  });

  it("does not where the deletion failed, or its machine or folder is not known", async () => {
    expect(await ends({ definition: deletion }, 1)).toEqual([]);
    expect(await ends({ definition: { ...deletion, machines: [] } }, 0)).toEqual([]);
    editor.folders = [];
    expect(await ends({ definition: deletion, scope: TaskScope.Workspace }, 0)).toEqual([]);
  });

  it("follows no task after it is disposed", () => {
    const followed = new Runs(async () => []);
    reportRuns(
      followed,
      async () => [],
      async () => undefined,
    ).dispose();
    followed.dispose();
    const listening = Object.entries(editor.events).filter(([, event]) => event.size > 0);
    expect(listening.map(([name]) => name)).toEqual([]);
  });
});
