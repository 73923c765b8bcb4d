/**
 * Closes what was opened: each frame becomes a node and goes to the frame around it. What has to be closed
 * before its time is reported here.
 *
 *   top, set, value a, list `[ x`   closed by `;`   ->   top, set { a = [ x ]; }, "This `[` is never closed."
 */
import type { AttrSet, Expr, Interpolation, LetExpr, Source } from "../ast.ts";
import type { BindingChecks } from "../binding-checks.ts";
import type { Item } from "../item.ts";
import { attrNameOf } from "../names.ts";
import { cookString, stripIndentation } from "../strings.ts";
import { Expression } from "./expression.ts";
import {
  type BindingsFrame,
  type ExpressionFrame,
  endings,
  type FormalsFrame,
  type Frame,
  groupFrame,
  holdsBindings,
  holdsExpression,
  isBrace,
  isBracket,
} from "./frames.ts";
import { PendingParam } from "./pending-param.ts";
import type { Reports } from "./reports.ts";

export class Stack {
  readonly frames: Frame[];
  /** A function's arguments whose colon has not come yet. */
  param: PendingParam | undefined;

  constructor(
    readonly source: Source,
    readonly reports: Reports,
    private readonly checks: BindingChecks,
    root: Item,
    /** How many braces are open that nothing closes further on; negative if there are too many closing ones. */
    public surplus: number,
  ) {
    this.frames = [groupFrame("top", root, source)];
  }

  get top(): Frame {
    return this.frames[this.frames.length - 1] as Frame;
  }

  /** What is open where the file is being read: brackets and keywords, or functions without their body. */
  get depth(): number {
    const { top } = this;
    return Math.max(this.frames.length, holdsExpression(top) ? top.expr.depth : 0);
  }

  push(frame: Frame): void {
    this.frames.push(frame);
  }

  /** The index of the innermost frame that fits, or -1. */
  find(fits: (frame: Frame) => boolean): number {
    return this.frames.findLastIndex(fits);
  }

  /** Names may be missing from the set, `let` or list that is being read. */
  markBroken(): void {
    const frame = this.top.kind === "statement" ? this.frames.at(-2) : this.top;
    if (frame !== undefined && (holdsBindings(frame) || frame.kind === "list")) frame.broken = true;
  }

  /** The frame that takes an expression beginning with `unit`. */
  host(unit: Item): ExpressionFrame {
    const frame = this.top;
    if (holdsExpression(frame)) return frame;
    if (!holdsBindings(frame)) {
      this.closeAbove(this.frames.length - 2);
      return this.host(unit);
    }
    const statement = groupFrame("statement", unit, this.source);
    this.frames.push(statement);
    return statement;
  }

  /** An operand, a name after a dot, or the next element of a list. */
  addOperand(frame: ExpressionFrame, operand: Expr): void {
    if (frame.expr.wantsName) {
      const name = attrNameOf(operand);
      if (name !== undefined) {
        frame.expr.addName(name);
        return;
      }
      this.reports.lack("name");
    }
    if (frame.kind === "list" && frame.expr.hasOperand) this.endElement(frame);
    frame.expr.add(operand);
  }

  /**
   * Closes all frames above `index`, reporting brackets that are open, or else what is missing innermost.
   * Says whether there was something to close.
   */
  closeAbove(index: number): boolean {
    const unclosed = this.frames.slice(index + 1);
    // A string with an open interpolation may well have its quote.
    const brackets = unclosed.filter(
      (frame, i) => isBracket(frame) && !(frame.kind === "text" && unclosed[i + 1]?.kind === "interpolation"),
    );
    for (const { open } of brackets) this.reports.at(open, `This \`${open.type}\` is never closed.`);
    const innermost = unclosed.at(-1);
    if (brackets.length === 0 && innermost !== undefined) this.reportMissing(innermost);
    this.surplus -= unclosed.filter(isBrace).length;
    while (this.frames.length > index + 1) {
      const frame = this.top;
      if (holdsBindings(frame) || frame.kind === "list") frame.broken = true;
      this.finish(this.reports.previous?.end ?? 0);
    }
    return unclosed.length > 0;
  }

