/** One thing that could be written at a cursor, before it is fitted to what is written there. */
import type { OptionType } from "../../modules/option-type.ts";

export type CandidateKind =
  | "option"
  | "setting"
  | "machine"
  | "tag"
  | "instance"
  | "role"
  | "service"
  | "input"
  | "generator"
  | "generator-file"
  | "prompt"
  | "value"
  | "variable"
  | "file"
  | "folder"
  | "snippet";

export interface Candidate {
  readonly kind: CandidateKind;
  readonly text: Text;
  readonly detail?: string | undefined;
  /** What it is for, in a few words, where that says more than `detail` in a list. */
  readonly summary?: string | undefined;
  /** Markdown; made for the one a person looks at. */
  readonly documentation?: (() => string | undefined) | undefined;
  /** Lower comes first; then by name. */
  readonly rank: number;
  /** For names: the type of what is named, which decides what follows the name. */
  readonly type?: OptionType | undefined;
  /** For names: what their path goes on with: `.follows`. */
  readonly below?: string;
  /** A snippet for the value of what is named, where its type does not say it all; of code, for itself. */
  readonly stub?: string | undefined;
  /** Of a stub: whether there is something to offer where the cursor goes first. */
  readonly offersNext?: boolean;
  readonly deprecated?: boolean;
}

/** `word`: a name or a string, quoted as its place needs. `code`: Nix text as it is (`true`, `8080`). */
export type Text = { readonly kind: "word" | "code"; readonly value: string };

export function word(value: string): Text {
  return { kind: "word", value };
}

export function code(value: string): Text {
  return { kind: "code", value };
}
