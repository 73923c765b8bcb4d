/**
 * The tests that run a broken place, in the order in which they are asked: first those that speak of the file, then those
 * that cost least.
 *
 *   planTests(7, "server/src/rules/unknown-tag.ts", …)   ->   [ [ unknown-names.test.ts ], [ the others ] ]
 */
import { basename } from "node:path";
import type { Reaches } from "./reaches.ts";

/** Files that are run together; `named` is a pattern for the names of tests, where not all can notice. */
export interface Batch {
  readonly files: readonly string[];
  readonly named: string | undefined;
}

/** With more names than this a pattern gains nothing. */
const MOST_NAMES = 60;

/** Of a batch, as measured when all ran; a batch that costs little costs mostly its start. */
const SECONDS = 12;

/** Batches to run one after the other; the first that fails decides. */
export function planTests(
  index: number,
  file: string,
  reaches: Reaches,
  textOf: (test: string) => string,
  secondsOf: (test: string) => number,
): readonly Batch[] {
  const name = basename(file, ".ts");
  const reaching = [...(reaches.get(index) ?? [])];
  const speaks = (test: string): number => (test.includes(name) ? 0 : textOf(test).includes(name) ? 1 : 2);
  reaching.sort(([one], [other]) => speaks(one) - speaks(other) || secondsOf(one) - secondsOf(other));
  const batches: [file: string, names: readonly string[]][][] = [];
  let seconds = Number.POSITIVE_INFINITY;
  for (const entry of reaching) {
    const cost = secondsOf(entry[0]);
    if (seconds + cost > SECONDS) {
      batches.push([]);
      seconds = 0;
    }
    batches.at(-1)?.push(entry);
    seconds += cost;
  }
  return batches.map((batch) => {
    const names = batch.flatMap(([, one]) => one);
    const all = names.includes("") || names.length > MOST_NAMES;
    return {
      files: batch.map(([test]) => test),
      named: all ? undefined : `^(${names.map(escaped).join("|")})$`,
    };
  });
}

function escaped(name: string): string {
  return name.replaceAll(/[\\^$.*+?()[\]{}|/-]/g, "\\$&");
}
