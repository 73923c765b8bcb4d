/** Types that hold one another so often that they have no end when they are looked at one by one. */
import { describe, expect, it } from "vitest";
import { complete } from "../../../server/src/features/completion/complete.ts";
import { collectFindings } from "../../../server/src/features/findings.ts";
import { hover } from "../../../server/src/features/hover.ts";
import { OccurrenceTables } from "../../../server/src/features/occurrences.ts";
import { queryAtCursor } from "../helpers/feature.ts";

const clan = (type: string, value: string) => `
{ lib, ... }:
let
  inherit (lib) types;
  double = t: ${type};
  t = lib.foldl' (all: _: double all) types.str (lib.range 1 40);
in
{
  inventory.machines.web = { };
  inventory.instances.a = {
    module = { name = "own"; input = "self"; };
    roles.r.machines.web.settings.v = ${value};
  };
  modules.own = {
    _class = "clan.service";
    manifest.name = "own";
    roles.r = {
      description = "r";
      interface.options.v = lib.mkOption { type = t; };
      perInstance = { ... }: { nixosModule = { }; };
    };
  };
}`;

const submodule =
  "types.submodule { options = { a = lib.mkOption { type = t; }; b = lib.mkOption { type = t; }; }; }";

describe.each([
  ["types.either t t", "must be a string."],
  ["types.oneOf [ t t types.bool ]", "must be a string, or `true` or `false`."],
  ["types.either (types.listOf t) (types.attrsOf t)", "must be a list of values, each a list of values,"],
  ["types.either (types.addCheck t (x: true)) (types.nullOr t)", "must be a string, or `null` or a string,"],
  ["types.coercedTo types.path toString (types.either t (types.nullOr t))", "must be "],
  ["types.functionTo (types.either t (types.nullOr t))", "must be a function whose result is a function"],
  [submodule, "must be a set, `{ … }`."],
])("%s", (type, words) => {
  it("is checked, and told in words", async () => {
    const { ask } = await queryAtCursor(clan(type, "5$0"));
    const found = ask(({ snapshot, clans }) => collectFindings(snapshot, clans(snapshot)));
    const told = found.filter(({ code }) => code === "type-mismatch").map(({ message }) => message);
    expect(told).toEqual([expect.stringContaining(words)]);
    expect(told[0]?.length).toBeLessThan(2_500);
  });

  it("is completed and shown", async () => {
    const { ask } = await queryAtCursor(clan(type, "$0"));
    expect(Array.isArray(ask(complete))).toBe(true);
    const shown = await queryAtCursor(clan(type, "5").replace("settings.v", "settings.$0v"));
    expect(JSON.stringify(shown.ask((query) => hover(query, new OccurrenceTables()))).length).toBeLessThan(
      20_000,
    );
  });
});
