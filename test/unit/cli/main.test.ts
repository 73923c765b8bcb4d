import { expect, test } from "vitest";
import { clanLs } from "./terminal.ts";

test("says its version and its usage", async () => {
  expect(await clanLs(["--version"])).toMatchObject({ code: 0, out: "clan-ls 1.2.3\n" });
  for (const args of [["--help"], ["-h"], ["check", "--help"]])
    expect(await clanLs(args)).toMatchObject({
      code: 0,
      out: expect.stringContaining("clan-ls check [DIR | FILE...]"),
    });
});

test("serves an editor", async () => {
  expect(await clanLs(["--stdio"])).toMatchObject({ code: 0, served: true });
  // As editors start it that fork their servers.
  expect(await clanLs(["--stdio", "--clientProcessId=42"])).toMatchObject({ code: 0, served: true });
});

test.each([
  [[], "which command?"],
  [["frobnicate"], "there is no command frobnicate"],
  [["--frobnicate"], "Unknown option '--frobnicate'"],
  [["check", "--frobnicate"], "Unknown option '--frobnicate'"],
  [["inventory", "a", "b"], "unexpected argument b"],
  [["check", "--format", "xml"], "there is no format xml; there are: text, json, sarif, github"],
  [["check", "nowhere"], "there is no file or folder nowhere"],
  [["inventory", "--format", "text"], "there is no format text; there are: json"],
  [["eval"], "eval needs a FILE"],
  [["eval", "nowhere.nix"], "there is no file nowhere.nix"],
])("bad usage: %j", async (args, message) => {
  const { code, out, err } = await clanLs(args, "#- /work/clan.nix\n{ }");
  expect(err).toContain(`clan-ls: ${message}`);
  expect([code, out]).toEqual([2, ""]);
});
