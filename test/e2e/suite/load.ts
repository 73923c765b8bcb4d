/** The tests of an extension host that is a Node process, in the order they run: the last ends the server for good. */
export async function load({ hostileNames }: { readonly hostileNames: boolean }): Promise<void> {
  await import("./activation.test.ts");
  await import("./language.test.ts");
  await import("./places.test.ts");
  await import("./moves.test.ts");
  await import("./programs.test.ts");
  await import("./tasks.test.ts");
  await import("./commands.test.ts");
  if (hostileNames) await import("./hostile-names.test.ts");
  await import("./syntax-errors.test.ts");
  await import("./server-dies.test.ts");
}
