/** Only regular files are read: a pipe or a device would keep the reader for ever. */
import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync, symlinkSync, truncateSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import { nodeFileSystem } from "../../../server/src/entry/node-files.ts";

let folder = "";

beforeAll(() => {
  folder = mkdtempSync(path.join(tmpdir(), "clan-files-"));
  writeFileSync(path.join(folder, "text"), "text");
  symlinkSync("text", path.join(folder, "link"));
  writeFileSync(path.join(folder, "large"), "");
  truncateSync(path.join(folder, "large"), 2 ** 31);
  symlinkSync("loop", path.join(folder, "loop"));
  if (process.platform === "win32") return;
  execFileSync("mkfifo", [path.join(folder, "pipe")]);
  for (const device of ["zero", "random", "tty"]) symlinkSync(`/dev/${device}`, path.join(folder, device));
});

afterAll(() => rmSync(folder, { recursive: true }));

it.each(["text", "link"])("%s is read", (name) => {
  expect(nodeFileSystem.readFile(path.join(folder, name))).toBe("text");
  expect(nodeFileSystem.readBytes(path.join(folder, name))).toHaveLength(4);
});

// A test that waits for a pipe would never end.
it.each(["pipe", "zero", "random", "tty", "large", "loop", "."])("%s is not", (name) => {
  expect(nodeFileSystem.readFile(path.join(folder, name))).toBeUndefined();
  expect(nodeFileSystem.readBytes(path.join(folder, name))).toBeUndefined();
});
