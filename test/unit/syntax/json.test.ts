import { expect, test } from "vitest";
import { parseJsonSource } from "../../../server/src/syntax/json.ts";
import { nodesAt } from "../../../server/src/syntax/navigate.ts";

test("an object is an attribute set whose names are where they are written", () => {
  const text = '{ "machines": { "web": { "tags": ["a"] } } }';
  const source = parseJsonSource("/inventory.json", text);
  expect(source.problems).toEqual([]);
  const chain = nodesAt(source, text.indexOf("web"));
  expect(chain.at(-1)).toMatchObject({ kind: "attr-name", name: "web", start: text.indexOf('"web"') });
});

test("broken JSON keeps what can be read and says where it breaks", () => {
  const source = parseJsonSource("/inventory.json", '{ "a": 1, "b": }');
  expect(source.problems).toHaveLength(1);
  expect(source.root).toMatchObject({ kind: "attrset", broken: true });
});
