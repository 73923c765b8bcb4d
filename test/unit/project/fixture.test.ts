import { expect, test } from "vitest";
import { cursorOf, parseFixture } from "../helpers/fixture.ts";

test("files, shared indentation and cursors", () => {
  const fixture = parseFixture(`
    #- /flake.nix
    { outputs = _: { }; }
    #- /clan.nix
    {
      inventory.$0 = $1{ };
    }
  `);
  expect([...fixture.files]).toEqual([
    ["/flake.nix", "{ outputs = _: { }; }\n"],
    ["/clan.nix", "{\n  inventory. = { };\n}\n"],
  ]);
  expect(cursorOf(fixture)).toEqual({ path: "/clan.nix", offset: 14 });
  expect(fixture.markers.get("$1")?.offset).toBe(17);
});

test("text before the first header is /clan.nix", () => {
  expect([...parseFixture("{ }").files]).toEqual([["/clan.nix", "{ }\n"]]);
});

test("a marker written twice is refused", () => {
  expect(() => parseFixture("$0 $0")).toThrow("$0 twice");
});
