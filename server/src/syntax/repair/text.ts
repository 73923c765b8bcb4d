/**
 * Strings and paths that the parser could not read whole.
 *
 *   `"`, fragment, `${`, `x`, `.`, `}`, `"`   ->   a string with a broken interpolation
 *   `"`, `foo`, `;`                           ->   "This `"` is never closed.", then `;`
 */
import type { StringPart, StringText } from "../ast.ts";
import type { Item } from "../item.ts";
import { type Frame, groupFrame, type TextFrame } from "./frames.ts";
import type { Reader } from "./reader.ts";

const fragmentTypes = new Set(["string_fragment", "escape_sequence", "dollar_escape", "path_fragment"]);

/** Text inside a string or path. */
export function isFragment(unit: Item | undefined): boolean {
  return unit !== undefined && fragmentTypes.has(unit.type);
}

/** A part of a string or path, or its end; false for what cannot be one. */
export function readText(reader: Reader, frame: TextFrame, unit: Item): boolean {
  const { stack } = reader;
  if (isFragment(unit) || unit.type === "interpolation") frame.parts.push(unit.built as StringPart);
  else if (unit.type === "${") stack.push(groupFrame("interpolation", unit, reader.source));
  else if (unit.type === frame.open.type) stack.finish(unit.end);
  else if (unit.type !== "ERROR") {
    // A path ends at anything else; a string should not.
    if (frame.open.type === "path_fragment") stack.finish(reader.reports.previous?.end ?? unit.start);
    else stack.closeAbove(stack.frames.length - 2);
    return false;
  }
  return true;
}

export function openPath(reader: Reader, unit: Item): void {
  openText(reader, unit, [unit.built as StringText]);
}

function openText(reader: Reader, unit: Item, parts: StringPart[]): void {
  reader.stack.host(unit);
  reader.stack.push({ kind: "text", open: unit, parts });
}

/** A quote that the parser has not made a string of. */
export function readQuote(reader: Reader, unit: Item): void {
  const { stack, next } = reader;
  const sameQuote = (frame: Frame) => frame.kind === "text" && frame.open.type === unit.type;
  const around = stack.frames[stack.find(sameQuote)];
  if (isFragment(next) || next?.type === "interpolation" || next?.type === "${") openText(reader, unit, []);
  else if (next?.type === unit.type && next.start === unit.end) openText(reader, unit, []);
  else if (around !== undefined && reader.onSameLine(around.open, unit))
    stack.closeAt(stack.find(sameQuote), unit.end);
  else if (!readWords(reader, unit)) readUnclosed(reader, unit);
}

/** A string whose text the parser has read as code: up to the next such quote (on its line, for `"`). */
function readWords(reader: Reader, unit: Item): boolean {
  const { source, stack, units } = reader;
  const close = units.findIndex((other, i) => i > reader.index && other.type === unit.type);
  const partner = units[close];
  const indented = unit.type === "''";
  if (partner === undefined || (!indented && !reader.onSameLine(unit, partner))) return false;
  const text = source.text.slice(unit.end, partner.start);
  const part: StringText = { kind: "text", source, start: unit.end, end: partner.start, text };
  const span = { source, start: unit.start, end: partner.end };
  stack.addOperand(stack.host(unit), { kind: "string", ...span, indented, parts: [part] });
  reader.index = close;
  return true;
}

/**
 * What follows on the line of an unclosed quote, up to the next delimiter, is its text. To Nix all the rest
 * of the file is: what it would be without the quote is kept and not judged.
 */
function readUnclosed(reader: Reader, unit: Item): void {
  const { stack, reports } = reader;
  reports.at(unit, `This \`${unit.type}\` is never closed.`);
  reports.mutedFrom = unit.start;
  stack.markBroken();
  const host = stack.host(unit);
  while (reader.next !== undefined && isWord(reader.next) && reader.onSameLine(unit, reader.next))
    reader.index++;
  const last = reader.units[reader.index] ?? unit;
  reports.skip(last);
  if (host.expr.wantsName) return;
  const place = { source: reader.source, start: unit.start, end: last.end };
  stack.addOperand(host, { kind: "error", ...place, children: [] });
}

/** Not a delimiter. */
function isWord(unit: Item): boolean {
  return unit.built !== undefined || /^[\w.+*/!-]+$/.test(unit.type);
}
