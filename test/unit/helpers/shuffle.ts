/**
 * An order that nobody chose, told where a test fails by it.
 *
 *   shuffled([ask, hover, check], seedOfTest())   ->   [ hover, check, ask ]
 */
import { expect, onTestFailed } from "vitest";

/** Of this run of the tests: the same each time, and another with `SEED=7` or `SEED=random` in the environment. */
export const seed = seedFrom(process.env["SEED"]);

function seedFrom(asked = "1"): number {
  return asked === "random" ? Math.floor(Math.random() * 100_000) : Number(asked);
}

/** Each test has an order of its own. */
export function seedOfTest(): number {
  onTestFailed(() => console.error(`repeat with SEED=${seed}`));
  const name = expect.getState().currentTestName ?? "";
  return [...name].reduce((mixed, char) => Math.imul(mixed, 31) + char.charCodeAt(0), seed) >>> 0;
}

export function shuffled<T>(all: readonly T[], seed: number): T[] {
  const random = randomFrom(seed);
  const left = [...all];
  return all.flatMap(() => left.splice(Math.floor(random() * left.length), 1));
}

/** From 0 to 1, as seeded (mulberry32). */
export function randomFrom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
