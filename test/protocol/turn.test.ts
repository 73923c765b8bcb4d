import { expect, test } from "vitest";
import { Turn } from "../../server/src/protocol/turn.ts";

test("a turn is over some time after it began, and the next one is not", () => {
  let now = 5_000;
  const turn = new Turn(() => now);
  expect(turn.isOver()).toBe(false);
  turn.begin();
  now += 9_999;
  expect(turn.isOver()).toBe(false);
  now += 2;
  expect(turn.isOver()).toBe(true);
  turn.begin();
  expect(turn.isOver()).toBe(false);
});
