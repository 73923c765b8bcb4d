/** What the JSON Schema of a role's settings says of them. */
import { expect, test } from "vitest";
import { type RoleSchema, readRoleSchema } from "../../../server/src/clan/json-schema.ts";

/** The settings with one property of this schema. */
function read(schema: object, definitions: object = {}, more: object = {}) {
  const input = { type: "object", properties: { it: schema }, additionalProperties: false, ...more };
  return readRoleSchema({ $defs: { ...definitions, Input: input } } as unknown as RoleSchema);
}

const typeOf = (schema: object, definitions: object = {}) =>
  read(schema, definitions).options.get("it")?.type;
const text = { kind: "either", of: [{ kind: "str" }, { kind: "path" }] };
const anything = { kind: "anything" };

test.each<[object, unknown]>([
  [{ type: "boolean" }, { kind: "bool" }],
  [{ type: "integer" }, { kind: "int" }],
  [{ type: "number" }, { kind: "either", of: [{ kind: "int" }, { kind: "float" }] }],
  [{ type: "string" }, text],
  [{ enum: ["a", 1, null] }, { kind: "enum", values: ["a", 1, null] }],
  [
    { type: "array", items: { type: "integer" } },
    { kind: "listOf", of: { kind: "int" } },
  ],
  [{ type: "array" }, { kind: "listOf", of: anything }],
  [
    { type: "object", additionalProperties: { type: "integer" } },
    { kind: "attrsOf", of: { kind: "int" } },
  ],
  [{ type: "object" }, anything],
  [{ type: "object", additionalProperties: true }, anything],
  [{ oneOf: [{ type: "null" }, { type: "integer" }] }, { kind: "nullOr", of: { kind: "int" } }],
  [
    { oneOf: [{ type: "boolean" }, { type: "integer" }] },
    { kind: "either", of: [{ kind: "bool" }, { kind: "int" }] },
  ],
  [
    { oneOf: [{ type: "null" }, { type: "boolean" }, { type: "integer" }] },
    { kind: "nullOr", of: { kind: "either", of: [{ kind: "bool" }, { kind: "int" }] } },
  ],
  [{ oneOf: [{ type: "null" }] }, { kind: "nullOr", of: anything }],
  [{ type: "constructor" }, anything],
  [{}, anything],
])("%j", (schema, type) => {
  expect(typeOf(schema)).toEqual(type);
});

test("a definition is looked up, one that is not there is anything", () => {
  expect(typeOf({ $ref: "#/$defs/port" }, { port: { type: "integer" } })).toEqual({ kind: "int" });
  expect(typeOf({ $ref: "#/$defs/prot" }, { port: { type: "integer" } })).toEqual(anything);
});

test("a definition of itself ends", () => {
  const json = { oneOf: [{ type: "string" }, { type: "array", items: { $ref: "#/$defs/json" } }] };
  let type = typeOf({ $ref: "#/$defs/json" }, { json });
  let depth = 0;
  while (type?.kind === "either" || type?.kind === "listOf") {
    type = type.kind === "either" ? type.of.at(-1) : type.of;
    depth++;
  }
  expect(type).toEqual(anything);
  expect(depth).toBeGreaterThan(4);
});

test("settings beside those that are declared: none, any, or of one type", () => {
  const more = (additionalProperties: unknown) =>
    read({ type: "integer" }, {}, { additionalProperties }).freeform;
  expect([more(false), more(true), more(undefined), more({ type: "integer" })]).toEqual([
    undefined,
    anything,
    anything,
    { kind: "int" },
  ]);
});

test("which are required, what is said of them, and their defaults as Nix", () => {
  const defaults = [1, "a b", null, true, ["x", 2], { "a b": [], c: { d: "e" } }];
  const properties = Object.fromEntries(
    defaults.map((value, n) => [`s${n}`, { type: "string", default: value }]),
  );
  const { options } = read(
    { type: "string", description: " What. \n" },
    {},
    {
      properties: { it: { type: "string", description: " What. \n" }, ...properties },
      required: ["it"],
    },
  );
  expect(options.get("it")).toMatchObject({ required: true, description: "What." });
  expect(options.get("it")).not.toHaveProperty("default");
  expect(defaults.map((_, n) => options.get(`s${n}`)?.default)).toEqual([
    "1",
    '"a b"',
    "null",
    "true",
    '[ "x" 2 ]',
    '{ "a b" = [ ]; c = { d = "e"; }; }',
  ]);
  expect(options.get("s0")?.required).toBe(false);
});

test("what is said beside a reference counts more than what is said in the definition", () => {
  const port = { type: "integer", description: "A port.", default: 1 };
  const { options } = read({ $ref: "#/$defs/port", default: 22 }, { port });
  expect(options.get("it")).toMatchObject({ type: { kind: "int" }, description: "A port.", default: "22" });
});
