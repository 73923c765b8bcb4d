/**
 * Runs the suite's tests and leaves the outcome in `results.json` beside the workspace folder, where every
 * kind of extension host can write it and the launcher finds it.
 *
 *   { "passed": ["language completes roles"], "failed": [{ "title": "…", "error": "…" }] }
 */
import { Uri, workspace } from "vscode";

export interface Results {
  readonly passed: string[];
  readonly failed: { title: string; error: string }[];
}

/** A starting machine, two cores: generous, for a test waits only as long as it must. */
export const timeout = 60_000;

/** Rejects when a test failed, which is how a host learns it. */
export async function runMocha(mocha: Pick<Mocha, "run">): Promise<void> {
  const results: Results = { passed: [], failed: [] };
  await new Promise<void>((resolve) => {
    const runner = mocha.run(() => resolve());
    runner.on("pass", (test) => void results.passed.push(test.fullTitle()));
    runner.on("fail", (test, error: Error) => {
      results.failed.push({ title: test.fullTitle(), error: error.stack ?? error.message });
    });
  });
  const folder = workspace.workspaceFolders?.[0];
  if (folder === undefined) throw new Error("the suite needs a workspace folder");
  const text = JSON.stringify(results, null, 2);
  await workspace.fs.writeFile(Uri.joinPath(folder.uri, "../results.json"), new TextEncoder().encode(text));
  if (results.failed.length > 0) throw new Error(`${results.failed.length} tests failed`);
}
