/** A copy of the checkout in a temporary folder, in which code can be broken: only what git knows, and no packages. */
import { spawn, spawnSync } from "node:child_process";
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { recorder } from "./reaches.ts";

/** What one test file says of itself: which marked places its tests run. */
export interface Recorded {
  /** An absolute path in the copy. */
  readonly file: string;
  readonly places: readonly (readonly [index: number, tests: readonly string[]])[];
}

/** How a test file ended, and what its tests cost. */
export interface TestResult {
  readonly name: string;
  readonly status: string;
  readonly startTime: number;
  readonly endTime: number;
}

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

  write(file: string, text: string): void {
    writeFileSync(join(this.root, file), text);
  }

  /** Whether all tests pass whose name is `named`, or all of these files; one that hangs does not. */
  async passes(files: readonly string[], named: string | undefined, seconds: number): Promise<boolean> {
    const only = named === undefined ? [] : ["--testNamePattern", named];
    const options = ["--bail", "1", "--silent", "--maxWorkers", "1"];
    return (await this.#vitest([...options, ...only, ...files], seconds)) === 0;
  }

  /** Runs all tests of the marked code once. */
  async record(tests: readonly string[], seconds: number): Promise<[TestResult[], Recorded[]]> {
    const folder = join(this.root, "reached");
    mkdirSync(folder);
    this.write("recorder.ts", recorder(folder));
    this.write(
      "vitest.recorded.ts",
      `import config from "./vitest.config.mts";\nexport default { test: { ...config.test, setupFiles: ["./recorder.ts"] } };\n`,
    );
    const output = join(this.root, "results.json");
    const reporter = ["--silent", "--reporter=json", `--outputFile=${output}`];
    await this.#vitest(["--config", "vitest.recorded.ts", ...reporter, ...tests], seconds);
    if (!existsSync(output)) throw new Error("The tests cannot be run in a copy of the checkout.");
    const { testResults } = JSON.parse(readFileSync(output, "utf8")) as { testResults: TestResult[] };
    const recorded = readdirSync(folder).map((file) => readFileSync(join(folder, file), "utf8"));
    return [testResults, recorded.map((text) => JSON.parse(text) as Recorded)];
  }

  remove(): void {
    rmSync(this.root, { recursive: true, force: true });
  }

  /** Its exit code. */
  #vitest(args: readonly string[], seconds: number): Promise<number | null> {
    const vitest = join(this.root, "node_modules/vitest/vitest.mjs");
    const child = spawn(process.execPath, [vitest, "run", ...args], {
      cwd: this.root,
      stdio: "ignore",
      timeout: Math.ceil(seconds * 1000),
      killSignal: "SIGKILL",
    });
    return new Promise((resolve) => child.on("close", resolve));
  }
}
