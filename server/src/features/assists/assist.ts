/**
 * What an assist is: a change of the code a person can ask for where the cursor stands, though nothing is wrong.
 * One file an assist, whose comment is its documentation; `index.ts` lists them.
 *
 *   { id: "add-role", collect: (context) => [{ title: "Add role `peer`", edits: […] }] }
 */
import type { Clan } from "../../clan/model.ts";
import type { TextEdit } from "../../rules/finding.ts";
import type { Node } from "../../syntax/ast.ts";
import type { OptionPlace } from "../option-place.ts";
import type { Query } from "../query.ts";
import type { Subject } from "../subject.ts";

export interface Assist {
  readonly id: string;
  /** Its kind in an editor's menus. */
  readonly kind: AssistKind;
  /** The code means the same afterwards. */
  readonly keepsMeaning: boolean;
  readonly collect: (context: AssistContext) => readonly Proposal[];
}

export type AssistKind = "rewrite" | "extract" | "add" | "remove";

export interface AssistContext {
  readonly query: Query;
  /** Nodes around the cursor, outermost first; of Nix code. */
  readonly nodes: readonly Node[];
  /** What the word at the cursor means; one for each place it stands in. */
  readonly subjects: readonly Subject[];
  /** The options around the cursor, innermost first, in the first clan that has them. */
  readonly around: readonly OptionPlace[];
}

export interface Proposal {
  readonly title: string;
  readonly edits: readonly TextEdit[];
  /** Files that come into being, by path; those that exist are left alone. */
  readonly creates?: ReadonlyMap<string, string> | undefined;
  /** The edits make sense without the files that come into being: for an editor that cannot make files. */
  readonly mayLackFiles?: boolean | undefined;
  /** A new machine of the clan, for which an editor that can ask a person does so, instead of these edits. */
  readonly asksFor?: { readonly title: string; readonly clan: Clan } | undefined;
  /** Folders that are deleted with all that is in them, if the person agrees. */
  readonly deletes?: readonly string[] | undefined;
}
