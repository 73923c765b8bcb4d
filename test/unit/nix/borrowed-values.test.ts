/** Values that one evaluation borrows of another: what is looked at of them decides whether they are the same. */
import { describe, expect, test } from "vitest";
import { BorrowedValues } from "../../../server/src/nix/borrowed-values.ts";
import { Evaluator } from "../../../server/src/nix/evaluator.ts";
import type { Thunk } from "../../../server/src/nix/thunk.ts";
import { workspaceOf } from "../helpers/workspace.ts";

const LENDER = "/lender.nix";
const BORROWER = "/borrower.nix";

/**
 * A borrower, a function of what it borrows, is evaluated; then the lender's text is another one. Of that, what is
 * in files of its own stays the same value at the same place.
 */
async function borrowing(lender: string, borrower: string, files = "") {
  const { workspace } = await workspaceOf(`\n#- ${LENDER}\n${lender}\n#- ${BORROWER}\n${borrower}\n${files}`);
  const evaluatorNow = () => new Evaluator(workspace.snapshot());
  const lend = () => {
    const evaluator = evaluatorNow();
    return { evaluator, roots: new Map([["it", evaluator.evalFile(LENDER)]]) };
  };
  const first = lend();
  let mixed = false;
  const borrowed = new BorrowedValues(first.evaluator, {
    own: () => undefined,
    mark: ({ reason }) => reason.includes("marked"),
    onMix: () => {
      mixed = true;
    },
  });
  const own = evaluatorNow();
  const it = borrowed.borrow("it", first.roots.get("it") as Thunk);
  const result = own.evalSource(
    workspace.snapshot().source(BORROWER) ?? expect.fail(),
    new Map([["it", it]]),
  );
  return {
    shown: () => {
      const value = own.forceDeep(result);
      return "value" in value ? `${value.value}` : value.type === "failure" ? value.message : value.type;
    },
    isMixed: () => mixed,
    release: () => borrowed.release(),
    /** Whether it looks the same with another text of the lender. */
    holdsFor: (text: string) => {
      borrowed.release();
      workspace.open(LENDER, text);
      const { evaluator, roots } = lend();
      return borrowed.moveTo(evaluator, roots);
    },
  };
}

describe("whether what was borrowed looks the same", () => {
  const cases: readonly [string, string, string, string, boolean][] = [
    [
      "a member nobody asked for",
      "import ./set.nix // { b = 1; }",
      "it.a",
      "import ./set.nix // { b = 2; }",
      true,
    ],
    ["one that is another file", "{ a = import ./x.nix; }", "it.a", "{ a = import ./y.nix; }", false],
    ["one of the same value, written elsewhere", "{ a = 1; }", "it.a", "{  a = 1; }", false],
    [
      "names, where all are asked for",
      "{ a = import ./x.nix; }",
      "toString (builtins.attrNames it)",
      "{ a = import ./x.nix; b = 1; }",
      false,
    ],
    ["a name that was not there", "{ a = 1; }", "toString (it ? b)", "{ a = 1; b = 1; }", false],
    [
      "a name that still is not there",
      "import ./set.nix // { b = 1; }",
      "toString (it ? c)",
      "import ./set.nix // { b = 2; }",
      true,
    ],
    [
      "what a function looks at",
      "import ./f.nix { a = import ./x.nix; b = 1; }",
      "it 1",
      "import ./f.nix { a = import ./x.nix; b = 2; }",
      false,
    ],
    [
      "a failure",
      "{ a = throw (import ./x.nix); }",
      'if (builtins.tryEval it.a).success then "ok" else "no"',
      "{ a = throw (import ./x.nix); }",
      false,
    ],
    ["an element of a list", "[ (import ./x.nix) 1 ]", "builtins.head it", "[ (import ./x.nix) 2 ]", false],
  ];
  test.each(cases)("%s", async (_, lender, borrower, other, expected) => {
    const { shown, holdsFor } = await borrowing(lender, borrower, FILES);
    shown();
    expect(holdsFor(other)).toBe(expected);
  });
});

const FILES = `
#- /x.nix
"x"
#- /y.nix
"x"
#- /set.nix
{ a = "x"; }
#- /f.nix
it: n: it.a
`;

test("functions are called with borrowed variables, as where they come from", async () => {
  const { shown } = await borrowing(
    "let add = n: m: n + m; rest = { k = add 2; }; in { inherit rest; call = f: f (rest.k 3); }",
    "it.call (x: x + it.rest.k 10)",
  );
  expect(shown()).toBe("17");
});

test("cyclic values, failures and lists go over", async () => {
  const { shown } = await borrowing(
    'let it = { self = it; a = [ 1 (throw "no") ]; }; in it',
    'toString (builtins.head it.self.self.a) + (if (builtins.tryEval (builtins.elemAt it.self.a 1)).success then "" else "!")',
  );
  expect(shown()).toBe("1!");
});

test("a native function is handed out as it is, and from then on nothing holds", async () => {
  const { shown, isMixed, holdsFor } = await borrowing("{ f = builtins.add 1; }", "it.f 2");
  expect(isMixed()).toBe(false);
  expect(shown()).toBe("3");
  expect(isMixed()).toBe(true);
  expect(holdsFor("{ f = builtins.add 1; }")).toBe(false);
});

test("what is looked at after the lender is over is unknown, and nothing holds any more", async () => {
  const { shown, release, holdsFor } = await borrowing("{ a = 1; }", "it.a");
  release();
  expect(shown()).toBe("unknown");
  expect(holdsFor("{ a = 1; }")).toBe(false);
});
