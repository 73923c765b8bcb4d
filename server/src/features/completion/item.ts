/**
 * A candidate as the edit it would be at the cursor: quoted where it must be, followed by what is missing.
 *
 *   roles.▮            controller      ->   controller = { $0 };
 *   roles.▮ = { };     controller      ->   controller
 *   tags = [ ▮ ]       srv             ->   "srv"
 *   tags = [ "▮" ]     srv             ->   srv
 *   "tags": [ ▮ ]      srv             ->   "srv"
 */
import { printAttrName, printString } from "../../syntax/quote.ts";
import type { Marked } from "../marker.ts";
import type { Range } from "../query.ts";
import type { Candidate, CandidateKind } from "./candidate.ts";
import { offersValues, valueStub } from "./value-stub.ts";

export interface CompletionItem {
  /** As it will stand in the code, quotes included. */
  readonly label: string;
  readonly kind: CandidateKind;
  readonly detail: string | undefined;
  /** Shown beside each label in the list. */
  readonly summary: string | undefined;
  /** Markdown; made for the one a person looks at. */
  readonly documentation: (() => string | undefined) | undefined;
  /** A snippet: `$0` is where the cursor ends, and `\` escapes. */
  readonly insertText: string;
  /** What is replaced; on one line, and it holds the cursor. */
  readonly replace: Range;
  /** What goes too, before `replace`. */
  readonly remove?: Range;
  /** What the text in `replace` is compared with. */
  readonly filterText: string;
  readonly sortText: string;
  readonly deprecated: boolean;
  /** There is something to offer where the cursor goes. */
  readonly offersNext: boolean;
}

/** Undefined where it cannot be written: `true` between quotes, a path in JSON. */
export function toItem(candidate: Candidate, marked: Marked): CompletionItem | undefined {
  const { text, kind, detail, summary, documentation, rank, deprecated = false } = candidate;
  const { word } = marked;
  if (text.kind === "code" && (word.quoted || (isJson(marked) && isNixOnly(kind)))) return undefined;
  // A whole binding has its own name and value.
  if (kind === "snippet" && marked.node.kind === "attr-name" && marked.complete) return undefined;
  const bare = text.kind === "code" ? text.value : printWord(text.value, marked);
  const rest = word.quoted ? "" : following(candidate, marked);
  return {
    label: word.quoted ? text.value : bare,
    kind,
    detail,
    summary: summary ?? detail,
    documentation,
    insertText: word.quoted ? insideQuotes(text.value, marked) : plainText(candidate, bare) + rest,
    replace: word.content,
    filterText: text.value,
    sortText: sortText(rank, text.value),
    deprecated,
    offersNext: kind === "folder" || (rest !== "" && hasNext(candidate)),
  };
}

/** Whether there are names or values to offer in the value that is written for a new name. */
function hasNext({ type, stub, offersNext }: Candidate): boolean {
  return offersNext ?? (stub === undefined && type !== undefined && offersValues(type));
}

/** In the order of ranks below 100, then by name. */
export function sortText(rank: number, name: string): string {
  return `${String(rank).padStart(2, "0")}${name}`;
}

/** A value can be a snippet by itself. */
function plainText({ text, stub }: Candidate, bare: string): string {
  return text.kind === "code" && stub !== undefined ? stub : escapeSnippet(bare);
}

function isJson({ node }: Marked): boolean {
  return node.source.language === "json";
}

function isNixOnly(kind: CandidateKind): boolean {
  return kind === "file" || kind === "folder" || kind === "snippet";
}

/** Quoted as its place needs. */
function printWord(name: string, marked: Marked): string {
  if (isJson(marked)) return JSON.stringify(name);
  return marked.node.kind === "attr-name" ? printAttrName(name) : printString(name);
}

/** The quotes are there already, at least the first. */
function insideQuotes(name: string, marked: Marked): string {
  const quoted = isJson(marked) ? JSON.stringify(name) : printString(name);
  return escapeSnippet(quoted.slice(1, -1)) + (marked.word.closed ? "" : '"');
}

/** After a new name: its value, and `;`. Nothing after one that is taken over or asked for. */
function following({ kind, type, below = "", stub }: Candidate, marked: Marked): string {
  const { node, ancestors, complete } = marked;
  const holder = ancestors.at(-1)?.kind;
  if (
    kind === "snippet" ||
    node.kind !== "attr-name" ||
    complete ||
    holder === "inherit" ||
    holder === "select"
  )
    return "";
  // The stubs are Nix; what a type stands for alone is the same in JSON.
  return isJson(marked) ? `: ${valueStub(type)}` : `${below} = ${stub ?? valueStub(type)};`;
}

function escapeSnippet(text: string): string {
  return text.replace(/[\\$}]/g, "\\$&");
}
