/** The suite in an extension host that is a web worker: what it exports, the host calls. */
import "mocha/mocha.js";
import { runMocha, timeout } from "./run-mocha.ts";

export async function run(): Promise<void> {
  mocha.setup({ ui: "bdd", timeout, reporter: Mocha.reporters.Base });
  await import("./activation.test.ts");
  await import("./language.test.ts");
  await runMocha(mocha);
}
