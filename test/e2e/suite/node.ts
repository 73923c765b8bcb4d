/** The suite in an extension host that is a Node process: what it exports, the host calls. */
import { runInNode } from "./run-in-node.ts";

export function run(): Promise<void> {
  return runInNode(async () => {
    await import("./activation.test.ts");
    await import("./language.test.ts");
    await import("./places.test.ts");
    await import("./moves.test.ts");
    await import("./programs.test.ts");
    await import("./tasks.test.ts");
    await import("./commands.test.ts");
    await import("./hostile-names.test.ts");
    await import("./syntax-errors.test.ts");
    await import("./server-dies.test.ts");
  });
}
