/** The tests of an extension host that is a Node process, in the order they run: the last ends the server for good. */
export async function load(): Promise<void> {
  await loadPacked();
  await import("./places.test.ts");
  await import("./moves.test.ts");
  await import("./hostile-names.test.ts");
  await import("./syntax-errors.test.ts");
  await import("./server-dies.test.ts");
}

/** What could be otherwise in the package: what starts, answers, and is run. */
export async function loadPacked(): Promise<void> {
  await import("./activation.test.ts");
  await import("./language.test.ts");
  await import("./programs.test.ts");
  await import("./tasks.test.ts");
  await import("./commands.test.ts");
}
