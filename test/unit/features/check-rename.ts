/**
 * A rename at the cursor `$0`, as the files it would leave: those that are changed or moved, by their new path.
 *
 *   await renamed(`{ inventory.machines.we$0b = { }; }`, "db")
 *   ->   { files: { "/clan/clan.nix": "{ inventory.machines.db = { }; }\n" }, moves: [], … }
 */
import { expect } from "vitest";
import { OccurrenceTables } from "../../../server/src/features/occurrences.ts";
import { applyEdits } from "../../../server/src/features/rename/apply-edits.ts";
import { movedPath } from "../../../server/src/features/rename/move.ts";
import { type Rename, rename } from "../../../server/src/features/rename/rename.ts";
import { queryAtCursor } from "../helpers/feature.ts";
import { parseFixture } from "../helpers/fixture.ts";

/** What is different afterwards must be what `expected`, a fixture, has. */
export async function checkRename(fixture: string, newName: string, expected: string): Promise<Rename> {
  const { ask } = await queryAtCursor(fixture);
  const result = ask((asked) => rename(asked, newName, new OccurrenceTables()));
  if (result.kind === "refused") expect.fail(result.reason);
  const before = parseFixture(fixture, "/clan/clan.nix").files;
  const after = [...before].flatMap(([path, text]) => {
    const edits = result.edits.filter((edit) => edit.path === path);
    const moved = movedPath(path, result.moves);
    if (edits.length === 0 && moved === path) return [];
    return [[moved, applyEdits(text, edits)] as const];
  });
  expect(Object.fromEntries(after)).toEqual(
    Object.fromEntries(parseFixture(expected, "/clan/clan.nix").files),
  );
  return result;
}

/** Why it is refused. */
export async function refusal(fixture: string, newName: string): Promise<string> {
  const { ask } = await queryAtCursor(fixture);
  const result = ask((asked) => rename(asked, newName, new OccurrenceTables()));
  return result.kind === "refused" ? result.reason : expect.fail("it is not refused");
}
