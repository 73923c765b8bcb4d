/** The suite in an extension host that is a Node process: what it exports, the host calls. */
import Mocha from "mocha";
import { runMocha, timeout } from "./run-mocha.ts";

export async function run(): Promise<void> {
  const mocha = new Mocha({ ui: "bdd", timeout, reporter: Mocha.reporters.Base });
  // Makes `describe` and `it` global; the test files are in this bundle, not loaded by mocha.
  mocha.suite.emit("pre-require", globalThis, "", mocha);
  await import("./activation.test.ts");
  await import("./language.test.ts");
  await import("./places.test.ts");
  await import("./moves.test.ts");
  await import("./programs.test.ts");
  await import("./tasks.test.ts");
  await import("./commands.test.ts");
  await runMocha(mocha);
}
