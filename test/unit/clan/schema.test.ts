import { expect, test } from "vitest";
import generated from "../../../server/src/clan/catalogue/clan-options.json" with { type: "json" };
import { type OptionsJson, readOptionSet } from "../../../server/src/clan/catalogue/read.ts";
import { annotations } from "../../../server/src/clan/schema/annotations.ts";
import { clanOptions } from "../../../server/src/clan/schema/clan-options.ts";
import type { Option, OptionSet, OptionType } from "../../../server/src/modules/option-type.ts";

/** Every option with its path, `<name>` for free names. */
function* walk(set: OptionSet, prefix = ""): Generator<[string, Option]> {
  for (const [name, option] of set.options) {
    yield [`${prefix}${name}`, option];
    yield* walkType(option.type, `${prefix}${name}.`);
  }
}

function* walkType(type: OptionType, prefix: string): Generator<[string, Option]> {
  if (type.kind === "submodule") yield* walk(type.options, prefix);
  if (type.kind === "attrsOf" || type.kind === "listOf") yield* walkType(type.of, `${prefix}<name>.`);
  if (type.kind === "nullOr") yield* walkType(type.of, prefix);
  if (type.kind === "coercedTo") yield* walkType(type.to, prefix);
}

const all = new Map(walk(clanOptions));
const option = (path: string): Option => all.get(path) ?? expect.fail(`no option ${path}`);

test("every option a person may write has a description", () => {
  const bare = [...all].filter(([, found]) => !found.internal && !found.description).map(([path]) => path);
  expect(bare).toEqual([]);
});

test("every annotation belongs to an option", () => {
  const asked = new Set(["inventory.services"]);
  readOptionSet(generated.options as unknown as OptionsJson, (path) => {
    asked.add(path);
    return undefined;
  });
  expect(Object.keys(annotations).filter((path) => !asked.has(path))).toEqual([]);
});

test("names and strings say what they stand for", () => {
  expect(option("inventory.machines").type).toMatchObject({ kind: "attrsOf", keyMeaning: "machine" });
  expect(option("inventory.machines.<name>.tags").type).toEqual({
    kind: "listOf",
    of: { kind: "str", meaning: "tag" },
  });
  expect(option("inventory.instances.<name>.module.input").type).toEqual({
    kind: "nullOr",
    of: { kind: "str", meaning: "input" },
  });
  expect(option("inventory.instances.<name>.roles.<name>.tags").type).toMatchObject({
    kind: "coercedTo",
    from: { kind: "listOf", of: { kind: "str", meaning: "tag" } },
    to: { kind: "attrsOf", keyMeaning: "tag" },
  });
});

test("any name is a tag, with a list of machines", () => {
  expect(option("inventory.tags").type).toMatchObject({
    kind: "submodule",
    options: {
      freeform: {
        kind: "attrsOf",
        keyMeaning: "tag",
        of: { kind: "listOf", of: { kind: "str", meaning: "machine" } },
      },
    },
  });
});

test("defaults that are literals are values too", () => {
  expect(option("inventory.machines.<name>.machineClass").defaultValue?.value).toEqual({
    type: "string",
    value: "nixos",
  });
  expect(option("inventory.machines.<name>.deploy.targetHost").defaultValue?.value).toEqual({ type: "null" });
  expect(option("inventory.machines.<name>.name").defaultValue).toBeUndefined();
});

test("what was taken away, what is going, and what is nobody's business", () => {
  expect(option("inventory.services").removed).toContain("inventory.instances");
  expect(option("meta.tld").deprecated).toContain("meta.domain");
  expect(option("clanInternals").internal).toBe(true);
  expect(option("inventory._inventoryFile").internal).toBe(true);
});

test("only the clan's name and what is made anew must be set", () => {
  const required = [...all].filter(([, found]) => found.required).map(([path]) => path);
  expect(required).toEqual([
    "checks.<name>.assertion",
    "checks.<name>.message",
    "inventory.meta.name",
    "meta.name",
    "templates.clan.<name>.path",
    "templates.disko.<name>.path",
    "templates.machine.<name>.path",
  ]);
});
