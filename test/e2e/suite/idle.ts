/** The suite in a folder without Nix. */
import { runInNode } from "./run-in-node.ts";

export function run(): Promise<void> {
  return runInNode(() => import("./idle.test.ts"));
}
