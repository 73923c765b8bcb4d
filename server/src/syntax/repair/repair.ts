/**
 * Makes the most of a file with errors, and says what is wrong: what was opened is closed where that makes
 * sense, what is missing is added, what fits nowhere is left out, and everything around keeps its meaning.
 *
 *   { a = { roles. }; b = [ 1 ; c = 2; }   ->   { a = { }; b = [ 1 ]; c = 2; }, two problems
 *
 * Reads the units of units.ts once, left to right, onto a stack of what is open. The decisions lean on what
 * people write: a name before `=` begins a binding wherever it stands, and a brace belongs to the line that
 * is indented like its own.
 */
import type { Expr, Interpolation } from "../ast.ts";
import type { Item, Lowering } from "../item.ts";
import {
  addBinding,
  closeByLayout,
  openInherit,
  readAssign,
  readInherit,
  readSemicolon,
} from "./bindings.ts";
import {
  closeBrace,
  closeBracket,
  closeBranch,
  closeLet,
  openBrace,
  openGroup,
  openInterpolation,
  openLet,
  openList,
} from "./brackets.ts";
import { isBinaryOp } from "./expression.ts";
import { type ExpressionFrame, holdsBindings, holdsExpression } from "./frames.ts";
import { endParam, readAt, readColon, readComma, readFormal, readFormals } from "./functions.ts";
import { Layout } from "./layout.ts";
import { findPairs } from "./pairs.ts";
import { isIdentifier, Reader, type Step } from "./reader.ts";
import { Reports } from "./reports.ts";
import { Stack } from "./stack.ts";
import { isFragment, openPath, readQuote, readText } from "./text.ts";
import { collectUnits, unclosedBraces } from "./units.ts";

export interface Repaired {
  /** What the damaged tree most likely stands for. */
  readonly expr: Expr;
  /** To Nix, what is behind this offset is text: problems that begin there are not to be shown. */
  readonly judgedUntil: number;
}

/** Whoever has so much open at once has no file to mend: what follows is left out. */
const MAX_OPEN = 10_000;

/** Adds at least one problem. */
export function repair(root: Item, { source, problems, checks }: Lowering): Repaired {
  const units = collectUnits(root, source.text);
  const reports = new Reports(source, problems);
  if (units.length === 0) reports.report(0, source.text.length, "The file holds no expression.");
  const stack = new Stack(source, reports, checks, root, unclosedBraces(units));
  const reader = new Reader(units, source, stack, reports, new Layout(source.text), findPairs(units));
  for (; reader.index < units.length && stack.depth <= MAX_OPEN; reader.index++) {
    const unit = units[reader.index] as Item;
    endParam(reader, unit);
    closeByLayout(reader, unit);
    readUnit(reader, unit);
    reports.previous = units[reader.index];
  }
  endParam(reader, undefined);
  stack.closeAbove(0);
  const { expr } = stack.top as ExpressionFrame;
  if (expr.lacks !== undefined && problems.length === 0) reports.lack(expr.lacks);
  // The parser is right that there is an error, even where this reading finds sense in everything.
  if (problems.length === 0) reports.unexpected(firstError(root));
  return { expr: expr.finish(reports.previous?.end ?? 0), judgedUntil: reports.mutedFrom };
}

function firstError(root: Item): Item {
  let item = root;
  for (let next = item.children.find(({ damaged }) => damaged); next !== undefined; ) {
    item = next;
    next = item.type === "ERROR" ? undefined : item.children.find(({ damaged }) => damaged);
  }
  return item;
}

const keywords = new Set(["if", "then", "else", "assert", "with", "let", "in", "rec", "inherit"]);

