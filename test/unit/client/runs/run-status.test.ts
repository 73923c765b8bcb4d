/** What runs, in the status bar and its list, and how it is stopped. */
import { beforeEach, expect, it, vi } from "vitest";
import { reportRuns } from "../../../../client/src/runs/report.ts";
import { showRuns } from "../../../../client/src/runs/run-status.ts";
import { Runs } from "../../../../client/src/runs/runs.ts";
import { machineTree } from "../../../../client/src/views/machine-tree.ts";
import { editor } from "../helpers/editor.ts";
import { settled } from "../helpers/machine.ts";
import { beginTask, endTask } from "../helpers/task-run.ts";
import { clan, entryAt } from "../views/clan.ts";

const update = {
  definition: { type: "clan", command: ["machines", "update"], machines: ["web"] },
  name: "machines update web",
};
let runs: Runs;

beforeEach(() => {
  runs = new Runs(async () => [clan]);
  showRuns(runs);
  reportRuns(
    runs,
    async () => [clan],
    async () => undefined,
  );
});

const status = () => editor.statusItems.get("clan.runs");

it("names what runs, and is gone when nothing does", async () => {
  expect(status()).toBeUndefined();
  const first = await beginTask(update);
  expect(status()).toBe("$(sync~spin) clan machines update web");
  const second = await beginTask({});
  await beginTask({ definition: { type: "npm", command: ["x"] } });
  expect(status()).toBe("$(sync~spin) clan: 2 running");
  await endTask(first, 0);
  expect(status()).toBe("$(sync~spin) clan show");
  await endTask(second, 0);
  expect(status()).toBeUndefined();
});

it("goes when no process ever ended", async () => {
  const execution = await beginTask(update);
  editor.events.taskGone.fire({ execution });
  await settled();
  expect(status()).toBeUndefined();
  expect(editor.messages).toEqual([]);
});

it("lists what runs and what ran, with what became of it", async () => {
  await endTask(await beginTask({}), 0);
  await endTask(await beginTask(update, "error: disk full\n"), 1);
  await beginTask({ name: "vars list web" });
  editor.dialogues.length = 0;
  await editor.run("clan.showRuns");
  expect(editor.dialogues[0]?.choices).toEqual([
    "Stop clan vars list web",
    "clan vars list web",
    "clan machines update web",
    "clan show",
  ]);
  const items = editor.dialogues[0]?.options["items"] as { description?: string }[];
  const described = items.flatMap(({ description }) => description ?? []);
  expect(described).toEqual([
    expect.stringMatching(/^running · since \d/),
    expect.stringMatching(/^failed: disk full · \d/),
    expect.stringMatching(/^done · \d/),
  ]);
});

it("shows the terminal of the one that is chosen", async () => {
  await beginTask(update);
  editor.answers.push("clan machines update web");
  await editor.run("clan.showRuns");
  expect(editor.executed).toEqual([["show terminal", "machines update web"]]);
});

it("says that nothing has run", async () => {
  await editor.run("clan.showRuns");
  expect(editor.messages).toEqual(["information: No command of clan has run in this window yet."]);
});

it("stops as Ctrl+C does, and says nothing of how that ended", async () => {
  const execution = await beginTask(update);
  editor.answers.push("Stop clan machines update web");
  const stopped = editor.run("clan.showRuns");
  await settled();
  expect(editor.executed).toEqual([["type", "\x03"]]);
  expect(editor.running).toHaveLength(1);
  await endTask(execution, 1);
  await stopped;
  expect(editor.messages).toEqual([]);
  expect(runs.all.map(({ state }) => state)).toEqual(["stopped"]);
});

it("ends what does not listen", async () => {
  vi.useFakeTimers({ toFake: ["setTimeout"] });
  await beginTask(update);
  editor.answers.push("Stop clan machines update web");
  const stopped = editor.run("clan.showRuns");
  await settled();
  vi.advanceTimersByTime(4999);
  await settled();
  expect(editor.running).toHaveLength(1);
  vi.advanceTimersByTime(1);
  vi.useRealTimers();
  await stopped;
  expect(editor.running).toEqual([]);
});

it("stops the run of a machine from its row, and shows its terminal", async () => {
  const execution = await beginTask(update);
  const row = entryAt(machineTree([clan]), "web");
  const stopped = editor.run("clan.stopRun", row);
  await settled();
  expect(editor.executed).toEqual([["type", "\x03"]]);
  await endTask(execution, 1);
  await stopped;
  await editor.run("clan.showTerminalOfRun", row);
  expect(editor.executed.at(-1)).toEqual(["show terminal", "machines update web"]);
  await editor.run("clan.showTerminalOfRun", entryAt(machineTree([clan]), "mac"));
  expect(editor.executed).toHaveLength(2);
});

it("remembers the newest fifty, and all that run", async () => {
  await beginTask({ name: "first" });
  for (let count = 0; count < 60; count++) await endTask(await beginTask({}), 0);
  expect(runs.all).toHaveLength(51);
  expect(runs.running.map(({ name }) => name)).toEqual(["clan first"]);
});
