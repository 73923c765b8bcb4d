/** What is said of the files of generators, and that nothing is said of what cannot be known. */
import { expect, it } from "vitest";
import { generatorEntries } from "../../../../client/src/views/generator-entries.ts";
import type { GeneratorSummary } from "../../../../shared/requests.ts";
import { line, rows } from "./clan.ts";

const machine = { root: "file:///clan", machine: "web" };

function generator(...exists: readonly (boolean | undefined)[]): GeneratorSummary {
  const files = exists.map((there, index) => ({ name: `file${index}`, secret: index === 0, exists: there }));
  return { name: "ca", files, replaces: [], folder: "file:///clan/vars/shared/ca", place: line(2) };
}

function shown(...exists: readonly (boolean | undefined)[]): string[] {
  return rows(generatorEntries({ generators: [generator(...exists)], open: undefined }, "vars", machine));
}

it("tells generated from missing", () => {
  expect(shown(true, true)).toEqual(["ca  generated"]);
  expect(shown(false)).toEqual(["ca  missing"]);
  expect(shown(true, false, undefined)).toEqual(["ca  1 of 3 files missing"]);
});

it("claims nothing of files that cannot be known, or are not there to be made", () => {
  expect(shown(true, undefined)).toEqual(["ca"]);
  expect(shown()).toEqual(["ca"]);
});

it("lists the files in the tooltip, and leads to where the generator is written", () => {
  const [entry] = generatorEntries(
    { generators: [generator(true, false)], open: undefined },
    "vars",
    machine,
  );
  expect(entry?.tooltip).toBe("file0: secret, generated\nfile1: missing");
  expect(entry?.place).toEqual(line(2));
});

it("says that there is none, only where that is known", () => {
  expect(rows(generatorEntries({ generators: [], open: undefined }, "vars", machine))).toEqual([
    "No generators",
  ]);
  const open = { reason: "a module is unknown", place: undefined };
  const entries = generatorEntries({ generators: [], open }, "vars", machine);
  expect(rows(entries)).toEqual(["There may be more generators or files"]);
  expect(entries[0]?.tooltip).toBe("a module is unknown");
});