const steps = new Map<string, Step>([
  ["{", openBrace],
  ["}", closeBrace],
  ["[", openList],
  ["]", (reader, unit) => closeBracket(reader, unit, "list")],
  ["(", (reader, unit) => openGroup(reader, unit, "paren")],
  [")", (reader, unit) => closeBracket(reader, unit, "paren")],
  ["${", openInterpolation],
  ['"', readQuote],
  ["''", readQuote],
  ["path_fragment", openPath],
  [";", readSemicolon],
  [",", readComma],
  ["=", readAssign],
  [":", readColon],
  ["@", readAt],
  ["formals", readFormals],
  ["inherit", openInherit],
  ["let", openLet],
  // Read together with its brace.
  ["rec", (reader, unit) => reader.next?.type !== "{" && reader.unexpected(unit)],
  ["in", closeLet],
  ["if", (reader, unit) => openGroup(reader, unit, "if")],
  ["then", (reader, unit) => closeBranch(reader, unit, "if")],
  ["else", (reader, unit) => closeBranch(reader, unit, "then")],
  ["with", (reader, unit) => openGroup(reader, unit, "with")],
  ["assert", (reader, unit) => openGroup(reader, unit, "assert")],
]);

function readUnit(reader: Reader, unit: Item): void {
  const frame = reader.stack.top;
  if (frame.kind === "text" && readText(reader, frame, unit)) return;
  if (frame.kind === "formals" && readFormal(reader, frame, unit)) return;
  if (frame.kind === "inherit" && readInherit(reader, frame, unit)) return;
  const step = steps.get(unit.type);
  if (isName(reader, unit)) readName(reader, unit);
  else if (reader.source.text.startsWith("/*", unit.start)) readOpenComment(reader, unit);
  else if (unit.built !== undefined && !isFragment(unit) && !reader.isOr(unit)) readWhole(reader, unit);
  else if (step !== undefined) step(reader, unit);
  else if (!addOperator(reader, unit)) reader.unexpected(unit);
}

/** A name, or a keyword where only a name makes sense. */
function isName(reader: Reader, unit: Item): boolean {
  const isOr = reader.isOr(unit);
  if (isIdentifier(unit) && !isOr) return true;
  if (!isOr && (unit.built !== undefined || !keywords.has(unit.type))) return false;
  const frame = reader.stack.top;
  if (holdsBindings(frame)) return reader.next?.type === "=" || reader.next?.type === ".";
  if (!holdsExpression(frame)) return false;
  if (frame.expr.wantsName) return reader.reports.previous?.end === unit.start;
  return isOr && frame.expr.hasOperand && !frame.expr.endsWithSelection;
}

function readName(reader: Reader, unit: Item): void {
  const { stack, reports } = reader;
  const identifier = reader.identifier(unit);
  if (keywords.has(unit.type))
    reports.at(unit, `\`${identifier.name}\` is a keyword: quote it to use it as a name.`);
  if (stack.param?.wantsName) stack.param.addName(identifier);
  else stack.addOperand(stack.host(unit), identifier);
}

/** An expression, a binding or a computed name that was read without an error. */
function readWhole(reader: Reader, unit: Item): void {
  const { stack } = reader;
  if (unit.type === "binding" || unit.type.startsWith("inherit")) addBinding(reader, unit);
  else if (unit.type === "formal") reader.unexpected(unit);
  else if (unit.type !== "interpolation") stack.addOperand(stack.host(unit), unit.built as Expr);
  else {
    const { expr } = stack.host(unit);
    if (expr.wantsName || expr.isEmpty) stack.deliverInterpolation(unit.built as Interpolation);
    else reader.unexpected(unit);
  }
}

/** An operator where one can stand; false elsewhere. */
function addOperator(reader: Reader, unit: Item): boolean {
  const frame = reader.stack.top;
  if (!holdsExpression(frame)) return false;
  const { expr } = frame;
  if (expr.wantsName && (isBinaryOp(unit.type) || unit.type === "?")) reader.reports.lack("name");
  if (unit.type === "." || unit.type === "?") return expr.openPath(unit.type);
  if (reader.isOr(unit)) return expr.openFallback();
  // The operators of a list's elements need parentheses.
  if (frame.kind === "list" && isBinaryOp(unit.type)) return false;
  return expr.addOperator(unit.type, unit.start);
}

/** Nix reads all that follows as a comment; what it would be without it is kept and not judged. */
function readOpenComment(reader: Reader, unit: Item): void {
  reader.reports.report(unit.start, unit.start + 2, "This comment is never closed.");
  reader.reports.mutedFrom = Math.min(reader.reports.mutedFrom, unit.start);
}
