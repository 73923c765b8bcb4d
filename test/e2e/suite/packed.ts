/** The same of the package. What each command is called with, the suite of the checkout has tried: it takes long. */
import { load } from "./load.ts";
import { runInNode } from "./run-in-node.ts";

export function run(): Promise<void> {
  return runInNode(() => load({ hostileNames: false }));
}
