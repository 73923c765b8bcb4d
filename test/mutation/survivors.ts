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
  /** What it becomes; absent: whatever it is. */
  readonly becomes?: string;
  readonly reason: string;
}

const survivors: readonly Survivor[] = [
  {
    file: "server/src/clan/vars/script-paths.ts",
    kind: "half of a condition",
    code: 'part.kind === "variable" && part.name === variable',
    becomes: "part.name === variable",
    reason: "Variables alone have a name: the kind is there for the type.",
  },
  {
    file: "server/src/features/rename/rename.ts",
    kind: "guard taken out",
    code: 'if (kind !== "instance") continue;',
    reason:
      "Only instances have generators named after them; for others all machines would be evaluated for nothing.",
  },
  {
    file: "server/src/modules/parted-index.ts",
    kind: "half of a condition",
    code: 'type?.kind === "submodule" && parent?.type?.kind === "attrsOf"',
    reason: "How an index is cut into parts says what is taken over, not what is in it.",
  },
];

export function reasonToStay({ file, kind, start, end, text }: Mutation, source: string): string | undefined {
  const code = source.slice(start, end);
  return survivors.find(
    (one) => one.file === file && one.kind === kind && one.code === code && (one.becomes ?? text) === text,
  )?.reason;
}
