/**
 * Which tests run the code that is to be broken: all places are marked at once, and the tests run a single time.
 *
 *   if (!known) return;   ->   { globalThis.__reached?.(7); if (!known) return; }
 */
import type { Mutation } from "./mutation.ts";

/** What runs a place: test files, with the names of their tests. An empty name is what runs when the file is loaded. */
export type Reaches = ReadonlyMap<number, ReadonlyMap<string, readonly string[]>>;

/** The code with a mark at each mutation, `index` being the number of the first; offsets of all are of the code as it is. */
export function markPlaces(source: string, places: readonly (readonly [index: number, Mutation])[]): string {
  const inserts = places.flatMap(([index, { mark, kind }]) => {
    const isStatement = kind === "guard taken out";
    const call = `globalThis.__reached?.(${index})`;
    const length = mark.end - mark.start;
    // Of those that begin or end at the same place the longer is outside.
    return [
      { at: mark.start, text: isStatement ? `{ ${call}; ` : `(${call}, `, order: -length },
      { at: mark.end, text: isStatement ? " }" : ")", order: length - 1e9 },
    ];
  });
  inserts.sort((one, other) => one.at - other.at || one.order - other.order);
  let [text, at] = ["", 0];
  for (const insert of inserts) {
    text += source.slice(at, insert.at) + insert.text;
    at = insert.at;
  }
  return text + source.slice(at);
}

/** Loaded with each test file: notes what its tests run in `folder`. */
export const recorder = (folder: string): string => `
import { randomUUID } from "node:crypto";
import { writeFileSync } from "node:fs";
import { afterAll, beforeEach, expect } from "vitest";
let name = "";
const reached = {};
globalThis.__reached = (index) => { (reached[index] ??= new Set()).add(name); };
const fullName = (task) => (task.suite ? fullName(task.suite) + " " : "") + task.name;
beforeEach(({ task }) => { name = fullName(task); });
afterAll(() => {
  const places = Object.entries(reached).map(([index, names]) => [Number(index), [...names]]);
  writeFileSync(${JSON.stringify(folder)} + "/" + randomUUID() + ".json", JSON.stringify({ file: expect.getState().testPath, places }));
});
`;
