/**
 * The example's inventory files are typed anew over real stdio: `npm run retype` does the same with all keys of whole
 * clans. Here a sample of the words and keys; `SEED=random` takes another one.
 */
import path from "node:path";
import { expect, test } from "vitest";
import { openClans } from "../retype/clans.ts";
import { randomOf } from "../retype/random.ts";
import { retype } from "../retype/retype.ts";
import { strokesOf } from "../retype/strokes.ts";
import { seed } from "../unit/helpers/shuffle.ts";

const root = path.resolve(import.meta.dirname, "../..");

test.each([
  ["examples/homelab", "clan.nix"],
  ["examples/homelab", "flake.nix"],
  ["examples/nix-config", "modules/flake-parts/clan.nix"],
])("%s/%s", { timeout: 300_000 }, async (clan, name) => {
  const folder = path.join(root, clan);
  const file = (await openClans(root, folder)).find((each) => each.path === path.join(folder, name));
  if (file === undefined) return expect.fail(`there are no words to type in ${name}`);
  const { words, text } = file;
  const random = randomOf(seed);
  const result = await retype({
    root,
    folder,
    file: file.path,
    text,
    words: words.filter(() => random() < 25 / words.length),
    letters: Number.POSITIVE_INFINITY,
    isAsked: () => random() < 25 / text.length,
    isCompared: () => random() < 2 / text.length,
  });
  const { missed, failed, said, differences } = result;
  const found = { missed: missed.map(({ word }) => `${word.kind} ${word.word}`), failed, said, differences };
  expect(found, `seed ${seed}`).toEqual({ missed: [], failed: [], said: [], differences: [] });
  expect(result.words).toBeGreaterThan(0);
});

/** Each state of the document, with the cursor. */
function typed(text: string): string[] {
  return [...strokesOf(text)].map((stroke) => {
    expect(stroke.text.slice(0, stroke.cursor)).toBe(text.slice(0, stroke.cursor));
    return `${stroke.text.slice(0, stroke.cursor)}▮${stroke.text.slice(stroke.cursor)}`;
  });
}

test("brackets and quotes are closed as VS Code does it, and typed over", () => {
  expect(typed("{ a = [ 1 ]; }")).toContain("{ a = [ ▮]}");
  expect(typed('{ a = "b"; }').slice(6, 9)).toEqual(['{ a = "▮"}', '{ a = "b▮"}', '{ a = "b"▮}']);
  expect(typed("{\n  a = ''x'';\n}")).toEqual(
    expect.arrayContaining(["{▮}", "{\n  ▮\n}", "{\n  a = ''▮''\n}"]),
  );
  expect(typed('"${a}"')).toEqual(['"▮"', '"$▮"', '"${▮}"', '"${a▮}"', '"${a}▮"', '"${a}"▮']);
  expect(typed('# "x')).toEqual(["#▮", "# ▮", '# "▮', '# "x▮']);
});

test("the last state is the text", () => {
  for (const text of ["{ a = 1; }\n", "# it's [\n{ }\n", "''\n  a\n''\n"])
    expect(typed(text).at(-1)).toBe(`${text}▮`);
});
