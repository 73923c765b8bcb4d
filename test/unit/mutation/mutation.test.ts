/** The tool that breaks our own code: which breakages it finds, which it takes, and which tests it asks. */
import { runInThisContext } from "node:vm";
import { describe, expect, test } from "vitest";
import { chooseMutations } from "../../mutation/choose.ts";
import { findMutations } from "../../mutation/find-mutations.ts";
import { applyMutation, describeMutation, type Mutation } from "../../mutation/mutation.ts";
import { markPlaces } from "../../mutation/reaches.ts";
import { planTests } from "../../mutation/related-tests.ts";
import { reasonToStay } from "../../mutation/survivors.ts";

const file = "server/src/rules/x.ts";

/** The code after each breakage, by its kind. */
function broken(code: string): [string, string][] {
  return findMutations(file, code).map((one) => [one.kind, applyMutation(code, one)]);
}

describe("breakages", () => {
  test("a guard is taken out, and its condition turned round", () => {
    expect(broken("function f() { if (a) return; g(); }")).toEqual([
      ["condition turned round", "function f() { if (!(a)) return; g(); }"],
      ["guard taken out", "function f() { ; g(); }"],
    ]);
    expect(broken("for (const x of y) { if (a) { continue; } }").map(([kind]) => kind)).toContain(
      "guard taken out",
    );
  });

  test("what does more than leave is no guard", () => {
    const kinds = ["if (a) g();", "if (a) { h(); return; }", "if (a) return; else g();"].flatMap((code) =>
      broken(`function f() { ${code} }`).map(([kind]) => kind),
    );
    expect(new Set(kinds)).toEqual(new Set(["condition turned round"]));
  });

  test("a condition has two halves, and a substitute is taken out", () => {
    expect(broken("x = a && b;")).toEqual([
      ["half of a condition", "x = a;"],
      ["half of a condition", "x = b;"],
    ]);
    expect(broken("x = a ?? b;")).toEqual([["substitute taken out", "x = a;"]]);
    expect(broken("x = a ? 1 : 2;")).toEqual([["condition turned round", "x = !(a) ? 1 : 2;"]]);
  });

  test("each of several elements is taken out, with its comma", () => {
    expect(broken("x = [a, b, c];").map(([, code]) => code)).toEqual([
      "x = [b, c];",
      "x = [a, c];",
      "x = [a, b];",
    ]);
    expect(broken("x = [a];")).toEqual([]);
  });

  test("names and booleans are changed, words for people are not", () => {
    expect(broken('x = f("nixos", true, "No such machine.", "");')).toEqual([
      ["name changed", 'x = f("nixos~", true, "No such machine.", "");'],
      ["boolean turned round", 'x = f("nixos", false, "No such machine.", "");'],
    ]);
  });

  test("types, imports and keys stay", () => {
    expect(broken('import { a } from "./a.ts"; export { b } from "./b.ts"; type T = "x" | "y";')).toEqual([]);
    expect(broken('x = { "key": 1 }; const y = await import("./y.ts");')).toEqual([]);
    expect(broken('x = y as "z";')).toEqual([]);
    expect(broken('export const a = "b";')).toHaveLength(1);
  });

  test("a description is one line, and says where", () => {
    const code = "f(\n  a &&\n    b,\n);";
    expect(findMutations(file, code).map((one) => describeMutation(code, one))).toEqual([
      `${file}:2 half of a condition: a && b -> a`,
      `${file}:2 half of a condition: a && b -> b`,
    ]);
  });
});

/** `count` breakages of a file. */
function some(path: string, count: number): Mutation[] {
  return Array.from({ length: count }, (_, start) => ({
    file: path,
    kind: "name changed",
    start,
    end: start,
    text: "",
    mark: { start, end: start },
  }));
}

