/**
 * The head of a function while its colon is awaited.
 *
 *   { a, b }@args ▮   ->   formals a and b, name args
 */
import type { Expr, Formal, Identifier, Param, Source } from "../ast.ts";

export class PendingParam {
  name: Identifier | undefined;
  private formals: readonly Formal[] | undefined;
  private ellipsis = false;
  private end: number;
  /** `@` has been read and what belongs behind it has not. */
  private wantsOther = false;

  constructor(
    private readonly source: Source,
    readonly start: number,
  ) {
    this.end = start;
  }

  /** A name can stand here: `{ … }@` has been read. */
  get wantsName(): boolean {
    return this.wantsOther && this.name === undefined;
  }

  /** Arguments can stand here: `name@` has been read. */
  get wantsFormals(): boolean {
    return this.wantsOther && this.formals === undefined;
  }

  addName(name: Identifier): void {
    this.name = name;
    this.wantsOther = false;
    this.end = Math.max(this.end, name.end);
  }

  addFormals(formals: readonly Formal[], ellipsis: boolean, end: number): void {
    this.formals = formals;
    this.ellipsis = ellipsis;
    this.wantsOther = false;
    this.end = end;
  }

  addAt(): void {
    this.wantsOther = true;
  }

  /** The function with this head. */
  lambda(body: Expr): Expr {
    const base = { source: this.source, start: this.start };
    const { name, formals, ellipsis } = this;
    const param: Param = { kind: "param", ...base, end: this.end, name, formals, ellipsis };
    return { kind: "lambda", ...base, end: body.end, param, body };
  }
}
