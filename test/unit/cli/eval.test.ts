import { describe, expect, test } from "vitest";
import { clanLs, clanLsReading } from "./terminal.ts";

async function evaluate(code: string, ...args: string[]): Promise<string> {
  const ran = await clanLs(["eval", "x.nix", ...args], `#- /work/x.nix\n${code}`);
  return ran.code === 0 ? ran.out.trimEnd() : `${ran.code}: ${ran.err}`;
}

test.each([
  ["1 + 1", [], "2"],
  ['{ b = [ 1 "x" ]; a = 1 + 1; }', [], "{ a = <CODE>; b = <CODE>; }"],
  ['{ b = [ 1 "x" ]; a = 1 + 1; }', ["--strict"], '{ a = 2; b = [ 1 "x" ]; }'],
  // A function is called on the way to what is selected, and not for its own sake.
  ["{ a ? 3, ... }: { b = a; }", ["--strict"], "<LAMBDA>"],
  ["{ a ? 3, ... }: { b = a; }", ["--attr", "b"], "3"],
  ["{ f = { x ? 1 }: x; }", ["--attr", "f"], "<LAMBDA>"],
  ['{ a.b = [ "x" { c = 1; } ]; }', ["--attr", "a.b.1.c"], "1"],
  ['{ "a.b" = x: x; }', ["-A", '"a.b"'], "<LAMBDA>"],
  ["{ a.b = 1; }", ["-A", 'a."b".'], "1"],
  // A set that is made twice is not one that stands in two places.
  [
    "let f = _: { a = [ 1 ]; b.c = 2; }; in [ (f 1).a (f 2).a (f 1).b (f 2).b ]",
    ["--strict"],
    "[ [ 1 ] [ 1 ] { c = 2; } { c = 2; } ]",
  ],
  ["let s = { a = 1; }; in [ s s ]", ["--strict"], "[ { a = 1; } «repeated» ]"],
  ["{ a = builtins.currentTime; }", ["--strict", "--attr", "a"], expect.stringMatching(/^«unknown: .+»$/)],
])("%s %j", async (code, args, expected) => {
  expect(await evaluate(code, ...args)).toEqual(expected);
});

describe("as JSON", () => {
  test("deeply, in order", async () => {
    expect(await evaluate('{ b = [ null true 1.5 ]; a.c = "x"; }', "--format", "json")).toBe(
      '{"a":{"c":"x"},"b":[null,true,1.5]}',
    );
  });
  test("with --json, as for nix-instantiate", async () => {
    expect(await evaluate('{ b = "x"; }', "--strict", "--json")).toBe('{"b":"x"}');
  });
  test("what is unknown amid what is known", async () => {
    const text = await evaluate("{ a = 1; b = [ builtins.currentTime ]; }", "--format=json");
    expect(JSON.parse(text)).toEqual({ a: 1, b: [{ __unknown: expect.any(String) }] });
  });
  test("not a function", async () => {
    expect(await evaluate("{ a = x: x; }", "--format=json")).toMatch(/^1: error: cannot convert a function/);
  });
});

test("standard input, in the working directory", async () => {
  const run = (input: string) =>
    clanLsReading(input, ["eval", "--strict", "-"], "#- /work/a.nix\n{ b = 1; }");
  expect(await run("(import ./a.nix).b + 1")).toMatchObject({ code: 0, out: "2\n" });
  expect(await run("{ a = y; }")).toMatchObject({
    code: 1,
    err: expect.stringContaining("undefined variable 'y'\n\n       at «stdin»:1:7:"),
  });
  expect(await run("{ a = ; }")).toMatchObject({ code: 1, err: expect.stringContaining("syntax error") });
});

describe("errors", () => {
  test("with their place and the lines around it, on stderr", async () => {
    expect(await evaluate("{\n  a = y;\n}\n", "--strict")).toBe(
      [
        "1: error: undefined variable 'y'",
        "",
        "       at /work/x.nix:2:7:",
        "",
        "            1| {",
        "            2|   a = y;",
        "             |       ^",
        "            3| }",
        "",
      ].join("\n"),
    );
  });
  test.each([
    ["one line", "throw 1", ["            1| throw 1", "             | ^"]],
    ["the last line", "1 +\nz\n", ["            1| 1 +", "            2| z", "             | ^"]],
    [
      "a tab before it",
      "if\ttrue then 1 + z else 2",
      ["            1| if\ttrue then 1 + z else 2", "             |   \t              ^"],
    ],
    ["letters of several bytes", '"é" + z', ['            1| "é" + z', "             |       ^"]],
  ])("with a caret: %s", async (_, code, excerpt) => {
    const [, printed] = (await evaluate(code, "--strict")).split(/at \/work\/x\.nix:\d+:\d+:\n\n/);
    expect(printed).toBe(`${excerpt.join("\n")}\n`);
  });
  test.each([
    ["{ a = x: y; }", "undefined variable 'y'"],
    ["{ a = 1; inherit (z) b; }", "undefined variable 'z'"],
  ])("of a variable that nothing binds, used or not: %s", async (code, message) => {
    expect(await evaluate(code)).toContain(`1: error: ${message}\n`);
  });
  test("of syntax", async () => {
    expect(await evaluate("{ a = ; }")).toMatch(/^1: error: /);
    expect(await evaluate("\ufeff1")).toMatch(/^1: error: .*byte order mark/);
  });
  // As nix-instantiate says them, without a place.
  test.each([
    ["{ a = 1; }", "b", "attribute 'b' in selection path 'b' not found\n       Did you mean a?"],
    [
      "{ a = 1; }",
      "a.b",
      "the expression selected by the selection path 'a.b' should be a set but is an integer",
    ],
    ["{ a = 1; }", "0", "the expression selected by the selection path '0' should be a list but is a set"],
    ["[ 1 ]", "x", "the expression selected by the selection path 'x' should be a set but is a list"],
    ["[ 1 ]", "1", "list index 1 in selection path '1' is out of range"],
    ["{ a = 1; }", "a..b", "empty attribute name in selection path 'a..b'"],
    ["{ a = 1; }", '"a', "missing closing quote in selection path '\"a'"],
  ])("of a wrong selection: %s %s", async (code, attr, message) => {
    expect(await evaluate(code, "--attr", attr)).toBe(`1: error: ${message}\n`);
  });
  test("of several lines, and with the names that may be meant", async () => {
    expect(await evaluate('throw "a\\nb"')).toMatch(/^1: error: a\n {7}b\n\n {7}at /);
    expect(await evaluate("let x = { aaa = 1; aab = 2; }; in x.aac")).toMatch(
      /\^\n {7}Did you mean one of aaa or aab\?\n$/,
    );
  });
});

test("reads the files it imports, and traces to stderr", async () => {
  const fixture = '#- /work/x.nix\nbuiltins.trace "hi" (import ./y.nix)\n#- /work/y.nix\n{ b = 1; }';
  expect(await clanLs(["eval", "x.nix", "--strict"], fixture)).toMatchObject({
    code: 0,
    out: "{ b = 1; }\n",
    err: "trace: hi\n",
  });
});