describe("the sample", () => {
  const all = [
    ...some("server/src/rules/a.ts", 50),
    ...some("server/src/clan/vars/b.ts", 5),
    ...some("client/src/c.ts", 50),
  ];
  const chosen = (count: number, seed: number) =>
    chooseMutations(all, count, seed).map((one) => `${one.file}:${one.start}`);

  test("is the same for the same seed, and another for another", () => {
    expect(chosen(30, 7)).toEqual(chosen(30, 7));
    expect(chosen(30, 7)).not.toEqual(chosen(30, 8));
  });

  test("has each breakage once, as many as are asked for and there are", () => {
    expect(new Set(chosen(30, 7)).size).toBe(30);
    expect(new Set(chosen(1000, 7)).size).toBe(all.length);
  });

  test("is spread over the folders", () => {
    const files = chosen(12, 3).map((one) => one.replace(/:.*/, ""));
    for (const path of new Set(files)) expect(files.filter((one) => one === path)).toHaveLength(4);
    // A folder that has no more leaves its share to the others.
    expect(chosen(30, 3).filter((one) => one.startsWith("server/src/clan"))).toHaveLength(5);
  });
});

test("marked code does the same, and says what it runs", () => {
  const code = "const f = (a, b) => { if (a && b) return 1; return [a, b ?? 2]; }; f";
  const marked = markPlaces(code, [...findMutations("x.ts", code).entries()]);
  const reached = new Set<number>();
  Object.assign(globalThis, { __reached: (index: number) => reached.add(index) });
  const f = runInThisContext(marked) as (a: unknown, b: unknown) => unknown;
  expect([f(1, 1), f(0, null)]).toEqual([1, [0, 2]]);
  expect(reached.size).toBe(findMutations("x.ts", code).length);
  Object.assign(globalThis, { __reached: undefined });
});

describe("the tests that are asked", () => {
  const seconds: Readonly<Record<string, number>> = {
    "test/unit/rules/x.test.ts": 5,
    "b.test.ts": 1,
    "c.test.ts": 8,
    "d.test.ts": 20,
  };
  const plan = (names: Readonly<Record<string, readonly string[]>>) =>
    planTests(
      7,
      file,
      new Map([[7, new Map(Object.entries(names))]]),
      (test) => (test === "c.test.ts" ? "checks x" : ""),
      (test) => seconds[test] ?? 1,
    );

  test("are those that run the place: first those that speak of the file, then the quick ones", () => {
    const names = {
      "d.test.ts": ["d"],
      "b.test.ts": ["b"],
      "c.test.ts": ["c"],
      "test/unit/rules/x.test.ts": ["one", "two"],
    };
    expect(plan(names)).toEqual([
      { files: ["test/unit/rules/x.test.ts"], named: "^(one|two)$" },
      { files: ["c.test.ts", "b.test.ts"], named: "^(c|b)$" },
      { files: ["d.test.ts"], named: "^(d)$" },
    ]);
  });

  test("are all of a file, where it runs the place when it is loaded", () => {
    expect(plan({ "b.test.ts": ["", "b"] })).toEqual([{ files: ["b.test.ts"], named: undefined }]);
  });

  test("are all of a file with very many", () => {
    const many = Array.from({ length: 61 }, (_, index) => `${index}`);
    expect(plan({ "b.test.ts": many })).toEqual([{ files: ["b.test.ts"], named: undefined }]);
    expect(plan({ "b.test.ts": many.slice(1) })[0]?.named).toMatch(/^\^\(1\|2\|/);
  });

  test("are named as they are, whatever letters they have", () => {
    const [batch] = plan({ "b.test.ts": ["a (b) [c] 1+1? $x"] });
    expect(new RegExp(batch?.named ?? "").test("a (b) [c] 1+1? $x")).toBe(true);
  });

  test("are none where none runs the place", () => {
    expect(plan({})).toEqual([]);
  });
});

test("what may stay is known by its file, its kind and the code as it is written", () => {
  const code = 'if (part.kind === "variable" && part.name === variable) f();';
  const mutations = findMutations("server/src/clan/vars/script-paths.ts", code);
  const staying = mutations.filter((one) => reasonToStay(one, code) !== undefined);
  expect(staying.map((one) => describeMutation(code, one))).toEqual([
    expect.stringMatching(/half of a condition: .* -> part\.name === variable$/),
  ]);
  const elsewhere = findMutations("server/src/clan/vars/other.ts", code);
  expect(elsewhere.filter((one) => reasonToStay(one, code) !== undefined)).toEqual([]);
});
