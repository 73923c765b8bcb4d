import { expect, test } from "vitest";
import type { CompletionItem } from "../../../server/src/features/completion/item.ts";
import { mostFitting } from "../../../server/src/features/completion/most.ts";
import { queryAtCursor } from "../helpers/feature.ts";

/** node-0, node-1, … where `typed` stands in a text. */
async function shown(count: number, typed: string) {
  const { text, ask } = await queryAtCursor(`{ inventory.tags.few = [ "${typed}$0" ]; }`);
  const start = text.lastIndexOf('"') - typed.length;
  const items = Array.from({ length: count }, (_, index): CompletionItem => {
    const name = `node-${index}`;
    return {
      label: name,
      kind: "machine",
      detail: undefined,
      summary: undefined,
      documentation: undefined,
      insertText: name,
      replace: { start, end: start + typed.length },
      filterText: name,
      sortText: name,
      deprecated: false,
      offersNext: false,
    };
  });
  return { all: items, ...ask((query) => mostFitting(items, query)) };
}

test("a list that a person can look through is whole", async () => {
  const { all, items, isIncomplete } = await shown(2_000, "xyz");
  expect(items).toBe(all);
  expect(isIncomplete).toBe(false);
});

test("of a longer one there is what fits what is typed, and more when it is asked for again", async () => {
  const begun = await shown(2_500, "");
  expect(begun.items).toEqual(begun.all.slice(0, 2_000));
  expect(begun.isIncomplete).toBe(true);
  const typed = await shown(2_500, "node-249");
  expect(typed.items.slice(0, 11).map(({ label }) => label)).toEqual([
    "node-249",
    ...Array.from({ length: 10 }, (_, index) => `node-249${index}`),
  ]);
  expect(typed.items).toContainEqual(expect.objectContaining({ label: "node-2149" }));
  expect(typed.items).not.toContainEqual(expect.objectContaining({ label: "node-2194" }));
  expect(typed.isIncomplete).toBe(true);
  const letters = await shown(2_500, "Nd2499");
  expect(letters.items.map(({ label }) => label)).toEqual(["node-2499"]);
});
