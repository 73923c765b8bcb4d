/** When a language server that died is started again, and what the person sees of it. */
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { Restarts } from "../../../client/src/restarts.ts";
import { showServerStatus } from "../../../client/src/server-status.ts";
import { editor } from "./helpers/editor.ts";
import { CloseAction, ErrorAction, LanguageClient, State } from "./helpers/language-client.ts";
import { settled } from "./helpers/machine.ts";

beforeEach(() => {
  vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout", "Date"] });
});
afterEach(() => vi.useRealTimers());

/** Milliseconds until it is started again; undefined where it is left. */
async function waitOf(restarts: Restarts): Promise<number | undefined> {
  let action: number | undefined;
  const start = Date.now();
  void restarts.closed().then((result) => {
    action = result.action;
  });
  await settled();
  while (action === undefined) {
    vi.advanceTimersByTime(100);
    await settled();
  }
  return action === CloseAction.Restart ? Date.now() - start : undefined;
}

it("starts it at once, then later each time, and leaves one that dies five times in three minutes", async () => {
  const restarts = new Restarts();
  const waits: (number | undefined)[] = [];
  for (let death = 0; death < 5; death++) waits.push(await waitOf(restarts));
  expect(waits).toEqual([0, 1000, 2000, 4000, undefined]);
  expect(restarts.state).toBe("left");
});

it("forgets deaths of longer ago", async () => {
  const restarts = new Restarts();
  for (let death = 0; death < 4; death++) await waitOf(restarts);
  vi.advanceTimersByTime(3 * 60_000);
  expect(await waitOf(restarts)).toBe(0);
});

it("starts at once when the person wants it, and counts anew", async () => {
  const restarts = new Restarts();
  for (let death = 0; death < 5; death++) await waitOf(restarts);
  expect(restarts.startNow()).toBe(false);
  expect(restarts.state).toBe("none");
  expect(await waitOf(restarts)).toBe(0);
  let isBack = false;
  void restarts.closed().then(() => {
    isBack = true;
  });
  await settled();
  expect([restarts.state, isBack]).toEqual(["waiting", false]);
  expect(restarts.startNow()).toBe(true);
  await settled();
  expect([restarts.state, isBack]).toEqual(["none", true]);
});

it("ends with its client", async () => {
  const restarts = new Restarts();
  await waitOf(restarts);
  void restarts.closed();
  await settled();
  restarts.dispose();
  expect(vi.getTimerCount()).toBe(0);
});

it("does not give up for what cannot be written to a server that is dying", () => {
  expect(new Restarts().error().action).toBe(ErrorAction.Continue);
});

it.each([
  ["Show Log", "clan.showLog"],
  ["Restart", "clan.restartServer"],
])("says of one that is left what can be done: %s", async (button, command) => {
  const restarts = new Restarts();
  const client = new LanguageClient();
  client.become(State.Running);
  showServerStatus(client.real, restarts);
  const item = () =>
    editor.registration<{ text: string; severity: number; busy: boolean }>("status clan.server");
  await waitOf(restarts);
  void restarts.closed();
  await settled();
  expect(item()).toMatchObject({ text: "ended, starts again soon", severity: 1, busy: true });
  vi.advanceTimersByTime(1000);
  await settled();
  expect(item()).toMatchObject({ text: "running", severity: 0, busy: false });
  editor.answers.push(button);
  for (let death = 0; death < 3; death++) await waitOf(restarts);
  expect(item()).toMatchObject({
    text: "ended too often",
    severity: 2,
    command: { title: "Show Log", command: "clan.showLog" },
  });
  expect(editor.messages).toEqual([
    "error: The language server of Clan ended five times within three minutes, so it is not started again.",
  ]);
  expect(editor.executed).toEqual([[command]]);
});
