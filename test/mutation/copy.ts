/** A copy of the checkout in a temporary folder, in which code can be broken: only what git knows, and no packages. */
import { spawnSync } from "node:child_process";
import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

export class Copy {
  readonly root: string;

  constructor(checkout: string) {
    this.root = mkdtempSync(join(tmpdir(), "clan-mutate-"));
    const listed = spawnSync("git", ["ls-files", "-z", "--cached", "--others", "--exclude-standard"], {
      cwd: checkout,
      encoding: "utf8",
    }).stdout;
    for (const file of [...listed.split("\0"), "syntaxes/nix.tmLanguage.json"])
      if (file !== "" && file !== "node_modules" && existsSync(join(checkout, file)))
        cpSync(join(checkout, file), join(this.root, file));
    symlinkSync(join(checkout, "node_modules"), join(this.root, "node_modules"), "dir");
  }

  read(file: string): string {
    return readFileSync(join(this.root, file), "utf8");
  }

  write(file: string, text: string): void {
    writeFileSync(join(this.root, file), text);
  }

  /** Whether all tests pass; one that hangs does not. */
  passes(tests: readonly string[], seconds: number): boolean {
    const vitest = join(this.root, "node_modules/vitest/vitest.mjs");
    const { status } = spawnSync(process.execPath, [vitest, "run", "--bail", "1", "--silent", ...tests], {
      cwd: this.root,
      stdio: "ignore",
      timeout: seconds * 1000,
      killSignal: "SIGKILL",
    });
    return status === 0;
  }

  /** Those of the test files that fail, from the root of the checkout. */
  failing(tests: readonly string[], seconds: number): string[] {
    const vitest = join(this.root, "node_modules/vitest/vitest.mjs");
    const output = join(this.root, "results.json");
    spawnSync(
      process.execPath,
      [vitest, "run", "--silent", "--reporter=json", `--outputFile=${output}`, ...tests],
      { cwd: this.root, stdio: "ignore", timeout: seconds * 1000, killSignal: "SIGKILL" },
    );
    if (!existsSync(output)) throw new Error("The tests cannot be run in a copy of the checkout.");
    const { testResults } = JSON.parse(readFileSync(output, "utf8")) as {
      testResults: { name: string; status: string }[];
    };
    return tests.filter((test) =>
      testResults.some(({ name, status }) => name.endsWith(`/${test}`) && status !== "passed"),
    );
  }

  remove(): void {
    rmSync(this.root, { recursive: true, force: true });
  }
}
