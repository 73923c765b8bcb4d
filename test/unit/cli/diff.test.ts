/** `clan-ls diff` with the real git, in a repository made for the test. */
import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { clanLsIn, type Ran } from "./terminal.ts";

let folder = "";

beforeAll(() => {
  folder = realpathSync(mkdtempSync(path.join(tmpdir(), "clan-diff-")));
  git("init", "-q");
  write("clan.nix", '{ meta.name = "x"; inventory.machines = { db = { }; web = { }; }; }');
  write("machines/web/configuration.nix", "{ services.a.port = 1; }");
  write("machines/db/old.nix", "{ services.b.port = 1; }");
  write("machines/db/configuration.nix", "{ imports = [ ./old.nix ]; }");
  commit("first");
  write("machines/web/configuration.nix", "{ services.a.port = 2; }");
  commit("second");
  write("machines/web/configuration.nix", "{ services.a.port = 2; } # the same");
  rmSync(path.join(folder, "machines/db/old.nix"));
  write("machines/db/configuration.nix", "{ services.b.port = 1; }");
  // Git does not know it: neither does Nix.
  write("machines/web/hardware-configuration.nix", "{ }");
});

afterAll(() => rmSync(folder, { recursive: true, force: true }));

function git(...args: string[]): string {
  const who = ["-c", "user.name=x", "-c", "user.email=x@example.org", "-c", "commit.gpgsign=false"];
  return execFileSync("git", ["-C", folder, ...who, ...args], {
    encoding: "utf8",
    stdio: ["ignore", "pipe", "ignore"],
  });
}

function write(file: string, text: string): void {
  mkdirSync(path.dirname(path.join(folder, file)), { recursive: true });
  writeFileSync(path.join(folder, file), text);
}

function commit(message: string): void {
  git("add", "-A");
  git("commit", "-q", "-m", message);
}

function clanLs(...args: string[]): Promise<Ran> {
  return clanLsIn(folder, args);
}

test("since the last commit, as JSON: what is moved into another file of the machine is a change of its files", async () => {
  const { code, out } = await clanLs("diff", "--format", "json");
  expect(code).toBe(0);
  expect(JSON.parse(out)).toEqual({
    version: 1,
    rev: git("rev-parse", "HEAD").trim(),
    machines: {
      db: {
        reasons: [
          { what: "file", path: "machines/db/configuration.nix", file: "machines/db/configuration.nix" },
        ],
      },
    },
    unaffected: ["web"],
    unknown: [],
  });
});

test("since an older revision, as text, from another folder", async () => {
  const { code, out } = await clanLs("diff", "HEAD~1", folder);
  expect(code).toBe(0);
  expect(out).toBe(
    [
      "db",
      "  file machines/db/configuration.nix",
      "web",
      "  file machines/web/configuration.nix",
      "  option services.a.port (machines/web/configuration.nix)",
      "",
    ].join("\n"),
  );
});

test("what is no revision is said, also where it looks like an option of git", async () => {
  expect(await clanLs("diff", "nonsense")).toMatchObject({
    code: 2,
    err: "clan-ls: there is no revision nonsense\n",
  });
  expect((await clanLs("diff", "--output=/tmp/x")).code).toBe(2);
  expect(await clanLs("diff", "--", "--output=x")).toMatchObject({ code: 2, out: "" });
});
