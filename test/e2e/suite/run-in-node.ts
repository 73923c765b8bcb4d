/** Runs tests in an extension host that is a Node process. */
import Mocha from "mocha";
import { runMocha, timeout } from "./run-mocha.ts";

/** `load` imports the test files: they are in the bundle, not loaded by mocha. */
export async function runInNode(load: () => Promise<unknown>): Promise<void> {
  const mocha = new Mocha({ ui: "bdd", timeout, reporter: Mocha.reporters.Base });
  // Makes `describe` and `it` global.
  mocha.suite.emit("pre-require", globalThis, "", mocha);
  await load();
  await runMocha(mocha);
}
