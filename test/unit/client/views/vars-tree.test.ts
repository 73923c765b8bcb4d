/** What the view of vars says: generators, the machines that have them, and what is missing. */
import { describe, expect, it } from "vitest";
import { viewItem } from "../../../../client/src/views/entry.ts";
import { varsTree } from "../../../../client/src/views/vars-tree.ts";
import type { GeneratorSummary, VarsSummary } from "../../../../shared/requests.ts";
import { clan, entryAt, ids, line, rows } from "./clan.ts";

function generator(name: string, exists: boolean | undefined, secret = true): GeneratorSummary {
  return { name, files: [{ name: "key", secret, exists }], replaces: [], folder: undefined, place: line(8) };
}

const vars = (...generators: readonly GeneratorSummary[]): VarsSummary => ({ generators, open: undefined });

function tree(machines: Readonly<Record<string, VarsSummary>>) {
  return varsTree([clan], new Map([[clan.root, new Map(Object.entries(machines))]]));
}

const both = () =>
  tree({ mac: vars(generator("wifi", true), generator("ca", true)), web: vars(generator("wifi", false)) });

describe("the view of vars", () => {
  it("shows each generator with its machines, and where files are missing", () => {
    expect(rows(both())).toEqual([
      "ca  1 machine",
      "  mac  generated",
      "    key  secret, generated",
      "wifi  missing on web · 2 machines",
      "  mac  generated",
      "    key  secret, generated",
      "  web  missing",
      "    key  secret, missing",
    ]);
    expect(ids(both())).toEqual([...new Set(ids(both()))]);
  });

  it("names no machine where all lack it", () => {
    expect(rows(tree({ web: vars(generator("wifi", false)) }))[0]).toBe("wifi  missing · 1 machine");
  });

  it("says nothing of what is not known", () => {
    expect(rows(tree({ web: vars(generator("wifi", undefined, false)) }))).toEqual([
      "wifi  1 machine",
      "  web",
      "    key",
    ]);
  });

  it("has what is missing generated, or else all", () => {
    expect(entryAt(both(), "wifi").target).toEqual({ root: clan.root, machines: ["web"] });
    expect(entryAt(both(), "ca").target).toEqual({ root: clan.root, machines: ["mac"] });
    expect(entryAt(both(), "wifi", "mac").target).toEqual({
      root: clan.root,
      machines: ["mac"],
      within: "wifi",
    });
  });

  it("leads to where a generator is written, and has its menu at each machine", () => {
    expect(entryAt(both(), "wifi").place).toEqual(line(8));
    expect(viewItem(entryAt(both(), "wifi"))).toBe("clan.generators written");
    expect(entryAt(both(), "wifi", "web")).toMatchObject({ kind: "generator", name: "wifi" });
    expect(viewItem(entryAt(both(), "wifi", "web", "key"))).toBe("clan.file");
  });

  it("says that there may be more", () => {
    const open = { reason: "the input hosts is not here", place: line(9) };
    const last = tree({ mac: vars(), web: { ...vars(), open } }).at(-1);
    expect([last?.label, last?.tooltip]).toEqual([
      "There may be more generators or files",
      "the input hosts is not here",
    ]);
  });

  it("is empty without machines, where a text says so", () => {
    expect(tree({})).toEqual([]);
    expect(varsTree([clan], new Map())).toEqual([]);
  });
});
