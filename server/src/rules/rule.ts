/**
 * What a rule is. One file a rule; it looks at a clan or at one file, and says where which words are
 * wrong. `rules/index.ts` runs them all.
 *
 *   { code: "unknown-role", severity: "error", summary: "…", checkClan: (clan) => [at(key, "…")] }
 */
import type { Clan } from "../clan/model.ts";
import type { Snapshot } from "../project/snapshot.ts";
import type { Source } from "../syntax/ast.ts";
import type { Finding, Severity } from "./finding.ts";
import type { Bearing } from "./run/consequences.ts";
import type { Look } from "./run/look.ts";

export interface Rule {
  readonly code: string;
  readonly severity: Severity;
  /** One line for lists of rules: when it is reported. */
  readonly summary: string;
  /** May report one place more than once: the first of the worst counts. */
  readonly checkClan?: (clan: Clan, snapshot: Snapshot, look: Look) => Iterable<Problem>;
  /** Looks at each file that Nix reads for the clan. */
  readonly checkFile?: (source: Source, clan: Clan, snapshot: Snapshot) => Iterable<Problem>;
  /** For rules that look at the text of one file alone. */
  readonly checkSource?: (source: Source, snapshot: Snapshot) => Iterable<Problem>;
}

/** A finding before its rule's code and severity are put on it. */
export interface Problem extends Omit<Finding, "code" | "severity">, Bearing {
  /** Nix never looks at what is wrong here (settings of a role without machines): no error, for now. */
  readonly isUnused?: boolean | undefined;
  /** Nix itself refuses it, where the rule alone is about what is accepted: an error. */
  readonly isRefused?: boolean | undefined;
  /** It does no harm where the clan is used; worth knowing for whoever wrote it. */
  readonly isRemark?: boolean | undefined;
}
