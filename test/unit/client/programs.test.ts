/** Finding a program along PATH, in folders made for the test, and running one. */
import { chmodSync, mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import { machinePrograms } from "../../../client/src/programs.ts";

let root = "";

beforeAll(() => {
  root = mkdtempSync(path.join(tmpdir(), "programs-"));
  for (const folder of ["first", "second", "clan/bin", "second/clan-folder"]) {
    mkdirSync(path.join(root, folder), { recursive: true });
  }
  for (const [file, mode] of [
    ["first/clan", 0o644],
    ["second/clan", 0o755],
    ["clan/bin/clan", 0o755],
  ] as const) {
    writeFileSync(path.join(root, file), "");
    chmodSync(path.join(root, file), mode);
  }
});

afterAll(() => rmSync(root, { recursive: true }));

async function checkFound(program: string, folders: readonly string[], expected: string | undefined) {
  const PATH = folders.map((folder) => path.join(root, folder)).join(path.delimiter);
  const found = await machinePrograms({ PATH }, "/clan-ls.js").find(program, path.join(root, "clan"));
  expect(found && path.relative(root, found)).toBe(expected);
}

it("takes the first executable file on PATH", async () => {
  await checkFound("clan", ["first", "second"], "second/clan");
});

it("takes a path with a slash from the clan's folder, whatever PATH says", async () => {
  await checkFound("./bin/clan", ["second"], "clan/bin/clan");
  await checkFound("bin/nix", ["second"], undefined);
});

it("finds neither a folder nor what is not there", async () => {
  await checkFound("clan-folder", ["second"], undefined);
  await checkFound("nix", ["first", "second"], undefined);
});

it("ignores relative entries of PATH: they would mean another file in each folder", async () => {
  const found = machinePrograms(
    { PATH: `:.:${path.relative(process.cwd(), path.join(root, "second"))}` },
    "/clan-ls.js",
  );
  expect(await found.find("clan", path.join(root, "clan"))).toBeUndefined();
});

it("runs a program with the arguments as they are, and says how it ended", async () => {
  const programs = machinePrograms({}, "/clan-ls.js");
  const print =
    "process.stdout.write(JSON.stringify([process.cwd(), ...process.argv.slice(1)])); process.exitCode = 3";
  const ended = await programs.run(process.execPath, ["-e", print, "a b", "$HOME"], root);
  expect({ ...ended, stdout: JSON.parse(ended.stdout) }).toEqual({
    exitCode: 3,
    stdout: [realpathSync(root), "a b", "$HOME"],
    stderr: "",
  });
});

it("has no exit code for a program that cannot be started, or is aborted", async () => {
  const programs = machinePrograms({}, "/clan-ls.js");
  const missing = await programs.run(path.join(root, "none"), [], root);
  expect(missing.exitCode).toBeUndefined();
  expect(missing.stderr).toContain("ENOENT");
  const abort = new AbortController();
  const running = programs.run(process.execPath, ["-e", "setInterval(() => {}, 1000)"], root, abort.signal);
  abort.abort();
  expect((await running).exitCode).toBeUndefined();
});

it("runs clan-ls by the Node it runs in itself, which the editor's program is if it is told to", async () => {
  const file = path.join(root, "clan-ls.js");
  writeFileSync(
    file,
    "process.stdout.write(JSON.stringify([process.env.ELECTRON_RUN_AS_NODE, process.cwd(), ...process.argv.slice(2)]))",
  );
  const ended = await machinePrograms({}, file).runClanLs(["diff", "--", "$HOME"], root);
  expect(JSON.parse(ended.stdout)).toEqual(["1", realpathSync(root), "diff", "--", "$HOME"]);
});
