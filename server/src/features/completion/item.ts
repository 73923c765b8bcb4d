/**
 * A candidate as the edit it would be at the cursor: quoted where it must be, followed by what is missing.
 *
 *   roles.▮            controller      ->   controller = { $0 };
 *   roles.▮ = { };     controller      ->   controller
 *   tags = [ ▮ ]       srv             ->   "srv"
 *   tags = [ "▮" ]     srv             ->   srv
 */
import { printAttrName, printString } from "../../syntax/quote.ts";
import type { Marked } from "../marker.ts";
import type { Range } from "../query.ts";
import type { Candidate, CandidateKind } from "./candidate.ts";
import { valueStub } from "./value-stub.ts";

export interface CompletionItem {
  /** As it will stand in the code, quotes included. */
  readonly label: string;
  readonly kind: CandidateKind;
  readonly detail: string | undefined;
  /** Markdown; made for the one a person looks at. */
  readonly documentation: (() => string | undefined) | undefined;
  /** A snippet: `$0` is where the cursor ends, and `\` escapes. */
  readonly insertText: string;
  /** What is replaced; on one line, and it holds the cursor. */
  readonly replace: Range;
  /** What the text in `replace` is compared with. */
  readonly filterText: string;
  readonly sortText: string;
  readonly deprecated: boolean;
}

/** Undefined where it cannot be written: `true` between quotes. */
export function toItem(candidate: Candidate, marked: Marked): CompletionItem | undefined {
  const { text, kind, detail, documentation, rank, deprecated = false } = candidate;
  const { word, node } = marked;
  if (word.quoted && text.kind === "code") return undefined;
  const bare =
    text.kind === "code"
      ? text.value
      : node.kind === "attr-name"
        ? printAttrName(text.value)
        : printString(text.value);
  return {
    label: word.quoted ? text.value : bare,
    kind,
    detail,
    documentation,
    insertText: word.quoted
      ? insideQuotes(text.value, marked)
      : escapeSnippet(bare) + following(candidate, marked),
    replace: word.content,
    filterText: text.value,
    sortText: `${rank}${text.value}`,
    deprecated,
  };
}

/** The quotes are there already, at least the first. */
function insideQuotes(name: string, { word }: Marked): string {
  return escapeSnippet(printString(name).slice(1, -1)) + (word.closed ? "" : '"');
}

/** After a new name: its value, and `;`. */
function following({ type, stub }: Candidate, { node, ancestors, complete }: Marked): string {
  const isNewName = node.kind === "attr-name" && !complete && ancestors.at(-1)?.kind !== "inherit";
  return isNewName ? ` = ${stub ?? valueStub(type)};` : "";
}

function escapeSnippet(text: string): string {
  return text.replace(/[\\$}]/g, "\\$&");
}
