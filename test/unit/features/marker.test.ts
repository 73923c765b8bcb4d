/** Half-written code is made whole around the cursor `$0`: what is evaluated, with `▮` for the marker. */
import { expect, test } from "vitest";
import { markerName, placeMarker } from "../../../server/src/features/marker.ts";
import { cursorOf } from "../helpers/fixture.ts";
import { workspaceOf } from "../helpers/workspace.ts";

async function marked(code: string): Promise<string | undefined> {
  const { fixture, workspace } = await workspaceOf(code);
  const { path, offset } = cursorOf(fixture);
  const { written: found } = placeMarker(workspace.snapshot(), path, offset);
  return found?.snapshot.readFile(path)?.trimEnd().replace(`"${markerName}"`, "▮");
}

test.each([
  ["{ $0 }", "{ ▮ = null; }"],
  ["{ a.$0 }", "{ a.▮ = null; }"],
  ["{ a.b$0 }", "{ a.▮ = null; }"],
  ["{ a.b$0.c = 1; }", "{ a.▮.c = 1; }"],
  ["{ a.$0b = 1; }", "{ a.▮ = 1; }"],
  ['{ a."b c$0" = 1; }', "{ a.▮ = 1; }"],
  ['{ a."b c$0', "{ a.▮ = null; }"],
  ["{ a = $0; }", "{ a = ▮; }"],
  ["{ a = $0 }", "{ a = ▮; }"],
  ["{ a = [ $0 ]; }", "{ a = [ ▮ ]; }"],
  ['{ a = [ "x" "y$0" ]; }', '{ a = [ "x" ▮ ]; }'],
  ['{ a = [ "y$0 }', "{ a = [ ▮ ]; }"],
  ["{ inherit $0; }", "{ inherit ▮; }"],
  ["{ inherit (x) a $0; }", "{ inherit (x) a ▮; }"],
  ["{ a = 1; $0 b = 2; }", "{ a = 1; ▮ = null; b = 2; }"],
])("%s", async (code, expected) => {
  expect(await marked(code)).toBe(expected);
});

test("a name alone on its line, before another binding", async () => {
  expect(await marked("{\n  a.$0\n  b.c = 2;\n}")).toBe("{\n  a.▮ = null;\n  b.c = 2;\n}");
});

test("a value at the end of its line, before another binding", async () => {
  expect(await marked("{\n  a = $0\n  b.c = 2;\n}")).toBe("{\n  a = ▮;\n  b.c = 2;\n}");
});

test.each(["{ # a$0\n}", "{ a = ''x $0 y''; }", "{ a = /* $0 */ 1; }", "{ a = lib.$0; }", "{ a = b ? $0; }"])(
  "nothing of a clan stands here: %s",
  async (code) => {
    expect(await marked(code)).toBeUndefined();
  },
);
