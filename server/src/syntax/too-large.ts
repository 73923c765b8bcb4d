/**
 * Files that are not parsed, since nobody writes them by hand and the parser has no room for them.
 *
 *   sourceTooLarge("/clan/big.nix", text of 20 MB)   ->   an error node that says how large it is, and no problem
 */
import type { Expr, Source } from "./ast.ts";

/** In UTF-16 units. The largest file of nixpkgs that people edit has a tenth of it. */
const MAX_LENGTH = 1_000_000;

export function isTooLarge({ length }: string): boolean {
  return length > MAX_LENGTH;
}

export function whyTooLarge({ length }: string): string {
  return `a file of ${length} characters is larger than the ${MAX_LENGTH} that are read`;
}

/** Nix may well read such a file, so it is no mistake: what it holds is not known. */
export function sourceTooLarge(path: string, text: string): Source | undefined {
  const { length } = text;
  if (!isTooLarge(text)) return undefined;
  const source: { -readonly [K in keyof Source]: Source[K] } = {
    path,
    text,
    language: path.endsWith(".json") ? "json" : "nix",
    root: undefined as unknown as Expr, // set below: the node needs the source first
    problems: [],
  };
  const reason = whyTooLarge(text);
  source.root = { kind: "error", source, start: 0, end: length, children: [], reason };
  return source;
}
