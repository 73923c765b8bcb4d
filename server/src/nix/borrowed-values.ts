/**
 * Values of one evaluation as another one sees them. They are evaluated where they come from; and what was looked
 * at is remembered, so that whatever was computed with them can be kept for as long as it would look the same.
 *
 *   const borrowed = new BorrowedValues(evaluator);
 *   borrowed.borrow("self", self)        // a module then asks for self.nixosModules.web: the path ./web.nix
 *   borrowed.release();                  // the flake is evaluated anew, after an edit
 *   borrowed.moveTo(evaluator2, roots2)  // true: self.nixosModules.web is the same path, written at the same place
 *
 * A function is called by the borrower, with borrowed variables. What is native in the lender (a builtin, an option
 * type) holds more than can be followed: it is handed out as it is, and from then on the two are mixed.
 */

import { BorrowedAttrs, BorrowedEnv, isNative, Look, Move, outcomeOf } from "./borrowed-look.ts";
import type { Env } from "./env.ts";
import { NixError } from "./errors.ts";
import type { Evaluator } from "./evaluator.ts";
import { unknown } from "./make.ts";
import type { Step } from "./step.ts";
import { Thunk } from "./thunk.ts";
import type { AttrsValue, Outcome, Unknown, Value } from "./value.ts";

/** Whose values they are: an `Evaluator`, or a part of what it may do. */
export type Lender = Pick<Evaluator, "run">;

export interface BorrowingHooks {
  /** What the borrower has in place of a value, if it has that itself (`lib`); always the same. */
  readonly own: (value: Value) => Thunk | undefined;
  /** Told of each Unknown; what it answers is part of how that looks. */
  readonly mark: (unknown: Unknown) => boolean;
  /** A value is handed out as it is: from now on the borrower may evaluate what is the lender's. */
  readonly onMix: () => void;
}

/** What is borrowed, by names of the borrower's. */
export type Roots = ReadonlyMap<string, Thunk>;

export class BorrowedValues {
  private readonly roots = new Map<string, Borrowed>();
  private known = new Map<Thunk, Borrowed>();
  private scopes = new Map<Env, BorrowedEnv>();
  private isSpoiled = false;
  /** Undefined between two states. */
  private lender: Lender | undefined;

  constructor(
    lender: Lender,
    readonly hooks: BorrowingHooks,
  ) {
    this.lender = lender;
  }

  /** The borrower's thunk of `thunk`, in whose place there may later be another one of that name. */
  borrow(name: string, thunk: Thunk): Thunk {
    const root = this.part(thunk);
    this.roots.set(name, root);
    return root.thunk;
  }

  /** Lets go of the lender and all its values. What is looked at before `moveTo` spoils it all. */
  release(): void {
    this.lender = undefined;
    for (const borrowed of this.known.values()) borrowed.moveTo(undefined);
    this.known = new Map();
    this.scopes = new Map();
  }

  /**
   * Whether all that was looked at is the same among these values of `lender`; if so, what is looked at from now on
   * is theirs. If not, nothing that was borrowed may be used any more.
   */
  moveTo(lender: Lender, roots: Roots): boolean {
    if (this.isSpoiled || roots.size !== this.roots.size) return false;
    this.lender = lender;
    const move = new Move(lender, this.hooks);
    for (const [name, root] of this.roots) {
      const thunk = roots.get(name);
      if (thunk === undefined || !move.add(root, thunk)) return false;
    }
    if (!move.run()) return false;
    this.known = new Map([...move.moved].map(([borrowed, thunk]) => [thunk, borrowed]));
    this.scopes = new Map([...move.scopes].map(([borrowed, env]) => [env, borrowed]));
    return true;
  }

  // For the parts of what is borrowed.

  part(thunk: Thunk): Borrowed {
    let borrowed = this.known.get(thunk);
    if (borrowed === undefined) {
      borrowed = new Borrowed(this, thunk);
      this.known.set(thunk, borrowed);
    }
    return borrowed;
  }

  scope(env: Env): BorrowedEnv {
    let borrowed = this.scopes.get(env);
    if (borrowed === undefined) {
      const parts = env.slots.map((slot) => this.part(slot));
      borrowed = new BorrowedEnv(env.up && this.scope(env.up), parts);
      this.scopes.set(env, borrowed);
    }
    return borrowed;
  }

  ask(thunk: Thunk | undefined): Outcome {
    if (thunk !== undefined && this.lender !== undefined) return this.lender.run(outcomeOf(thunk));
    this.spoil();
    return unknown("it belongs to a state that is over");
  }

  spoil(): void {
    this.isSpoiled = true;
  }
}

/** One thunk, and how its value looked if that was asked for. */
export class Borrowed {
  readonly thunk: Thunk;
  look: Look | undefined;

  constructor(
    private readonly values: BorrowedValues,
    private source: Thunk | undefined,
  ) {
    this.thunk = new Thunk(() => this.value(), source?.node);
  }

  moveTo(source: Thunk | undefined): void {
    this.source = source;
    if (source === undefined) this.look?.attrs?.moveTo(undefined);
  }

  private value(): Step {
    const { values } = this;
    const outcome = values.ask(this.source);
    if (outcome.type === "failure") {
      this.look = new Look(outcome);
      throw new NixError(outcome);
    }
    const own = values.hooks.own(outcome);
    if (own !== undefined) this.look = new Look(own);
    return own ?? this.shown(outcome);
  }

  private shown(value: Value): Value {
    const { values } = this;
    const { mark } = values.hooks;
    if (isNative(value)) {
      values.spoil();
      values.hooks.onMix();
      return value;
    }
    if (value.type === "unknown") {
      const parts = value.alternatives?.map((one) => values.part(one)) ?? [];
      this.look = new Look(value, parts, mark(value));
      return parts.length === 0 ? value : { ...value, alternatives: parts.map(({ thunk }) => thunk) };
    }
    if (value.type === "lambda" && value.env !== undefined) {
      const env = values.scope(value.env);
      this.look = new Look({ ...value, env });
      return this.look.outcome as Value;
    }
    if (value.type === "list" && !value.isData) {
      const parts = value.elements.map((element) => values.part(element));
      const shown = { ...value, elements: parts.map(({ thunk }) => thunk) };
      this.look = new Look(shown, parts, value.open && mark(value.open));
      return shown;
    }
    if (value.type === "attrs" && !value.isData) {
      const attrs = new BorrowedAttrs(values, value);
      const shown: AttrsValue = {
        type: "attrs",
        attrs,
        open: value.open,
        ...(value.isWhole && { isWhole: true }),
        ...(value.namesOf !== undefined && { namesOf: value.namesOf }),
        ...(value.lacks && { lacks: value.lacks }),
        // Of a large set, such as `self`, most people want a member, and not where all of it is written.
        get origins() {
          return attrs.origins;
        },
      };
      this.look = new Look(shown, [], value.open && mark(value.open), attrs);
      return shown;
    }
    this.look = new Look(value);
    return value;
  }
}
