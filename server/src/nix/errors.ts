/** The one exception of the evaluator: it carries a `Failure` up to whoever asked for the value. */
import type { Node } from "../syntax/ast.ts";
import type { Failure } from "./value.ts";

export class NixError extends Error {
  constructor(readonly failure: Failure) {
    super(failure.message);
    this.name = "NixError";
  }
}

/** `fail("error", "attribute 'x' missing", node)` -> never returns. */
export function fail(kind: Failure["kind"], message: string, node?: Node): never {
  throw new NixError({ type: "failure", kind, message, origins: node ? [node] : undefined });
}
