/**
 * The evaluated definitions of an option tree, seen from the tree: every path somebody defined, with
 * all its definitions, their origins and what is unknown about it. Rules and features walk this.
 *
 *   { inventory.machines.web.tags = [ "srv" ]; }
 *   root.child("inventory").child("machines").children()  ->  Map { web -> OptionNode }
 *
 * Children are computed (and Nix evaluated) when first asked for.
 */
import type { Failure, Outcome, Unknown } from "../nix/value.ts";
import type { Node } from "../syntax/ast.ts";
import type { Fingerprint } from "./fingerprint.ts";
import type { Option, OptionSet, OptionType } from "./option-type.ts";
import type { ModuleProblem } from "./surroundings.ts";

/** One thing somebody wrote for an option, with `mkIf`/`mkForce`/… already taken off. */
export interface Definition {
  readonly value: Outcome;
  /** Where the value was written (the expression), best first; falls back to the key. */
  readonly origins: readonly Node[];
  /** Where the attribute's name was written. Empty for whole-module definitions and computed names. */
  readonly keys: readonly Node[];
  /** Path of the file of the module that defines it. */
  readonly file: string | undefined;
  /** `lib.mkOverride` priority: 50 mkForce, 100 plain, 1000 mkDefault, 1500 option default. */
  readonly priority: number;
  /** It may not apply: the condition of an enclosing `mkIf` or `if` cannot be decided, or it is Unknown. */
  readonly conditional: boolean;
  /** Nix surely evaluates what is written: it is not `conditional`, or only as an Unknown that may be a `mkIf`. */
  readonly isLookedAt: boolean;
}

export interface OptionNode {
  readonly path: readonly string[];
  /**
   * The option this one is an attribute or element of; undefined at the root of a tree. Of one that lasts it is only the
   * place, without what else is defined there.
   */
  readonly parent?: OptionNode | undefined;
  /** Undefined where no option is declared for this path (a wrong name, or below an opaque type). */
  readonly type: OptionType | undefined;
  readonly option: Option | undefined;
  /** The options below it, with those that the modules it is made of declare; undefined where there are none. */
  readonly declared: OptionSet | undefined;
  /**
   * It comes of data alone and belongs to no evaluation: what is read of it, and of it alone, is true for good. Where
   * nobody touches what it is written as, it is the same object in the next state.
   */
  readonly lasts: boolean;
  /** Somebody asked for its value, in the evaluation it belongs to. */
  readonly wasRead: boolean;
  /** In module order. After priorities: `effective()`. */
  readonly definitions: readonly Definition[];
  /** Set when further definitions or children may exist that we cannot see. */
  readonly open: Unknown | undefined;
  /** Of a submodule: what is wrong with the modules it is made of (an import that fails, say). */
  readonly problems: readonly ModuleProblem[];
  /** Defined names below this one (attribute names, or list indices as "0", "1"), in source order. */
  children(): ReadonlyMap<string, OptionNode>;
  child(name: string): OptionNode | undefined;
  /** `at("a", "b")` = child("a")?.child("b") */
  at(...path: string[]): OptionNode | undefined;
  /** The definitions that win by priority. */
  effective(): readonly Definition[];
  /** What fails inside of the lists it is surely defined as: elements that are no options of their own. */
  failuresInside(): readonly Failure[];
  /** The merged value, as `config.<path>` gives it; Unknown where it cannot be known. Not forced deeply. */
  value(): Outcome;
  /** The string, if the merged value is one and is known. */
  string(): string | undefined;
  /** Plain data, as JSON would show it; undefined if any part is unknown or not data. */
  data(): unknown;
  /** What its definitions say, to be compared with another state; undefined where an evaluation was ended. */
  fingerprint(): Fingerprint | undefined;
}
