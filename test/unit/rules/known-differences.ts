/**
 * Mutants that clan-core's recorded evaluation and the rules judge differently, or at another place, each with
 * the reason.
 *
 *   knownDifference(mutant that turns `clan` to `cllan`, "clan")   ->   "`clan` is an option of flake-parts…"
 */
import type { ClanMutant } from "../../conformance/mutant-clans.ts";
import type { MutantKind } from "../../conformance/mutants.ts";

interface Difference {
  /** Only in these clans and files. */
  readonly clan?: RegExp;
  readonly file?: RegExp;
  /** Offsets its start is between, where the text alone does not tell which. */
  readonly within?: readonly [number, number];
  readonly kinds: readonly MutantKind[];
  /** What the mutant replaces or removes; of what it inserts, the empty text. */
  readonly old?: RegExp;
  readonly reason: string;
}

const DIFFERENCES: readonly Difference[] = [
  {
    clan: /^computed-machines$/,
    kinds: ["misspelt-name", "wrong-type", "unknown-option"],
    within: [100, 190],
    reason: "the function is called for machines of another flake, which we do not have: it may have none",
  },
];

/** The reason; undefined where they must agree. */
export function knownDifference({ clan, file, kind, start }: ClanMutant, old: string): string | undefined {
  const found = DIFFERENCES.find(
    (known) =>
      known.clan?.test(clan) !== false &&
      known.file?.test(file) !== false &&
      (known.within === undefined || (known.within[0] <= start && start <= known.within[1])) &&
      known.kinds.includes(kind) &&
      known.old?.test(old) !== false,
  );
  return found?.reason;
}
