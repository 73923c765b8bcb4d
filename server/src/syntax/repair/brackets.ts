/**
 * Opening and closing: brackets, and the keywords that come in pairs.
 *
 *   {\n  a = {\n    b = 1;\n}   ->   the `}` closes the first `{`, whose line is indented like its own
 */
import type { Item } from "../item.ts";
import { Expression } from "./expression.ts";
import { type BindingsFrame, type Frame, groupFrame, isBrace } from "./frames.ts";
import { isIdentifier, type Reader } from "./reader.ts";

/** `with`, `assert` and `if`, which hold an expression of their own, and `(`. */
export function openGroup(reader: Reader, unit: Item, kind: "paren" | "with" | "assert" | "if"): void {
  if (kind === "paren") reader.stack.host(unit);
  else hostPrefix(reader, unit);
  reader.stack.push(groupFrame(kind, unit, reader.source));
}

/** The frame for something that reaches to the end of its expression, like `let` or a function. */
export function hostPrefix({ stack, reports }: Reader, unit: Item): void {
  const frame = stack.host(unit);
  if (frame.kind === "list" || !frame.expr.takesPrefix)
    reports.at(unit, "This needs parentheses around it here.");
}

export function openList(reader: Reader, unit: Item): void {
  reader.stack.host(unit);
  const expr = new Expression(reader.source);
  reader.stack.push({ kind: "list", open: unit, expr, elements: [], broken: false });
}

export function openInterpolation(reader: Reader, unit: Item): void {
  if (reader.stack.host(unit).expr.hasOperand) reader.unexpected(unit);
  reader.stack.push(groupFrame("interpolation", unit, reader.source));
}

/** A set, or the arguments of a function. */
export function openBrace(reader: Reader, unit: Item): void {
  const { stack } = reader;
  const { param } = stack;
  stack.host(unit);
  if (param?.wantsFormals || looksLikeFormals(reader)) {
    stack.push({ kind: "formals", open: unit, formals: [], ellipsis: false, wantsComma: false, param });
    stack.param = undefined;
    return;
  }
  const { previous } = reader.reports;
  const keyword = previous?.type === "rec" || previous?.type === "let" ? previous : undefined;
  const open = { ...unit, start: keyword?.start ?? unit.start };
  stack.push(bindingsFrame(reader, "set", open, keyword?.type));
}

export function openLet(reader: Reader, unit: Item): void {
  // `let {` becomes a set at its brace.
  if (reader.next?.type === "{") return;
  hostPrefix(reader, unit);
  reader.stack.push(bindingsFrame(reader, "let", unit));
}

export function bindingsFrame(
  reader: Reader,
  kind: "set" | "let",
  open: Item,
  keyword?: string,
): BindingsFrame {
  return {
    kind,
    open,
    paired: reader.pairs.has(reader.index),
    recursive: keyword !== undefined,
    legacyLet: keyword === "let",
    bindings: [],
    broken: false,
    body: undefined,
  };
}

/** `{ a, b` or `{ a ?` or `{ … }:`, as far as it can be told from what follows. */
function looksLikeFormals({ units, index, pairs }: Reader): boolean {
  const first = units[index + 1];
  const second = units[index + 2];
  if (first?.type === "ellipses" || first?.type === "formal") return true;
  if (isIdentifier(first) && (second?.type === "," || second?.type === "?")) return true;
  const close = pairs.get(index);
  const behind = close === undefined ? undefined : units[close + 1];
  if (close === undefined || (behind?.type !== ":" && behind?.type !== "@")) return false;
  const inside = units.slice(index + 1, close);
  return !inside.some(({ type }) => type === "=" || type === ";" || type === "binding");
}

export function closeBrace(reader: Reader, unit: Item): void {
  const { stack } = reader;
  const { top } = stack;
  if (stack.surplus < 0 && (top.kind === "list" || top.kind === "paren")) {
    stack.surplus++;
    const bracket = top.kind === "list" ? "]" : ")";
    reader.reports.at(unit, `Expected \`${bracket}\`, not \`}\`.`, bracket);
    stack.finish(unit.end);
    return;
  }
  const at = braceFor(reader, unit);
  if (at >= 0 && !isStray(reader, unit, at)) {
    stack.closeAt(at, unit.end);
    return;
  }
  stack.surplus++;
  reader.unexpected(unit, "This `}` closes nothing.", "");
  if (reader.next?.type === ";") reader.index++;
}

/** Whether it is this one, of too many closing braces, that has no partner. */
function isStray(reader: Reader, unit: Item, at: number): boolean {
  const { stack, layout } = reader;
  const open = stack.frames[at]?.open;
  if (stack.surplus >= 0 || open === undefined) return false;
  if (reader.hasMoreBraces && at === stack.frames.findIndex(isBrace)) return true;
  if (layout.onSameLine(open.start, unit.start)) return false;
  return !layout.startsLine(unit.start) || layout.column(unit.start) > layout.indentation(open.start);
}

/** The innermost brace, unless one is missing and the indentation says that another one is meant. */
function braceFor({ stack, layout }: Reader, unit: Item): number {
  const innermost = stack.find(isBrace);
  if (stack.surplus <= 0 || !layout.startsLine(unit.start)) return innermost;
  const column = layout.column(unit.start);
  const meant = stack.find((frame) => isBrace(frame) && layout.indentation(frame.open.start) === column);
  return meant < 0 ? innermost : meant;
}

export function closeBracket(reader: Reader, unit: Item, kind: "list" | "paren"): void {
  const at = findKind(reader, kind);
  if (at < 0) reader.unexpected(unit, `This \`${unit.type}\` closes nothing.`, "");
  else reader.stack.closeAt(at, unit.end);
}

/** `then` ends the condition of an `if`, `else` what follows it. */
export function closeBranch(reader: Reader, unit: Item, kind: "if" | "then"): void {
  const at = findKind(reader, kind);
  if (at < 0) reader.unexpected(unit);
  else reader.stack.closeAt(at, unit.start);
}

export function closeLet(reader: Reader, unit: Item): void {
  const at = findKind(reader, "let");
  if (at < 0) {
    reader.unexpected(unit);
    return;
  }
  reader.stack.closeAbove(at);
  reader.stack.finishLetHeader();
}

function findKind(reader: Reader, kind: Frame["kind"]): number {
  return reader.stack.find((frame) => frame.kind === kind);
}
