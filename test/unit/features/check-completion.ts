/**
 * Completions as a person sees them: the text after accepting one.
 *
 *   await checkCompletion(`{ … roles.$0 = { }; }`, "controller", `{ … roles.controller = { }; }`);
 *
 * Where the cursor ends is `$0` in what is expected, unless it is at the end of what was inserted.
 */
import { expect } from "vitest";
import { complete } from "../../../server/src/features/completion/complete.ts";
import type { CompletionItem } from "../../../server/src/features/completion/item.ts";
import { queryAtCursor } from "../helpers/feature.ts";
import { parseFixture } from "../helpers/fixture.ts";

/** The text of the file with the cursor, after accepting the item called `label`. */
export async function checkCompletion(fixture: string, label: string, expected: string): Promise<void> {
  const { text, ask } = await queryAtCursor(fixture);
  const items = ask(complete);
  const item = items.find((each) => each.label === label);
  if (item === undefined) expect.fail(`${label} is not offered; there are: ${labelsOf(items).join(", ")}`);
  const snippet = item.insertText.replace(/\\(.)/g, "$1");
  const { replace, remove = { start: replace.start, end: replace.start } } = item;
  const before = text.slice(0, remove.start) + text.slice(remove.end, replace.start);
  const after = before + snippet + text.slice(replace.end);
  const [[, wanted] = []] = splitRaw(expected);
  expect(after).toBe(wanted);
}

/** The labels offered, in order. */
export async function completionLabels(fixture: string): Promise<string[]> {
  const { ask } = await queryAtCursor(fixture);
  return labelsOf(ask(complete));
}

export async function completionItem(fixture: string, label: string): Promise<CompletionItem> {
  const { ask } = await queryAtCursor(fixture);
  const item = ask(complete).find((each) => each.label === label);
  return item ?? expect.fail(`${label} is not offered`);
}

function labelsOf(items: readonly CompletionItem[]): string[] {
  return items.map((item) => item.label);
}

/** As fixtures are read, but with `$0` to `$9` kept. */
function splitRaw(text: string): [string, string][] {
  const kept = parseFixture(text.replaceAll(/\$(?=\d)/g, "\u0000"));
  return [...kept.files].map(([path, content]) => [path, content.replaceAll("\u0000", "$")]);
}
