/** What builtins get from the evaluator besides their arguments. One per evaluator. */
import type { Node, Source } from "../syntax/ast.ts";
import type { EvalHost } from "./host.ts";
import type { Thunk } from "./thunk.ts";
import type { Value } from "./value.ts";

export interface Position {
  readonly file: string;
  /** From 1. */
  readonly line: number;
  /** From 1, in bytes of UTF-8, as Nix counts. */
  readonly column: number;
}

export interface Context {
  readonly host: EvalHost;
  /** Undefined where nothing may be said about environment variables. */
  readonly environment: ReadonlyMap<string, string> | undefined;
  /** The value of a file, evaluated once; `path` is absolute and normalised. Directories mean default.nix. */
  importFile(path: string): Thunk;
  /** `scopedImport`: the file's value with `scope` added to the global names; not cached. */
  importScoped(path: string, scope: ReadonlyMap<string, Thunk>): Thunk;
  /** The value of an expression that is no file, seeing global names only. */
  evalSource(source: Source): Thunk;
  /** Where `node` starts. */
  position(node: Node): Position;
  /** `builtins.trace` and `builtins.warn` report here. */
  trace(message: string): void;
  /** The value of the global name, e.g. "builtins"; only once all builtins exist. */
  global(name: string): Value | undefined;
}
