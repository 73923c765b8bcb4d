import { expect, test } from "vitest";
import { parseTypeDescription } from "../../../scripts/type-description.mjs";

const str = { kind: "str" };
const int = { kind: "int" };
const bool = { kind: "bool" };
const submodule = { kind: "submodule", options: {} };

test.each([
  ["string", str],
  ["null or string", { kind: "nullOr", of: str }],
  ["null or (submodule)", { kind: "nullOr", of: submodule }],
  ["list of string", { kind: "listOf", of: str }],
  ["non-empty (list of string)", { kind: "listOf", of: str, nonEmpty: true }],
  ["list of (attribute set)", { kind: "listOf", of: { kind: "attrsOf", of: { kind: "anything" } } }],
  ["attribute set of (submodule)", { kind: "attrsOf", of: submodule }],
  ["lazy attribute set of raw value", { kind: "attrsOf", of: { kind: "raw" }, lazy: true }],
  ["attribute set of list of string", { kind: "attrsOf", of: { kind: "listOf", of: str } }],
  [
    "attribute set of (string or signed integer or boolean)",
    { kind: "attrsOf", of: { kind: "either", of: [str, int, bool] } },
  ],
  ['one of "a", "b c", 3, null', { kind: "enum", values: ["a", "b c", 3, null] }],
  ['value "in_repo" (singular enum)', { kind: "enum", values: ["in_repo"] }],
  [
    'one of "all", "nixos" or list of string',
    {
      kind: "either",
      of: [
        { kind: "enum", values: ["all", "nixos"] },
        { kind: "listOf", of: str },
      ],
    },
  ],
  ["16 bit unsigned integer; between 0 and 65535 (both inclusive)", { kind: "int", min: 0, max: 65535 }],
  ["integer between -5 and 5 (both inclusive)", { kind: "int", min: -5, max: 5 }],
  ["positive integer, meaning >0", { kind: "int", min: 1 }],
  ["string matching the pattern (a or b)+", { kind: "str", pattern: "(a or b)+" }],
  ["null or string matching the pattern [a-z]+", { kind: "nullOr", of: { kind: "str", pattern: "[a-z]+" } }],
  [
    "(attribute set of (submodule)) or (list of string) convertible to it",
    { kind: "coercedTo", from: { kind: "listOf", of: str }, to: { kind: "attrsOf", of: submodule } },
  ],
  [
    "function that evaluates to a(n) (null or (attribute set))",
    {
      kind: "functionTo",
      of: { kind: "nullOr", of: { kind: "attrsOf", of: { kind: "anything" } } },
    },
  ],
  [
    "open submodule of lazy attribute set of list of string",
    {
      kind: "submodule",
      options: {},
      freeform: { kind: "attrsOf", of: { kind: "listOf", of: str }, lazy: true },
    },
  ],
  [
    "null or boolean or attribute set of (string or attribute set of (string))",
    {
      kind: "nullOr",
      of: {
        kind: "either",
        of: [bool, { kind: "attrsOf", of: { kind: "either", of: [str, { kind: "attrsOf", of: str }] } }],
      },
    },
  ],
])("%s", (text, expected) => {
  expect(parseTypeDescription(text)).toEqual(expected);
});

test.each(["unspecified value", "list of frobs", "one of a, b", "(string", 'one of "a", "b', ""])(
  "%j cannot be read and is opaque",
  (text) => {
    expect(parseTypeDescription(text)).toEqual({ kind: "opaque", description: text });
  },
);
