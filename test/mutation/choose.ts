/**
 * A sample that is the same for the same seed, spread over the folders.
 *
 *   chooseMutations([…], 30, 7)   ->   30 of them
 */
import type { Mutation } from "./mutation.ts";

export function chooseMutations(all: readonly Mutation[], count: number, seed: number): Mutation[] {
  const random = generator(seed);
  const folders = new Map<string, Mutation[]>();
  for (const mutation of all) {
    const [half, source, room] = mutation.file.split("/");
    const folder = half === "client" ? half : `${half}/${source}/${room}`;
    folders.set(folder, [...(folders.get(folder) ?? []), mutation]);
  }
  const chosen: Mutation[] = [];
  while (chosen.length < count && folders.size > 0)
    for (const [folder, left] of folders) {
      if (chosen.length === count) break;
      const [taken] = left.splice(Math.floor(random() * left.length), 1);
      if (taken === undefined) folders.delete(folder);
      else chosen.push(taken);
    }
  return chosen;
}

/** Numbers from 0 to 1 that look random (mulberry32). */
function generator(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}
