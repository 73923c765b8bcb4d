/**
 * The bindings of a set or `let`: where one begins, and where it ends.
 *
 *   `a`, `=`, `[`, `1`, ▮`b`, `=`   ->   b begins a binding of its own: the list and a end here
 */
import type { AttrName, Expr } from "../ast.ts";
import type { Item } from "../item.ts";
import { attrNameOf } from "../names.ts";
import { bindingsFrame } from "./brackets.ts";
import { Expression } from "./expression.ts";
import {
  type BindingsFrame,
  type Frame,
  groupFrame,
  holdsBindings,
  holdsExpression,
  type InheritFrame,
} from "./frames.ts";
import { isIdentifier, type Reader } from "./reader.ts";

const nameTypes = new Set(["identifier", "variable_expression", "string_expression", "interpolation", "or"]);
const endedBySemicolon = new Set(["value", "statement", "with", "assert", "inherit", "set", "let"]);

/** A binding or `inherit` that was read without an error. */
export function addBinding(reader: Reader, unit: Item): void {
  enterBindings(reader, unit).bindings.push(unit.built as BindingsFrame["bindings"][number]);
}

/** The set or `let` that a binding at `unit` belongs to, with what is open inside it closed. */
function enterBindings(reader: Reader, unit: Item): BindingsFrame {
  const { stack, reports } = reader;
  const at = stack.find(holdsBindings);
  const frame = stack.frames[at];
  stack.closeAbove(Math.max(at, 0));
  stack.param = undefined;
  if (frame === undefined || !holdsBindings(frame)) return openImplied(reader, unit);
  if (frame.body === undefined) return frame;
  if (stack.frames.findIndex(holdsBindings) === at) {
    // With nothing around the `let` the name taken for its body was one of its own.
    frame.body = undefined;
    return frame;
  }
  stack.finish(reports.previous?.end ?? unit.start);
  return enterBindings(reader, unit);
}

/** Bindings without anything around them: what should be before the first one is missing. */
function openImplied(reader: Reader, unit: Item): BindingsFrame {
  const { reports, stack, units, index } = reader;
  const isLet = stack.find(holdsBindings) < 0 && units.slice(index).some(({ type }) => type === "in");
  const frame = bindingsFrame(reader, isLet ? "let" : "set", { ...unit, type: "" });
  reports.at(unit, `Expected \`${isLet ? "let" : "{"}\` before this.`);
  stack.host(unit);
  stack.push({ ...frame, broken: true });
  if (!isLet) stack.surplus++;
  return stack.top as BindingsFrame;
}

/** `=`: the name before it begins a binding, wherever it stands. */
export function readAssign(reader: Reader, unit: Item): void {
  const { stack, reports } = reader;
  const frame = stack.top;
  const half = holdsExpression(frame) && frame.expr.wantsName;
  const path = takePath(frame);
  const first = path?.[0];
  if (path === undefined || first === undefined) {
    if (frame.kind === "statement") readNamelessAssign(reader, unit);
    else reader.unexpected(unit);
    return;
  }
  if (half) reports.after("Expected a name after `.`.", unit.start);
  // What is missing before the name is missing after the unit before it.
  reports.previous = reader.unitBefore(first.start);
  if (frame.kind === "statement" && frame.expr.isEmpty) stack.frames.pop();
  const place = { ...unit, start: first.start, end: first.end };
  const bindings = lacksBrace(reader, frame, place)
    ? openImplied(reader, place)
    : enterBindings(reader, place);
  bindings.broken ||= half;
  // With a name missing after a dot it is not known what the value belongs to.
  const known = half ? [] : path;
  stack.push({ kind: "value", open: unit, expr: new Expression(reader.source), path: known });
}

/** `1.5 = x;`: the value belongs to nothing. */
function readNamelessAssign(reader: Reader, unit: Item): void {
  enterBindings(reader, unit).broken = true;
  reader.stack.push({ kind: "value", open: unit, expr: new Expression(reader.source), path: [] });
}

/** `a =` and on the next line `b = 1;`, with a `}` too many further on: a `{` is missing. */
function lacksBrace({ stack, layout, reports }: Reader, frame: Frame, unit: Item): boolean {
  if (stack.surplus >= 0 || frame.kind === "statement" || !holdsExpression(frame)) return false;
  const { previous } = reports;
  if (frame.expr.lacks !== "value" || previous === undefined || !layout.startsLine(unit.start)) return false;
  return layout.column(unit.start) > layout.indentation(previous.start);
}

function takePath(frame: Frame): readonly AttrName[] | undefined {
  if (holdsExpression(frame)) return frame.expr.takePath();
  const name = frame.kind === "inherit" ? frame.names.pop() : undefined;
  return name && [name];
}

export function readSemicolon(reader: Reader, unit: Item): void {
  const { stack } = reader;
  const at = stack.find((frame) => endedBySemicolon.has(frame.kind));
  const frame = stack.frames[at];
  if (frame === undefined || holdsBindings(frame)) {
    reader.unexpected(unit);
    return;
  }
  if (frame.kind !== "statement") {
    stack.closeAt(at, unit.end);
    return;
  }
  stack.closeAbove(at - 1);
  // `let x = 1; y;` without `in`: the `;` ends what the `let` is part of.
  if (stack.top.kind !== "let" || stack.top.body === undefined) return;
  stack.finish(unit.start);
  readSemicolon(reader, unit);
}

/** Where a brace is missing, a binding belongs to the set that its line is indented for. */
export function closeByLayout(reader: Reader, unit: Item): void {
  const { stack, layout } = reader;
  if (stack.surplus <= 0 || !layout.startsLine(unit.start) || !beginsBinding(reader)) return;
  const innermost = stack.find(holdsBindings);
  if (stack.frames[innermost]?.kind !== "set") return;
  const column = layout.column(unit.start);
  const meant = stack.find((frame) => holdsBindings(frame) && layout.indentation(frame.open.start) < column);
  if (meant >= 0 && meant !== innermost) stack.closeAbove(meant);
}

function beginsBinding({ units, index }: Reader): boolean {
  const type = units[index]?.type ?? "";
  if (type === "binding" || type.startsWith("inherit")) return true;
  for (let i = index; nameTypes.has(units[i]?.type ?? ""); i += 2) {
    const after = units[i + 1]?.type;
    if (after !== ".") return after === "=";
  }
  return false;
}

export function openInherit(reader: Reader, unit: Item): void {
  enterBindings(reader, unit);
  reader.stack.push({ kind: "inherit", open: unit, from: undefined, names: [] });
}

/** A part of an `inherit`; false for what cannot be one. */
export function readInherit(reader: Reader, frame: InheritFrame, unit: Item): boolean {
  if (unit.type === "(" && frame.from === undefined && frame.names.length === 0) {
    reader.stack.push(groupFrame("paren", unit, reader.source));
    return true;
  }
  if (!isIdentifier(unit) && !reader.isOr(unit) && unit.type !== "string_expression") return false;
  const expr = unit.type === "string_expression" ? (unit.built as Expr) : reader.identifier(unit);
  const name = attrNameOf(expr);
  if (name !== undefined) frame.names.push(name);
  return true;
}
