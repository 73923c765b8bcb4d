/** No builtin overflows the stack or slows down to a halt on deep or long data. */
import { describe, expect, it } from "vitest";
import { createEvaluate } from "../../helpers/evaluate.ts";

const evaluate = await createEvaluate("/");
const N = 100_000;

const long = `(builtins.genList (i: i) ${N})`;
const nestedList = `(builtins.foldl' (a: i: [ a ]) [ ] ${long})`;
const nestedSet = `(builtins.foldl' (a: i: { n = a; }) { } ${long})`;
/** `step`, around itself `length` times as `a`, nothing evaluated before the whole is. */
const chain = (step: string, start: string, length = 20_000): string =>
  `(builtins.elemAt (let l = builtins.genList (i: if i == 0 then ${start} else (let a = builtins.elemAt l (i - 1); in ${step})) ${length}; in l) ${length - 1})`;

describe(`data nested ${N} deep`, () => {
  it.each([
    ["deepSeq of lists", `builtins.deepSeq ${nestedList} 1`, "1"],
    ["==", `${nestedList} == [ ${nestedList} ]`, "false"],
    ["fromJSON", `builtins.isList (builtins.fromJSON ''${"[".repeat(1000)}${"]".repeat(1000)}'')`, "true"],
    // As Nix, which has a limit of its own here.
    ["toJSON", `builtins.toJSON ${nestedSet}`, "error (error): stack overflow; max-call-depth exceeded"],
  ])("%s", { timeout: 30_000 }, (_, expression, printed) => {
    expect(evaluate(expression)).toBe(printed);
  });

  // Each line is indented: the text is too long for us before it is too deep for Nix.
  it("toXML is not known", { timeout: 30_000 }, () => {
    expect(evaluate(`builtins.toXML ${nestedSet}`)).toMatch(/^error \(budget\): a text of \d+ characters/);
  });

  it("printing a set", () => {
    expect(evaluate(nestedSet)).toBe(`${"{ n = ".repeat(N)}{ }${"; }".repeat(N)}`);
  });
});

describe("chains", () => {
  it.each([
    ["interpolation", `builtins.stringLength ${chain('"${a}x"', '""', N)}`, String(N - 1)],
    ["+", chain("a + 1", "0", N), String(N - 1)],
    ["//", `builtins.length (builtins.attrNames ${chain("a // { x = a; }", "{ y = 1; }", N)})`, "2"],
    ["++", `builtins.length ${chain("if builtins.length a < 3 then a ++ [ 1 ] else a", "[ ]")}`, "3"],
    ["seq", chain("builtins.seq a 1", "0"), "1"],
    ["tryEval", chain("(builtins.tryEval a).value", "7"), "7"],
    ["addErrorContext", chain('builtins.addErrorContext "x" a', "7"), "7"],
    ["getAttr", `${chain('{ v = builtins.getAttr "v" a; }', "{ v = 3; }")}.v`, "3"],
    ["toString", chain("toString a", "1"), '"1"'],
    ["head", `builtins.head ${chain("[ (builtins.head a) ]", "[ 5 ]")}`, "5"],
    ["if", chain("if a then true else false", "true"), "true"],
    ["&&", chain("a && true", "true"), "true"],
    ["==", chain("a == true", "true"), "true"],
    ["with", chain("with { b = a; }; b", "1"), "1"],
    ["assert", chain("assert a == 1; a", "1"), "1"],
    ["mapAttrs", `${chain("builtins.mapAttrs (n: v: v) a", "{ v = 4; }")}.v`, "4"],
    ["functions", `${chain("x: a x", "x: x")} 9`, "9"],
  ])("%s", { timeout: 30_000 }, (_, expression, printed) => {
    expect(evaluate(expression)).toBe(printed);
  });
});

describe(`lists of ${N}`, () => {
  it.each([
    ["sort", `builtins.head (builtins.sort (a: b: a > b) ${long})`, String(N - 1)],
    ["concatLists", `builtins.length (builtins.concatLists (map (i: [ i i ]) ${long}))`, String(2 * N)],
    ["concatMap", `builtins.length (builtins.concatMap (i: [ i ]) ${long})`, String(N)],
    ["foldl'", `builtins.foldl' (a: i: a + i) 0 ${long}`, String((N * (N - 1)) / 2)],
    ["filter", `builtins.length (builtins.filter (i: i > 1) ${long})`, String(N - 2)],
    ["partition", `builtins.length (builtins.partition (i: i > 1) ${long}).wrong`, "2"],
    ["all", `builtins.all (i: i >= 0) ${long}`, "true"],
    ["any", `builtins.any (i: i < 0) ${long}`, "false"],
    ["elem", `builtins.elem (-1) ${long}`, "false"],
    ["groupBy", `builtins.length (builtins.groupBy (i: "g") ${long}).g`, String(N)],
    [
      "concatStringsSep",
      `builtins.stringLength (builtins.concatStringsSep "," (map toString ${long})) > ${N}`,
      "true",
    ],
    ["toJSON", `builtins.stringLength (builtins.toJSON ${long}) > ${N}`, "true"],
    ["deepSeq", `builtins.deepSeq ${long} 1`, "1"],
    ["==", `${long} == ${long}`, "true"],
    [
      "listToAttrs",
      `builtins.length (builtins.attrNames (builtins.listToAttrs (map (i: { name = toString i; value = i; }) ${long})))`,
      String(N),
    ],
    ["catAttrs", `builtins.length (builtins.catAttrs "a" (map (a: { inherit a; }) ${long}))`, String(N)],
    [
      "zipAttrsWith",
      `(builtins.zipAttrsWith (n: vs: builtins.length vs) (map (a: { inherit a; }) ${long})).a`,
      String(N),
    ],
    [
      "genericClosure",
      `builtins.length (builtins.genericClosure { startSet = [ { key = 0; } ]; operator = e: if e.key + 1 < ${N} then [ { key = e.key + 1; } ] else [ ]; })`,
      String(N),
    ],
    [
      "a fold of //",
      `builtins.length (builtins.attrNames (builtins.foldl' (a: i: a // { \${toString i} = i; }) { } (builtins.genList (i: i) 20000)))`,
      "20000",
    ],
    [
      "replaceStrings",
      `builtins.stringLength (builtins.replaceStrings [ "1" ] [ "22" ] (builtins.concatStringsSep "" (map (i: "1") ${long})))`,
      String(2 * N),
    ],
    [
      "split",
      `builtins.length (builtins.split "," (builtins.concatStringsSep "," (map (i: "1") ${long})))`,
      String(2 * N - 1),
    ],
    [
      "match",
      `builtins.match "(1|2)*" (builtins.concatStringsSep "" (map (i: "1") ${long})) == [ "1" ]`,
      "true",
    ],
  ])("%s", { timeout: 30_000 }, (_, expression, printed) => {
    expect(evaluate(expression)).toBe(printed);
  });
});