  /** Closes a frame in its proper place, and before it what is still open inside. */
  closeAt(index: number, end: number): void {
    const reported = this.closeAbove(index);
    const { top } = this;
    const lack = holdsExpression(top) ? top.expr.lacks : undefined;
    const mayBeEmpty = top.kind === "list" && top.expr.isEmpty;
    if (!reported && lack !== undefined && !mayBeEmpty) this.reports.lack(lack);
    this.finish(end);
  }

  /** What a frame without a bracket lacks when it has to end. */
  private reportMissing(frame: Frame): void {
    if (frame.kind === "statement") this.reportStatement(frame.expr, frame.open);
    else if (holdsExpression(frame) && frame.expr.lacks !== undefined) this.reports.lack(frame.expr.lacks);
    else if (endings.has(frame.kind)) this.reportEnding(endings.get(frame.kind) ?? "");
  }

  /** Only `;` belongs just there: what goes on behind `then`, `else` and `in` is not known. */
  private reportEnding(ending: string): void {
    this.reports.after(`Expected \`${ending}\`.`, undefined, ending === ";" ? ";" : undefined);
  }

  /** What stands where a binding should, without its `=`. */
  private reportStatement(expr: Expression, open: Item): void {
    const around = this.frames.at(-2);
    const named = open.type === "identifier" || open.type === "variable_expression";
    if (expr.lacks === "name") this.reports.after("Expected a name after `.`.");
    else if (around?.kind === "let" && !around.paired) this.reports.at(open, "Expected `in` before this.");
    else if (expr.isPath) {
      const end = this.reports.previous?.end ?? open.end;
      this.reports.report(open.start, end, "Expected `=` and a value after this name.");
    } else if (named) this.reports.at(open, "Expected `=` after this name.");
    else this.reports.at(open, "Expected a name here, as in `name = value;`.");
  }

  /** Ends the innermost frame and hands what it has become to the one around it. */
  finish(end: number): void {
    const frame = this.frames.pop();
    if (frame === undefined) return;
    const base = { source: this.source, start: frame.open.start, end };
    switch (frame.kind) {
      case "set":
        this.deliver(this.finishSet(frame, end));
        return;
      case "let":
        this.deliver(
          this.finishLet(frame, frame.body ?? { kind: "error", ...base, start: end, children: [] }),
        );
        return;
      case "list":
        this.endElement(frame);
        this.deliver({ kind: "list", ...base, elements: frame.elements, broken: frame.broken });
        return;
      case "text":
        this.finishText(frame.open, frame.parts, end);
        return;
      case "paren":
        this.deliver(frame.expr.finish(end));
        return;
      case "interpolation":
        this.deliverInterpolation({ kind: "interpolation", ...base, expr: frame.expr.finish(end) });
        return;
      case "statement": {
        const around = this.top;
        if (around.kind === "let" && !around.paired) around.body = frame.expr.finish(end);
        else if (holdsBindings(around)) around.broken = true;
        return;
      }
      case "value": {
        const start = frame.path[0]?.start ?? base.start;
        // An empty value ends where the `=` does.
        const value = frame.expr.finish(Math.min(end, this.reports.previous?.end ?? end));
        if (holdsBindings(this.top) && frame.path.length > 0)
          this.top.bindings.push({ kind: "binding", ...base, start, path: frame.path, value });
        return;
      }
      case "inherit":
        if (holdsBindings(this.top))
          this.top.bindings.push({ kind: "inherit", ...base, from: frame.from, names: frame.names });
        return;
      case "with": {
        const scope = frame.expr.finish(end);
        this.addPrefix((body) => ({ kind: "with", ...base, end: body.end, scope, body }));
        return;
      }
      case "assert": {
        const condition = frame.expr.finish(end);
        this.addPrefix((body) => ({ kind: "assert", ...base, end: body.end, condition, body }));
        return;
      }
      case "if":
        this.frames.push({
          kind: "then",
          open: frame.open,
          expr: new Expression(this.source),
          condition: frame.expr.finish(end),
        });
        return;
      case "then": {
        const { condition } = frame;
        const consequence = frame.expr.finish(end);
        this.addPrefix((alternative) => ({
          kind: "if",
          ...base,
          end: alternative.end,
          condition,
          consequence,
          alternative,
        }));
        return;
      }
      case "default":
        if (this.top.kind === "formals") {
          const fallback = frame.expr.finish(end);
          const span = { ...base, start: frame.name.start, end: fallback.end };
          this.top.formals.push({ kind: "formal", ...span, name: frame.name, fallback });
        }
        return;
      case "formals":
        this.finishFormals(frame, end);
        return;
      case "top":
        this.frames.push(frame);
    }
  }

