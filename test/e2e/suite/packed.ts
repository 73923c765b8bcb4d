/** The suite of the package: what it exports, the host calls. */
import { loadPacked } from "./load.ts";
import { runInNode } from "./run-in-node.ts";

export function run(): Promise<void> {
  return runInNode(loadPacked);
}
