/** Long work is done in steps, and messages get their turn in between. */
import { expect, test } from "vitest";
import { CancellationTokenSource } from "vscode-languageserver/node";
import { Guard } from "../../server/src/protocol/guard.ts";

function busy(milliseconds: number): void {
  const end = performance.now() + milliseconds;
  while (performance.now() < end);
}

function* steps(count: number, done: string[]): Generator<void> {
  for (let step = 0; step < count; step++) {
    busy(25);
    done.push(`step ${step}`);
    yield;
  }
}

const guard = (log: string[] = []) =>
  new Guard(
    () => undefined,
    (line) => log.push(line),
  );

test("what waits is done before the last step", async () => {
  const done: string[] = [];
  setTimeout(() => done.push("message"), 0);
  expect(await guard().inSteps("test", steps(3, done), () => false)).toBe(true);
  expect(done).toEqual(["step 0", "message", "step 1", "step 2"]);
});

test("the rest is left when it is stale", async () => {
  const done: string[] = [];
  let isStale = false;
  setTimeout(() => {
    isStale = true;
  }, 0);
  expect(await guard().inSteps("test", steps(3, done), () => isStale)).toBe(false);
  expect(done).toEqual(["step 0"]);
});

test("a step that fails is logged, and ends them", async () => {
  const log: string[] = [];
  function* failing(): Generator<void> {
    yield;
    throw new Error("no");
  }
  expect(await guard(log).inSteps("test", failing(), () => false)).toBe(true);
  expect(log.join()).toMatch(/^test: Error: no/);
});

test("a check waits for requests that came before it", async () => {
  const done: string[] = [];
  const session = {
    documents: new Map(),
    watch: () => () => true,
    turn: { begin: () => undefined },
  };
  const asked = new Guard(
    () => session as never,
    (line) => done.push(line),
  );
  const answer = asked.request({
    method: "test",
    empty: null,
    handle: () => {
      done.push("answer");
      return null;
    },
    prepare: () => steps(2, done),
  });
  const { token } = new CancellationTokenSource();
  const answered = answer({}, token);
  await asked.answered();
  done.push("check");
  await answered;
  expect(done).toEqual(["step 0", "step 1", "answer", "check"]);
});
