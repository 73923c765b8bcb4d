import fc from "fast-check";
import { expect, test } from "vitest";
import type { Node, Source } from "../../../server/src/syntax/ast.ts";
import { parseJsonSource } from "../../../server/src/syntax/json.ts";
import { JsonDocument } from "../../../server/src/syntax/json-document.ts";
import { walk } from "../../../server/src/syntax/navigate.ts";
import { plainTree } from "../helpers/plain-tree.ts";

const text = `{
  "machines": {
    "web": { "tags": ["srv", "all"], "deploy": { "targetHost": "root@web" }, "n": 12 },
    "jon": { "tags": [], "n": 1.5, "is": true },"mia":{"tags":["a"],"n":3}
  },
  "instances": { "z": { "roles": { "peer": { "tags": { "all": {} } } } } },
  "meta": {"name": "x"}
}
`;

function nodesOf(source: Source): Node[] {
  const nodes: Node[] = [];
  walk(source.root, (node) => nodes.push(node));
  return nodes;
}

function expectFresh(source: Source): void {
  expect(plainTree(source)).toBe(plainTree(parseJsonSource("/x.json", source.text)));
  expect(nodesOf(source).every((node) => node.source === source)).toBe(true);
}

/** Some leave a file whole almost anywhere, some only in numbers, names or between values, and some never do. */
const inserted = fc.constantFrom(
  ...'\n|  |1|0.5|e2|-|x|a b|"|\\|{|}|[|]|,|:|null|//|web'.split("|"),
  ', "new": { "tags": ["q"] }',
  '"first": [{}, {"web": 1}], ',
  '"n": 2,',
  '", "n": "',
  '}, "other": {',
  '], "tags": ["w',
);
const edit = fc.record({ at: fc.nat(), length: fc.constantFrom(0, 0, 0, 1, 5), text: inserted });
const session = fc.array(fc.record({ edit, tried: edit, isUndone: fc.boolean() }), { maxLength: 8 });

function place(current: string, { at, length }: { at: number; length: number }) {
  const start = at % (current.length + 1);
  return { start, end: Math.min(current.length, start + length) };
}

test("each version of a session, and what is tried in between, is the tree of a fresh reading", () => {
  const seen = { kept: 0, all: 0, tried: 0 };
  fc.assert(
    fc.property(session, (steps) => {
      const document = new JsonDocument("/x.json", text);
      let before = new Set(nodesOf(document.source));
      for (const { edit, tried, isUndone } of steps) {
        const { start, end } = place(document.text, edit);
        const undo = { start, end: start + edit.text.length, text: document.text.slice(start, end) };
        document.edit([{ start, end, text: edit.text }]);
        const other = place(document.text, tried);
        const trial = document.text.slice(0, other.start) + tried.text + document.text.slice(other.end);
        const found = document.tried(trial);
        if (found !== undefined) {
          seen.tried++;
          expectFresh(found());
          expectFresh(document.source);
          expectFresh(found());
        }
        expectFresh(document.source);
        if (document.source.problems.length === 0) {
          const nodes = nodesOf(document.source);
          seen.kept += nodes.filter((node) => before.has(node)).length;
          seen.all += nodes.length;
          before = new Set(nodes);
        }
        if (isUndone || document.source.problems.length > 0) document.edit([undo]);
      }
    }),
    { numRuns: 400 },
  );
  expect(seen.kept).toBeGreaterThan(seen.all / 2);
  expect(seen.tried).toBeGreaterThan(100);
});

test.each([
  ["a text in a machine", '"srv', '"srv1', "jon"],
  ["a machine's name", '"jon', '"jona', "web"],
  ["a machine more", '"jon"', '"new": {}, "jon"', "web"],
  ["a name at the top", '"meta"', '"more": 1, "meta"', "machines"],
])("%s leaves the nodes of the others", (_, from, to, other) => {
  const document = new JsonDocument("/x.json", text);
  const bindingOf = (source: Source) =>
    nodesOf(source).find((node) => node.kind === "binding" && node.path[0]?.name === other);
  const before = bindingOf(document.source);
  const start = document.text.indexOf(from);
  document.edit([{ start, end: start + from.length, text: to }]);
  expectFresh(document.source);
  expect(bindingOf(document.source)).toBe(before);
});

test("of equal keys the last counts, whichever was first", () => {
  const document = new JsonDocument("/x.json", '{ "a": { "x": 1 }, "b": { "x": 2 } }');
  void document.source;
  for (const [start, text] of [
    [21, "b"],
    [21, "a"],
    [21, "c"],
  ] as const) {
    document.edit([{ start: start - 1, end: start, text }]);
    expectFresh(document.source);
  }
});

test("of a file with very many mistakes the rest is left", () => {
  const machines = Array.from({ length: 5_000 }, (_, i) => `"m${i}": { "tags": ["a", "b"] }`).join(", ");
  const document = new JsonDocument("/x.json", `{ "machines": { ${machines} } }`);
  const start = document.text.indexOf('"m20"') + 14;
  document.edit([{ start, end: start, text: '"' }]);
  const { problems } = document.source;
  expect(problems.length).toBe(101);
  expect(problems.at(-1)?.message).toBe("After so many mistakes, the rest of the file is not read.");
  expect(nodesOf(document.source).length).toBeLessThan(1_000);
  expectFresh(document.source);
});
