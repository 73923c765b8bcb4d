/**
 * Variable scopes. Lexical names are found in the chain of frames; names from `with` come after all
 * lexical ones, innermost `with` first, as in Nix.
 */
import type { Thunk } from "./thunk.ts";

export interface Env {
  readonly parent: Env | undefined;
  /** Names bound here; undefined in a `with` frame. */
  readonly names: ReadonlyMap<string, Thunk> | undefined;
  /** The attribute set of a `with` frame. */
  readonly scope: Thunk | undefined;
}
