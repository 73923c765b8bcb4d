import { expect, test } from "vitest";
import { Turn } from "../../server/src/protocol/turn.ts";

test("a turn is over after so much work, however long that takes, and the next one is not", () => {
  let [worked, clock] = [5_000, 1_000];
  const turn = new Turn(
    () => worked,
    () => clock,
  );
  const pass = (work: number, time: number) => {
    worked += work;
    clock += time;
    return turn.isOver();
  };
  expect(turn.isOver()).toBe(false);
  turn.begin();
  expect(pass(9_999, 9_999)).toBe(false);
  expect(turn.isCut).toBe(false);
  expect(pass(2, 2)).toBe(true);
  expect(turn.isCut).toBe(true);
  turn.begin();
  expect(turn.isCut).toBe(false);
  expect(pass(100, 60_000)).toBe(false);
  expect(pass(9_899, 10_000)).toBe(false);
  expect(pass(2, 10_000)).toBe(true);
});
