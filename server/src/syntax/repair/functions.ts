/**
 * The heads of functions.
 *
 *   `{`, `a`, `b`, `}`, `:`   ->   arguments a and b, "Expected `,`." after a
 */
import type { Formal } from "../ast.ts";
import type { Item } from "../item.ts";
import { readAssign } from "./bindings.ts";
import { hostPrefix } from "./brackets.ts";
import { Expression } from "./expression.ts";
import { type FormalsFrame, holdsExpression } from "./frames.ts";
import { PendingParam } from "./pending-param.ts";
import { isIdentifier, type Reader } from "./reader.ts";

/** What is said of a comma between the elements of a list. */
export const LIST_COMMA = "The elements of a list stand side by side, without `,`.";

const openers = new Set(["{", "[", "(", "let", "rec", "with", "assert", "if"]);

/** Arguments in braces that were read without an error. */
export function readFormals(reader: Reader, unit: Item): void {
  const { stack } = reader;
  stack.host(unit);
  const param = stack.param ?? new PendingParam(reader.source, unit.start);
  const formals = unit.children.flatMap((child) => (child.type === "formal" ? [child.built as Formal] : []));
  const ellipsis = unit.children.some(({ type }) => type === "ellipses");
  param.addFormals(formals, ellipsis, unit.end);
  stack.param = param;
}

/** A part of the arguments in braces; false for what ends them. */
export function readFormal(reader: Reader, frame: FormalsFrame, unit: Item): boolean {
  if (unit.type === "}" || unit.type === ":") return false;
  const last = frame.formals.at(-1);
  if (isIdentifier(unit) || unit.type === "formal" || unit.type === "ellipses") {
    if (frame.wantsComma) reader.reports.after("Expected `,`.", undefined, ",");
    frame.wantsComma = true;
    if (unit.type === "ellipses") frame.ellipsis = true;
    else frame.formals.push(formalOf(reader, unit));
  } else if (unit.type === "," && frame.wantsComma) frame.wantsComma = false;
  else if (unit.type === "?" && last !== undefined && last.fallback === undefined) {
    frame.formals.pop();
    const expr = new Expression(reader.source);
    reader.stack.push({ kind: "default", open: unit, expr, name: last.name });
  } else reader.unexpected(unit);
  return true;
}

function formalOf(reader: Reader, unit: Item): Formal {
  if (unit.type === "formal") return unit.built as Formal;
  const name = reader.identifier(unit);
  return { kind: "formal", ...reader.place(unit), name, fallback: undefined };
}

export function readComma(reader: Reader, unit: Item): void {
  const { stack, reports } = reader;
  const { top } = stack;
  const around = stack.frames.at(-2);
  if (top.kind === "default") {
    stack.closeAt(stack.frames.length - 1, unit.start);
    if (around?.kind === "formals") around.wantsComma = false;
  } else if (top.kind === "value" && around?.kind === "set") {
    reports.at(unit, "Expected `;`, not `,`.", ";");
    stack.finish(unit.end);
  } else if (top.kind === "list") reports.at(unit, LIST_COMMA, "");
  else reader.unexpected(unit);
}

/** `:` behind a function's arguments. */
export function readColon(reader: Reader, unit: Item): void {
  const { stack, reports } = reader;
  if (stack.top.kind === "formals") stack.closeAbove(stack.frames.length - 2);
  const { top } = stack;
  if (stack.param === undefined && top.kind === "statement" && top.expr.isPath) {
    const isTight = /\S/.test(reader.source.text.charAt(unit.start - 1));
    reports.at(unit, "Expected `=`, not `:`.", isTight ? " =" : "=");
    readAssign(reader, unit);
    return;
  }
  const param = stack.param ?? takeParam(reader);
  stack.param = undefined;
  if (param === undefined) {
    reader.unexpected(unit);
    return;
  }
  if (param.wantsName || param.wantsFormals) reports.after("Expected the rest of the arguments after `@`.");
  hostPrefix(reader, { ...unit, start: param.start });
  stack.addPrefix((body) => param.lambda(body));
}

/** `@` between a function's arguments in braces and their name. */
export function readAt(reader: Reader, unit: Item): void {
  const param = reader.stack.param ?? takeParam(reader);
  reader.stack.param = param;
  if (param === undefined) reader.unexpected(unit);
  else param.addAt();
}

/** The name just read as a function's argument. */
function takeParam(reader: Reader): PendingParam | undefined {
  const { top } = reader.stack;
  const name = holdsExpression(top) ? top.expr.takeIdentifier() : undefined;
  if (name === undefined) return undefined;
  const param = new PendingParam(reader.source, name.start);
  param.addName(name);
  return param;
}

/** Before `unit` is read: a function's arguments that are not followed by their colon get one. */
export function endParam({ stack, reports, source }: Reader, unit: Item | undefined): void {
  const { param, top } = stack;
  if (param === undefined || unit?.type === ":" || unit?.type === "@") return;
  if (param.wantsName && isIdentifier(unit)) return;
  if (param.wantsFormals && (unit?.type === "{" || unit?.type === "formals")) return;
  stack.param = undefined;
  stack.addPrefix((body) => param.lambda(body));
  if (param.wantsFormals && unit !== undefined && isIdentifier(unit)) {
    const text = source.text.slice(param.start, unit.end);
    reports.at({ ...unit, start: param.start }, `Text stands in quotes: \`"${text}"\`.`);
    return;
  }
  if (unit !== undefined && (unit.built !== undefined || openers.has(unit.type))) {
    reports.after("Expected `:`.");
    return;
  }
  reports.after("Expected `:` and a value after these arguments.");
  const end = reports.previous?.end ?? 0;
  if (holdsExpression(top))
    top.expr.add({ kind: "error", source: stack.source, start: end, end, children: [] });
}
