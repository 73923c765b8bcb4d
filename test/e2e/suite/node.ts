/** The suite in an extension host that is a Node process: what it exports, the host calls. */
import { load } from "./load.ts";
import { runInNode } from "./run-in-node.ts";

export function run(): Promise<void> {
  return runInNode(load);
}
