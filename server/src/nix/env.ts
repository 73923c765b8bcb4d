/**
 * The variables a piece of code can see at run time. Names are resolved to a frame and a slot when the
 * code is compiled (scope.ts); a frame is one `let`, `rec`, function call or `with`.
 *
 *   let a = 1; in x: a      in the body:  frame [x] -> frame [a] -> undefined
 */
import type { Thunk } from "./thunk.ts";

export interface Env {
  readonly up: Env | undefined;
  /** The bound thunks; a `with` frame holds its attribute set in slot 0. */
  readonly slots: Thunk[];
}
