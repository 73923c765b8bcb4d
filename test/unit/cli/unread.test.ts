/** A clan of which a file cannot be read is never called whole: `check` and `inventory` say which file, and why. */
import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { clanLsIn } from "./terminal.ts";

let folder = "";
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), "clan-unread-"));
});
afterEach(() => rmSync(folder, { recursive: true }));

function write(name: string, text: string): void {
  mkdirSync(path.dirname(path.join(folder, name)), { recursive: true });
  writeFileSync(path.join(folder, name), text);
}

const pipe = (name: string): void => {
  mkdirSync(path.dirname(path.join(folder, name)), { recursive: true });
  execFileSync("mkfifo", [path.join(folder, name)]);
};
const clan = (more = ""): void => write("clan.nix", `{ inventory.machines.web = { }; ${more} }`);
const large = (length: number): string => `[${" 1".repeat(length / 2)} ]`;

// Windows has no pipes that are files.
describe.skipIf(process.platform === "win32")("a pipe", () => {
  it.each([
    ["clan.nix", () => {}],
    ["x.nix", () => clan("imports = [ ./x.nix ];")],
    ["inventory.json", () => clan()],
    ["machines/web/configuration.nix", () => clan()],
    ["text", () => clan("inventory.machines.db.description = builtins.readFile ./text;")],
  ])("%s", async (name, others) => {
    others();
    pipe(name);
    await expectUnknown(name, "it is no regular file");
  });

  it("flake.nix", async () => {
    pipe("flake.nix");
    const { code, err } = await clanLsIn(folder, ["check"]);
    expect([code, err]).toEqual([
      2,
      expect.stringContaining("flake.nix cannot be read: it is no regular file"),
    ]);
  });
});

it.each([
  [20_000_000, "larger than the 8 MB"],
  [5_000_000, "is larger than the 4000000 that are read"],
])("an imported file of %d characters", async (length, why) => {
  clan("imports = [ ./x.nix ];");
  write("x.nix", `{ a = ${large(length)}; }`);
  await expectUnknown("", why);
});

it("flake.lock, of more than any flake has", async () => {
  write("flake.nix", '{ inputs.clan-core.url = "github:a/b"; outputs = _: { }; }');
  clan();
  write(
    "flake.lock",
    JSON.stringify({ version: 7, root: "root", nodes: { root: {}, x: "x".repeat(5_000_000) } }),
  );
  await expectUnknown("flake.lock", "is larger than the 4000000 that are read");
});

describe("a link", () => {
  it("to nothing is a missing file", async () => {
    clan("imports = [ ./x.nix ];");
    symlinkSync("nowhere.nix", path.join(folder, "x.nix"));
    const { code, out } = await clanLsIn(folder, ["check"]);
    expect([code, out]).toEqual([1, expect.stringContaining("x.nix")]);
  });

  it("out of what may be read leaves it open", async () => {
    clan("imports = [ ./x.nix ];");
    symlinkSync("/nowhere/else.nix", path.join(folder, "x.nix"));
    await expectUnknown("x.nix", "is outside of what may be read");
  });
});

it("nothing of the kind is said where all can be read", async () => {
  clan("imports = [ ./x.nix ];");
  write("x.nix", "{ }");
  expect((await clanLsIn(folder, ["check"])).out).toBe("No problems in 2 files.\n");
});

async function expectUnknown(file: string, why: string): Promise<void> {
  const { code, out } = await clanLsIn(folder, ["check"]);
  expect(code).toBe(0);
  expect(out).toContain(file);
  expect(out).toContain(why);
  const inventory = JSON.parse((await clanLsIn(folder, ["inventory"])).out);
  expect(JSON.stringify(inventory.unknown)).toContain(why);
}
