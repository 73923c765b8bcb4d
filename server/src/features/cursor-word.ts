/**
 * The word being written at a cursor: what a completion replaces.
 *
 *   roles.pe▮er      ->  peer
 *   tags = [ "sr▮" ] ->  "sr", quoted; its content is sr
 *   tags = [ "sr▮    ->  "sr, quoted and not closed
 *   ./modules/we▮b   ->  ./modules/web, a path; its content is web
 */
import type { Node, Source } from "../syntax/ast.ts";
import { nodesAt } from "../syntax/navigate.ts";
import type { Range } from "./query.ts";

export interface CursorWord extends Range {
  /** The quotes, where there are any, belong to the word but not to its content. */
  readonly content: Range;
  readonly quoted: boolean;
  readonly closed: boolean;
  /** Of a path: what is written of it before its content, up to a `/`; empty where that is only dots. */
  readonly folder?: string;
}

/** Always gives a word, perhaps an empty one. `offset` in UTF-16 code units. */
export function findCursorWord(source: Source, offset: number): CursorWord {
  return (
    stringAt(source, offset) ??
    unclosedString(source, offset) ??
    pathAt(source.text, offset) ??
    dotsAt(source.text, offset) ??
    identifierAt(source.text, offset)
  );
}

function stringAt(source: Source, offset: number): CursorWord | undefined {
  const node = nodesAt(source, offset).findLast(
    (each) => isPlainString(each) || isInterpolated(each, offset),
  );
  if (node === undefined || node.kind === "interpolation" || offset <= node.start || offset >= node.end)
    return undefined;
  if (source.text.slice(node.start, node.end).includes("\n")) return undefined;
  const content = { start: node.start + 1, end: node.end - 1 };
  return { start: node.start, end: node.end, content, quoted: true, closed: true };
}

function isPlainString(node: Node): boolean {
  if (node.kind === "attr-name") return node.quoted && node.source.text[node.start] === '"';
  return node.kind === "string" && !node.indented;
}

/** Between the braces of `${…}`: what is written there is code again. */
function isInterpolated({ kind, start, end }: Node, offset: number): boolean {
  return kind === "interpolation" && start + 2 <= offset && offset < end;
}

/** A quote that the parser found no partner for, or the wrong one: its string is being written. */
function unclosedString(source: Source, offset: number): CursorWord | undefined {
  const { text } = source;
  // A quote before the `${` that code is written in is part of an indented string.
  const around = nodesAt(source, offset).findLast((node) => isInterpolated(node, offset));
  const line = text.slice(Math.max(text.lastIndexOf("\n", offset - 1) + 1, around?.start ?? 0), offset);
  const quotes = [...line.matchAll(/(?<!\\)"/g)];
  const last = quotes.length % 2 === 1 ? quotes.at(-1) : undefined;
  // After `"${` code is written again.
  if (last === undefined || /\$\{[^}]*$/.test(line.slice(last.index))) return undefined;
  const start = offset - line.length + last.index;
  // A quote right after the word closes it; after a space it would open the next string.
  const rest = /^([^\s"]*)"/.exec(text.slice(offset, offset + 200))?.[1];
  const content = { start: start + 1, end: offset + (rest?.length ?? 0) };
  const closed = rest !== undefined;
  return { start, end: closed ? content.end + 1 : content.end, content, quoted: true, closed };
}

/** `./`, `../`, and what follows them; a lone `.` may be the end of `a.` and is no path yet. */
function pathAt(text: string, offset: number): CursorWord | undefined {
  const line = text.slice(text.lastIndexOf("\n", offset - 1) + 1, offset);
  const written = /(?<=^|[\s([{=;:])\.{1,2}\/[\w./+-]*$/.exec(line)?.[0];
  if (written === undefined) return undefined;
  const rest = /^[\w.+-]*/.exec(text.slice(offset, offset + 200))?.[0] ?? "";
  const whole = /^[\w./+-]*/.exec(text.slice(offset, offset + 500))?.[0] ?? "";
  const folder = written.slice(0, written.lastIndexOf("/") + 1);
  const content = { start: offset - written.length + folder.length, end: offset + rest.length };
  const word = { start: offset - written.length, end: offset + whole.length };
  return { ...word, content, quoted: false, closed: false, folder };
}

/** `.` or `..` where a path may begin, and not the end of `a.`: behind a bracket, `=` or `:`, or another path of a list. */
function dotsAt(text: string, offset: number): CursorWord | undefined {
  const before = text.slice(Math.max(0, offset - 500), offset);
  const dots = /(?:[[(=:]|(?<=[\s[(])\.{1,2}\/[\w./+-]*\s)\s*(\.{1,2})$/.exec(before)?.[1];
  if (dots === undefined) return undefined;
  const word = { start: offset - dots.length, end: offset };
  return { ...word, content: word, quoted: false, closed: false, folder: "" };
}

function identifierAt(text: string, offset: number): CursorWord {
  const before = /[A-Za-z_][\w'-]*$/.exec(text.slice(Math.max(0, offset - 200), offset))?.[0] ?? "";
  const after = before === "" ? /^[A-Za-z_][\w'-]*/ : /^[\w'-]*/;
  const rest = after.exec(text.slice(offset, offset + 200))?.[0] ?? "";
  const word = { start: offset - before.length, end: offset + rest.length };
  return { ...word, content: word, quoted: false, closed: false };
}