  /** `let … in`: the rest of the expression is its body. */
  finishLetHeader(): void {
    const frame = this.frames.pop();
    if (frame !== undefined && holdsBindings(frame)) this.addPrefix((body) => this.finishLet(frame, body));
  }

  /** Ends the element of a list that is being read, if there is one. */
  endElement(frame: ExpressionFrame & { kind: "list" }): void {
    if (frame.expr.isEmpty) return;
    frame.elements.push(frame.expr.finish(this.reports.previous?.end ?? frame.open.end));
    frame.expr = new Expression(this.source);
  }

  addPrefix(make: (body: Expr) => Expr): void {
    if (holdsExpression(this.top)) this.top.expr.addPrefix(make);
  }

  private deliver(expr: Expr): void {
    const frame = this.top;
    if (holdsExpression(frame)) this.addOperand(frame, expr);
    else if (frame.kind === "inherit") {
      const name = attrNameOf(expr);
      if (frame.from === undefined && frame.names.length === 0 && expr.kind !== "string") frame.from = expr;
      else if (name !== undefined) frame.names.push(name);
    }
  }

  /** An interpolation in text, or a computed name. */
  deliverInterpolation(interpolation: Interpolation): void {
    const frame = this.top;
    if (frame.kind === "text") frame.parts.push(interpolation);
    else if (holdsExpression(frame) && !frame.expr.hasOperand) {
      const { source, start, end, expr } = interpolation;
      frame.expr.addName({ kind: "attr-name", source, start, end, quoted: false, name: undefined, expr });
    }
  }

  private finishSet(frame: BindingsFrame, end: number): AttrSet {
    const { bindings, recursive, legacyLet, broken } = frame;
    const base = { source: this.source, start: frame.open.start, end };
    const set: AttrSet = { kind: "attrset", ...base, recursive, legacyLet, bindings, broken };
    // In a broken set a repetition is more likely our misreading than a mistake.
    if (!broken) this.checks.checkSet(set);
    return set;
  }

  private finishLet(frame: BindingsFrame, body: Expr): LetExpr {
    const { bindings, broken } = frame;
    if (!broken) this.checks.checkLet(bindings);
    const base = { source: this.source, start: frame.open.start, end: body.end };
    return { kind: "let", ...base, bindings, body, broken };
  }

  private finishText(open: Item, raw: TextParts, end: number): void {
    const base = { source: this.source, start: open.start, end };
    if (open.type === "path_fragment") this.deliver({ kind: "path", ...base, parts: raw });
    else {
      const indented = open.type === "''";
      const parts = indented ? stripIndentation(raw, this.source) : cookString(raw);
      this.deliver({ kind: "string", ...base, indented, parts });
    }
  }

  private finishFormals(frame: FormalsFrame, end: number): void {
    this.param = frame.param ?? new PendingParam(this.source, frame.open.start);
    this.param.addFormals(frame.formals, frame.ellipsis, end);
    this.checks.checkFormals(frame.formals, this.param.name);
  }
}

type TextParts = Parameters<typeof cookString>[0];
