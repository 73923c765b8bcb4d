/** One small breakage of our own code, to see whether a test notices. */

export type MutationKind =
  | "guard taken out"
  | "condition turned round"
  | "half of a condition"
  | "substitute taken out"
  | "element taken out"
  | "name changed"
  | "boolean turned round";

export interface Mutation {
  /** From the root of the checkout, with `/`. */
  readonly file: string;
  readonly kind: MutationKind;
  /** Offsets of what is replaced. */
  readonly start: number;
  readonly end: number;
  readonly text: string;
  /** The expression or statement that a test must run to notice. */
  readonly mark: { readonly start: number; readonly end: number };
}

export function applyMutation(source: string, { start, end, text }: Mutation): string {
  return source.slice(0, start) + text + source.slice(end);
}

/** "rules/unknown-tag.ts:18 guard taken out: if (…) return;", in one line. */
export function describeMutation(source: string, { file, kind, start, end, text }: Mutation): string {
  const line = source.slice(0, start).split("\n").length;
  const flat = (code: string): string => code.replaceAll(/\s+/g, " ").slice(0, 100);
  return `${file}:${line} ${kind}: ${flat(source.slice(start, end))} -> ${flat(text) || "nothing"}`;
}
