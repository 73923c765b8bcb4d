/**
 * After any edits, every answer is that of a fresh server: 300 of them over real stdio. `SEED=random` makes others, and
 * `npm run sessions -- --edits 10000` more.
 */
import path from "node:path";
import { expect, test } from "vitest";
import { randomOf } from "../retype/random.ts";
import { runSession } from "../sessions/session.ts";
import { seed } from "../unit/helpers/shuffle.ts";

test("a session of 300 edits", { timeout: 900_000 }, async () => {
  const root = path.resolve(import.meta.dirname, "../..");
  const { answers, differences, said } = await runSession({
    root,
    edits: 300,
    every: 50,
    random: randomOf(seed),
  });
  expect({ differences, said }, `seed ${seed}`).toEqual({ differences: [], said: [] });
  expect(answers).toBeGreaterThan(300);
});
