/** However a document is edited, the server has the text the client has, in each way to count columns. */
import fc from "fast-check";
import { expect, test } from "vitest";
import { MemoryFileSystem } from "../../server/src/project/file-system.ts";
import { Workspace } from "../../server/src/project/workspace.ts";
import { OpenDocuments } from "../../server/src/protocol/documents.ts";
import { Uris } from "../../server/src/protocol/uris.ts";
import { testParser } from "../unit/helpers/parse.ts";

const uri = "file:///clan/clan.nix";
const units = ["utf-8", "utf-16", "utf-32"] as const;

/** The protocol's own words: lines end with LF, CR LF or CR; a column counts what comes before it in its line. */
function positionOf(text: string, offset: number, unit: (typeof units)[number]) {
  const lines = text.slice(0, offset).split(/\r\n|\n|\r/);
  const before = lines.at(-1) ?? "";
  const character = {
    "utf-8": Buffer.byteLength(before),
    "utf-16": before.length,
    "utf-32": [...before].length,
  };
  return { line: lines.length - 1, character: character[unit] };
}

/** Places a client can name: not inside of a character, nor between CR and LF. */
function placesOf(text: string): number[] {
  const places = [0];
  for (const character of text.match(/\r\n|[\s\S]/gu) ?? [])
    places.push((places.at(-1) ?? 0) + character.length);
  return places;
}

const fragment = fc.array(
  fc.constantFrom(
    "a",
    " ",
    "\t",
    "é",
    "€",
    "😀",
    "👩‍🚀",
    "\n",
    "\r\n",
    "\r",
    "{",
    "}",
    "[",
    '"',
    "''",
    ";",
    "=",
    "${",
    "#",
  ),
  { maxLength: 12 },
);
const edit = fc.record({ start: fc.nat(), length: fc.nat({ max: 8 }), text: fragment });

test.each(units)("in %s", async (unit) => {
  const parser = await testParser();
  fc.assert(
    fc.property(
      fragment,
      fc.array(fc.array(edit, { minLength: 1, maxLength: 3 }), { maxLength: 4 }),
      (first, batches) => {
        const workspace = new Workspace({ fileSystem: new MemoryFileSystem(), parser, roots: ["/clan"] });
        const documents = new OpenDocuments(workspace, () => new Uris(["file:///clan"]), unit);
        let text = first.join("");
        documents.open({ textDocument: { uri, languageId: "nix", version: 0, text } });
        for (const [version, batch] of batches.entries()) {
          const contentChanges = batch.map(({ start, length, text: inserted }) => {
            const places = placesOf(text);
            const from = start % places.length;
            const [a = 0, b = 0] = [places[from], places[Math.min(from + length, places.length - 1)]];
            const range = { start: positionOf(text, a, unit), end: positionOf(text, b, unit) };
            text = text.slice(0, a) + inserted.join("") + text.slice(b);
            return { range, text: inserted.join("") };
          });
          documents.change({ textDocument: { uri, version }, contentChanges });
          expect(documents.get(uri)?.text).toBe(text);
          expect(workspace.snapshot().readFile("/clan/clan.nix")).toBe(text);
          expect(workspace.snapshot().source("/clan/clan.nix")?.text).toBe(text);
        }
        workspace.dispose();
      },
    ),
    { numRuns: 200 },
  );
});
