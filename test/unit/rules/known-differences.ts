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
  /** Offset of the mutant, where the text alone does not tell which. */
  readonly start?: number;
  readonly kinds: readonly MutantKind[];
  /** What the mutant replaces or removes; of what it inserts, the empty text. */
  readonly old: RegExp;
  readonly reason: string;
}

const ofAnotherFlake =
  "the machines are another flake's, which we do not have: it may have none, and then nobody looks at this";

const DIFFERENCES: readonly Difference[] = [
  {
    // A file that is left out for its `_` is not looked at at all.
    file: /^(?!.*_notes)/,
    kinds: ["misspelt-name", "moved"],
    old: /^clan\.?$/,
    reason: "`clan` is an option of flake-parts: any module of any input may declare another name there",
  },
  {
    clan: /^(nix-config|fragments)$/,
    kinds: ["wrong-type", "null-value"],
    old: /^\{\s+meta\.name/,
    reason: "`clan` itself is no module any more, and with it there is no clan to check",
  },
  {
    kinds: ["dropped"],
    old: /^(roles\.default\.settings = \{\s+user = "(root|anna)"|user = "(anna|ops)";$)/,
    reason: "the service `users` fills `user` in by itself; only forcing all settings finds it missing",
  },
  {
    clan: /^flake-parts-minimal$/,
    kinds: ["misspelt-value", "wrong-type"],
    old: /^"sops"$/,
    reason: "the store is looked at where a machine's vars are evaluated, which the recording does not do",
  },
  {
    clan: /^computed-machines$/,
    kinds: ["misspelt-name"],
    old: /^(deploy|targetHost|user)$/,
    reason: ofAnotherFlake,
  },
  {
    clan: /^computed-machines$/,
    kinds: ["wrong-type"],
    old: /^("root@\$\{name\}\.example"|"member"|"ops"|\[ "wheel" \])$/,
    reason: ofAnotherFlake,
  },
  {
    clan: /^computed-machines$/,
    kinds: ["misspelt-name"],
    start: 167,
    old: /^tags$/,
    reason: ofAnotherFlake,
  },
  { clan: /^computed-machines$/, kinds: ["null-value"], old: /^"ops"$/, reason: ofAnotherFlake },
  { clan: /^computed-machines$/, kinds: ["unknown-option"], start: 110, old: /^$/, reason: ofAnotherFlake },
  {
    kinds: ["wrong-type", "null-value"],
    old: /^"(alba|bora|peer)"$/,
    reason: "an attribute's name computed from no string: an error of Nix itself, for which there is no rule",
  },
  {
    clan: /^function-of-self$/,
    file: /^fleet\/default\.nix$/,
    kinds: ["unknown-option"],
    old: /^$/,
    reason: "an argument the function does not take: an error of Nix itself, for which there is no rule",
  },
  {
    clan: /^import-tree$/,
    kinds: ["null-value"],
    old: /^"self"$/,
    reason: "reported at the service's name, which clan-core does not have",
  },
];

/** The reason; undefined where they must agree. */
export function knownDifference({ clan, file, kind, start }: ClanMutant, old: string): string | undefined {
  const found = DIFFERENCES.find(
    (known) =>
      known.clan?.test(clan) !== false &&
      known.file?.test(file) !== false &&
      (known.start === undefined || known.start === start) &&
      known.kinds.includes(kind) &&
      known.old.test(old),
  );
  return found?.reason;
}
