/** A workspace tells what lies in a folder and what may be executed, so that the store paths of copies are known. */
import { expect, it } from "vitest";
import { Evaluator } from "../../../server/src/nix/evaluator.ts";
import { MemoryFileSystem } from "../../../server/src/project/file-system.ts";
import { RecordingHost } from "../../../server/src/project/recording-host.ts";
import { Workspace } from "../../../server/src/project/workspace.ts";
import { testParser } from "../helpers/parse.ts";

const parser = await testParser();
const FILES = { "/w/x.nix": '"${./scripts}"', "/w/scripts/run": "#!/bin/sh\n", "/w/scripts/text": "a\n" };

function evaluate(executable: ReadonlySet<string> | undefined) {
  const fileSystem = new MemoryFileSystem(FILES, {}, executable);
  const host = new RecordingHost(new Workspace({ fileSystem, parser, roots: ["/w"] }).snapshot());
  const evaluator = new Evaluator(host);
  return { value: evaluator.force(evaluator.evalFile("/w/x.nix")), read: host.read };
}

it.each([
  // As `nix-instantiate --eval` prints for the same files.
  ["of plain files", new Set<string>(), "/nix/store/ip0b9imjd3lymp9v5gj47z2vxxv5g6ql-scripts"],
  ["of a program", new Set(["/w/scripts/run"]), "/nix/store/5hpjxzb60dns3b7p8hr2anmfj4kmsxig-scripts"],
])("the copy %s", (_, executable, path) => {
  expect(evaluate(executable).value).toMatchObject({ type: "string", value: path });
});

it("is unknown where nobody says what may be executed", () => {
  expect(evaluate(undefined).value).toMatchObject({ type: "unknown" });
});

it("depends on all that is in the folder", () => {
  const { read } = evaluate(new Set());
  expect([...read]).toEqual(expect.arrayContaining(["/w/scripts", "/w/scripts/run", "/w/scripts/text"]));
});
