/** The suite where the extension Nix IDE is installed too. */
import { runInNode } from "./run-in-node.ts";

export function run(): Promise<void> {
  return runInNode(() => import("./beside-nix-ide.test.ts"));
}
