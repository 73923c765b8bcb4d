/**
 * Breakages that no test notices and that may stay so, each with the reason.
 *
 * A new one is added with the code as it is written, so that it counts no longer when the code changes.
 */
import type { Mutation, MutationKind } from "./mutation.ts";

interface Survivor {
  readonly file: string;
  readonly kind: MutationKind;
  /** What is replaced, as it is written. */
  readonly code: string;
  readonly reason: string;
}

const survivors: readonly Survivor[] = [];

export function reasonToStay({ file, kind, start, end }: Mutation, source: string): string | undefined {
  const code = source.slice(start, end);
  return survivors.find((one) => one.file === file && one.kind === kind && one.code === code)?.reason;
}
