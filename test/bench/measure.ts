/**
 * Times and memory. Other programs disturb a single measurement, so work is repeated and the median counts.
 *
 *   median(rounds(() => evaluate()))   ->   12.4 (milliseconds)
 */

/** Enough for a median; fewer where one round takes long. */
const ROUNDS = 9;
const MIN_ROUNDS = 3;
/** Milliseconds after which no further round is begun. */
const PATIENCE = 3000;

/** Milliseconds each round took. The first, which warms up, does not count unless there is time for few only. */
export function rounds(work: (round: number) => void): number[] {
  const times: number[] = [];
  const begun = performance.now();
  for (let round = 0; round <= ROUNDS; round++) {
    const before = performance.now();
    work(round);
    times.push(performance.now() - before);
    if (round + 1 >= MIN_ROUNDS && performance.now() - begun > PATIENCE) break;
  }
  return times.slice(1);
}

export function median(times: readonly number[]): number {
  const sorted = times.toSorted((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  const upper = sorted[middle] ?? Number.NaN;
  return sorted.length % 2 === 1 ? upper : (upper + (sorted[middle - 1] ?? upper)) / 2;
}

/** The least time that so many percent do not exceed. */
export function percentile(times: readonly number[], percent: number): number {
  const sorted = times.toSorted((a, b) => a - b);
  return sorted[Math.ceil((sorted.length * percent) / 100) - 1] ?? Number.NaN;
}

/** Megabytes in use after a collection. Needs `node --expose-gc`. */
export function heapUsed(): number {
  globalThis.gc?.();
  return process.memoryUsage().heapUsed / 1024 / 1024;
}

/** "12.4 ms", "3.1 s" */
export function showTime(milliseconds: number): string {
  if (milliseconds >= 10_000) return `${(milliseconds / 1000).toFixed(1)} s`;
  return `${milliseconds.toFixed(milliseconds < 10 ? 2 : milliseconds < 100 ? 1 : 0)} ms`;
}

/** How many times `base` it is: "3.4×" */
export function showRatio(time: number, base: number): string {
  const ratio = time / base;
  return `${ratio.toFixed(ratio < 10 ? 2 : 0)}×`;
}
