/** What all nodes and modules of one evaluation of modules share. */
import type { Context } from "../nix/context.ts";
import type { Eval } from "../nix/step.ts";
import type { Thunk } from "../nix/thunk.ts";
import type { Failure, Outcome, Unknown } from "../nix/value.ts";
import type { Node, Source } from "../syntax/ast.ts";
import type { DeclarationReader } from "./declarations.ts";
import type { SharedNodes } from "./shared-nodes.ts";

/** Files, and computations run from outside: an `Evaluator` is one. */
export interface Runner extends Pick<Context, "host" | "importFile"> {
  /** The computation's result. Throws NixError where it fails, Undecided where it hangs on an Unknown. */
  run<T>(computation: Eval<T>): T;
  /** How many steps are left. */
  readonly steps: number;
  /** The same, for a part that may take this many steps in all. */
  limited(steps: number): Runner;
}

export interface Surroundings {
  readonly runner: Runner;
  readonly declarations: DeclarationReader;
  /** The module argument `lib`. */
  readonly lib: Thunk;
  /**
   * Whether an import that is Unknown may define options here, or certainly concerns others only. A function
   * is told of each, and decides elsewhere what it means. That of a submodule is always its own: it is open.
   */
  readonly unknownImports: "open" | "ignore" | ((what: Unknown) => void);
  /** Modules that are not loaded. */
  readonly leavesOut: (module: Outcome) => boolean;
  /** An undeclared option, or a problem of a module, makes the whole value fail, as in Nix. */
  readonly strict: boolean;
  /** Further module arguments of the submodule at `path`. */
  readonly argumentsAt: (path: readonly string[]) => ReadonlyMap<string, Thunk> | undefined;
  /**
   * Module arguments that there are only where `_module.args` has them; of others it is not known. "all": nothing is
   * hidden of what these modules are given, and `config` is whole.
   */
  readonly withoutArguments: Pick<ReadonlySet<string>, "has"> | "all";
  /** Module arguments that the modules themselves give, in `_module.args`, and nobody before these are read. */
  readonly lateArguments: ReadonlySet<string>;
  /** They hold no evaluation. */
  readonly last: boolean;
  /** Nodes taken over from the evaluation before. */
  readonly shared?: SharedNodes | undefined;
}

/** Something wrong with a module itself, not with an option's value. `message` is a full sentence. */
export interface ModuleProblem {
  readonly message: string;
  readonly origins: readonly Node[];
  /** The name of an attribute that is no option there, because `config` or `options` stands beside it. */
  readonly attribute?: string;
  /** What failed, where it is Nix that cannot evaluate the module: `origins` is then where it is imported. */
  readonly failure?: Failure;
  /** The file that is imported, if it holds something else than Nix code. */
  readonly notNix?: Source;
}
