/**
 * An order that nobody chose, told where a test fails by it.
 *
 *   shuffled([ask, hover, check], seedOfTest())   ->   [ hover, check, ask ]
 */
import { onTestFailed } from "vitest";

/** `SEED` in the environment repeats the order of a run. */
export function seedOfTest(): number {
  const seed = Number(process.env.SEED ?? Math.floor(Math.random() * 2 ** 31));
  onTestFailed(() => console.error(`other questions were asked first: repeat with SEED=${seed}`));
  return seed;
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
